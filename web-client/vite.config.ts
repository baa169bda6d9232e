import cascadeLayers from '@csstools/postcss-cascade-layers';
import { defineConfig } from 'vitest/config';
import { expandLogicalShorthands } from './scripts/logical-shorthands';
import { fillPlaceholders, release } from './scripts/release';
import { wordsPlugin } from './scripts/words-plugin';

// The oldest browsers of the design. CSS too: layers are flattened and the inline/block shorthands written out, because
// Chrome 80 knows neither (layers: 99, margin-inline: 87).
const browsers = ['chrome80', 'safari14', 'firefox78'];

export default defineConfig({
  plugins: [wordsPlugin(), fillPlaceholders(), release()],
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  css: { postcss: { plugins: [cascadeLayers(), expandLogicalShorthands()] } },
  build: {
    target: browsers,
    cssTarget: browsers,
    // One script and one stylesheet: on a 400 ms line each further request in a chain costs more than its bytes.
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    proxy: {
      '/api': {
        target: 'http://127.0.0.1:8080',
        ws: true,
        // A cookie counts only with an Origin the server knows: its own.
        headers: { origin: 'http://127.0.0.1:8080' },
      },
    },
  },
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx', 'src/**/*.test.ts', 'src/**/*.test.tsx'],
    environment: 'node',
  },
});
