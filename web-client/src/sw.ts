// The service worker: keeps this release's page and files, so that it opens offline and at once. Answers of the API are never
// kept; what was seen is in the page's own database. One cache per release.

declare const __RELEASE__: string;
declare const __FILES__: readonly string[];

const worker = self as unknown as ServiceWorkerGlobalScope;

const prefix = 'plenary-';
const cacheName = prefix + __RELEASE__;
const files: ReadonlySet<string> = new Set(__FILES__);
const page = '/';

/// Addresses that are this page, whatever is behind the slash.
function isPage(path: string): boolean {
  return path === page || /^\/(?:enter|you|boards|news|w\/\d+(?:\/summary)?|[bt]\/\d+)$/.test(path);
}

/// The page in the reader's language, if the server still serves this release of it.
async function keepPage(cache: Cache): Promise<void> {
  const response = await fetch(page, { cache: 'reload' });
  const text = await response.clone().text();
  if (!response.ok || !text.includes(__RELEASE__)) throw new Error('another release is served');
  await cache.put(page, response);
}

/// One after the other: a slow line is the page's, which is just saying hello. What is named by its content is taken from the
/// browser's own cache, where the page has put much of it already.
async function keepFile(cache: Cache, path: string): Promise<void> {
  const response = await fetch(path, { cache: path.startsWith('/assets/') ? 'default' : 'reload' });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  await cache.put(path, response);
}

async function install(): Promise<void> {
  const cache = await caches.open(cacheName);
  await keepPage(cache);
  for (const path of __FILES__) await keepFile(cache, path);
}

async function changeLanguage(): Promise<void> {
  await keepPage(await caches.open(cacheName)).catch(() => undefined);
}

async function purge(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(prefix) && name !== cacheName).map((name) => caches.delete(name)));
}

async function fromCache(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(cacheName);
  return (await cache.match(path)) ?? fetch(request);
}

worker.addEventListener('install', (event) => event.waitUntil(install()));

worker.addEventListener('activate', (event) => event.waitUntil(purge()));

worker.addEventListener('message', (event) => {
  // Only when the reader asked for the new release: until then the pages open now keep the files they were made with.
  if (event.data === 'take over') void worker.skipWaiting();
  if (event.data === 'language changed') event.waitUntil(changeLanguage());
});

worker.addEventListener('fetch', (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== 'GET' || address.origin !== worker.location.origin) return;
  if (event.request.mode === 'navigate' && isPage(address.pathname)) {
    event.respondWith(fromCache(page, event.request));
  } else if (files.has(address.pathname)) {
    event.respondWith(fromCache(address.pathname, event.request));
  }
});
