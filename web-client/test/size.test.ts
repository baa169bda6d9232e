// What a phone loads before the first screen works. Builds the client into a folder of its own.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const limitBytes = 60_000;
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'plenary-client-'));

/// The scripts and styles that index.html names, as the server serves it in English, and what those scripts import at once.
function firstLoad(page: string): string[] {
  const named = Array.from(page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g), ([, path]) => (path ?? '').replace('__LANG__', 'en'));
  const imported = named
    .filter((path) => path.endsWith('.js'))
    .flatMap((path) => Array.from(read(path).matchAll(/(?:^|[;}])import\s*(?:[^"'()]*from\s*)?["']\.\/([^"']+)["']/g), ([, name]) => `assets/${name}`));
  return Array.from(new Set([...named, ...imported]));
}

function read(path: string): string {
  return readFileSync(join(folder, path), 'utf8');
}

// In a process of its own: under the test runner it would build for development.
beforeAll(() => {
  const vite = fileURLToPath(new URL('../node_modules/vite/bin/vite.js', import.meta.url));
  const env = { ...process.env, NODE_ENV: 'production' };
  execFileSync(process.execPath, [vite, 'build', '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn'], { cwd: root, env });
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the built client', () => {
  it('loads less than 60 kB of JavaScript first, gzip', () => {
    const scripts = firstLoad(read('index.html')).filter((path) => path.endsWith('.js'));
    expect(scripts.length).toBeGreaterThan(0);
    const bytes = scripts.map((path) => gzipSync(read(path), { level: 9 }).length).reduce((sum, size) => sum + size, 0);
    console.info(`first load: ${bytes} bytes of JavaScript in ${scripts.length} scripts`);
    expect(bytes).toBeLessThan(limitBytes);
  });

  it('asks for few things on the way: one style, and scripts that wait for no other', () => {
    const named = firstLoad(read('index.html'));
    expect(named.filter((path) => path.endsWith('.css')).length).toBe(1);
    expect(named.length).toBeLessThanOrEqual(3);
  });

  it('leaves the language, the title and nothing else to the server', () => {
    const page = read('index.html');
    expect(page).toContain('<html lang="__LANG__"');
    expect(page).toContain('<title>__TITLE__</title>');
    expect(page.replace(/__LANG__|__TITLE__/g, '')).not.toContain('__');
  });

  it('has nothing inline but the line it opens: the policy of the page allows one script by its hash, and no style', () => {
    const page = read('index.html');
    expect(page).not.toMatch(/<style|\sstyle=|\son\w+=/);
    const scripts = Array.from(page.matchAll(/<script\b[^>]*>[^<]*/g), ([script]) => script);
    const [inline, ...others] = scripts.filter((script) => !/src="[^"]+"[^>]*>$/.test(script));
    expect(inline).toMatch(/^<script>firstSocket = new WebSocket\([^;]*\);$/);
    expect(others).toEqual([]);
    // What the server fills in would change the hash.
    expect(inline).not.toContain('__');
  });

  it('names its release in the page, in release.txt and in the service worker', () => {
    const name = read('release.txt').trim();
    expect(name).toMatch(/^[0-9a-f]{16}$/);
    expect(read('index.html')).toContain(`content="${name}"`);
    expect(read('sw.js')).toContain(name);
  });

  it('gives the service worker every file there is, and only those', () => {
    const worker = read('sw.js');
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.(?:gz|br)$/.test(entry.name))
      .map((entry) => entry.name)
      .filter((name) => !['sw.js', 'release.txt', 'index.html'].includes(name));
    expect(files.length).toBeGreaterThan(5);
    for (const name of files) expect(worker, name).toContain(name);
  });

  it('holds nothing of the fake server, and no address of elsewhere', () => {
    const scripts = readdirSync(join(folder, 'assets')).filter((name) => name.endsWith('.js'));
    const all = scripts.map((name) => read(`assets/${name}`)).join('\n');
    expect(/fakeServer|walk-in clinic|structuredClone/.exec(all)?.[0]).toBeUndefined();
    expect(/https?:\/\/(?!www\.w3\.org\/)[^"'`\s]+/.exec(all)?.[0]).toBeUndefined();
  });

  it('packs each file that shrinks', () => {
    const names = readdirSync(folder, { recursive: true }).map(String);
    const files = names.filter((one) => /\.(js|css|html)$/.test(one));
    for (const name of files) expect(names, name).toEqual(expect.arrayContaining([`${name}.gz`, `${name}.br`]));
  });

  it('flattens the layers of its styles, which Chrome 80 would throw away', () => {
    const style = firstLoad(read('index.html')).find((path) => path.endsWith('.css')) ?? '';
    expect(read(style)).not.toContain('@layer');
    expect(read(style)).not.toMatch(/(?:margin|padding|inset)-(?:inline|block):/);
  });
});
