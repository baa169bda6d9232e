// What turns Vite's output into a release the server can serve as it lies: release.txt (a hash of the content), the same
// hash in index.html's <meta name="release"> (not in the scripts: their names are hashes of their content), the service
// worker with its list of files, and beside whatever shrinks a .br (an eighth smaller, and taken by every browser over TLS) and a .gz.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build, type Plugin } from 'vite';

const compressible = /\.(html|js|css|svg|txt|json|webmanifest)$/;

function filesBelow(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? filesBelow(path) : [path]));
}

function hashOf(folder: string, files: string[]): string {
  const hash = createHash('sha256');
  for (const file of files) {
    hash.update(relative(folder, file));
    hash.update('\0');
    hash.update(readFileSync(file));
    hash.update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

async function buildServiceWorker(folder: string, define: Record<string, string>): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    define,
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: ['chrome80', 'safari14', 'firefox78'],
      modulePreload: false,
      reportCompressedSize: false,
      lib: { entry: resolve('src/sw.ts'), formats: ['iife'], name: 'plenary', fileName: () => 'sw.js' },
    },
  });
}

function compress(files: string[]): void {
  for (const file of files) {
    if (!compressible.test(file)) continue;
    const plain = readFileSync(file);
    const keep = (ending: string, packed: Uint8Array): void => {
      if (packed.length < plain.length) writeFileSync(`${file}.${ending}`, packed);
    };
    keep('gz', gzipSync(plain, { level: 9 }));
    // Of the best quality, which is what Node does where it is not told otherwise.
    keep('br', brotliCompressSync(plain));
  }
}

export function release(): Plugin {
  let folder = '';
  return {
    name: 'plenary-release',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
    },
    async closeBundle() {
      if (!existsSync(join(folder, 'index.html'))) return;
      const worker = readFileSync(resolve('src/sw.ts'));
      const files = filesBelow(folder);
      const name = createHash('sha256').update(hashOf(folder, files)).update(worker).digest('hex').slice(0, 16);
      const page = join(folder, 'index.html');
      writeFileSync(page, readFileSync(page, 'utf8').replace('__RELEASE__', name));
      const cached = files.map((file) => `/${relative(folder, file)}`).filter((path) => path !== '/index.html');
      await buildServiceWorker(folder, {
        __RELEASE__: JSON.stringify(name),
        __FILES__: JSON.stringify(cached),
      });
      writeFileSync(join(folder, 'release.txt'), `${name}\n`);
      compress(filesBelow(folder));
    },
  };
}

/// The development server fills what the real one fills.
export function fillPlaceholders(): Plugin {
  return {
    name: 'plenary-placeholders',
    apply: 'serve',
    transformIndexHtml: (html) =>
      html.replace('__LANG__', 'en').replace('__TITLE__', 'Plenary').replace('__RELEASE__', 'development'),
  };
}
