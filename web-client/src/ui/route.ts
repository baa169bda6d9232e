// Where the reader is, from the address. The server knows `/`, `/w/N`, `/w/N/summary`, `/boards`, `/b/N`, `/t/N`, `/news`, `/you`
// and `/enter`; the form for something new is a fragment of the page it will stand on.

import { signal } from '@preact/signals';

export type Route =
  | { name: 'webinars' }
  | { name: 'create' }
  | { name: 'you' }
  | { name: 'webinar'; webinar: number }
  | { name: 'summary'; webinar: number }
  | { name: 'boards' }
  | { name: 'createBoard' }
  | { name: 'board'; board: number }
  | { name: 'newThread'; board: number }
  | { name: 'thread'; thread: number }
  | { name: 'news' }
  | { name: 'enter'; token: string }
  | { name: 'notFound' };

export function routeOf(path: string, fragment: string): Route {
  if (path === '/' || path === '/index.html') {
    if (fragment === '#create') return { name: 'create' };
    return { name: 'webinars' };
  }
  const [, noun, digits, summary] = /^\/([wbt])\/([1-9]\d{0,14})(\/summary)?\/?$/.exec(path) ?? [];
  const id = Number(digits);
  if (noun === 'w') return { name: summary === undefined ? 'webinar' : 'summary', webinar: id };
  if (noun === 'b' && summary === undefined) return { name: fragment === '#new' ? 'newThread' : 'board', board: id };
  if (noun === 't' && summary === undefined) return { name: 'thread', thread: id };
  if (path === '/boards') return { name: fragment === '#create' ? 'createBoard' : 'boards' };
  if (path === '/news') return { name: 'news' };
  if (path === '/you') return { name: 'you' };
  if (path === '/enter') return { name: 'enter', token: fragment.slice(1) };
  return { name: 'notFound' };
}

const read = (): Route => routeOf(location.pathname, location.hash);

export const route = signal<Route>(read());

/** Counts the moves inside the page, so that the new page's title can take the focus, but not at the first load. */
export const moves = signal(0);

function follow(): void {
  route.value = read();
  moves.value += 1;
}

addEventListener('popstate', follow);

/** `replace` leaves nothing to go back to: for an address that must not be seen again. */
export function goTo(address: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'replace') history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  follow();
}

/** As `goTo`, for when an answer has come: whoever has left this page meanwhile is not fetched out of another one. */
export function goToLater(): typeof goTo {
  const left = moves.peek();
  return (address, how) => {
    if (moves.peek() === left) goTo(address, how);
  };
}

export const addressOf = {
  webinars: '/',
  create: '/#create',
  you: '/you',
  webinar: (webinar: number): string => `/w/${webinar}`,
  summary: (webinar: number): string => `/w/${webinar}/summary`,
  boards: '/boards',
  createBoard: '/boards#create',
  board: (board: number): string => `/b/${board}`,
  newThread: (board: number): string => `/b/${board}#new`,
  thread: (thread: number): string => `/t/${thread}`,
  news: '/news',
};

/** A click that the page follows itself; one with a modifier or another button stays the browser's. */
export function followLink(event: MouseEvent): void {
  const link = event.currentTarget as HTMLAnchorElement;
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  goTo(link.getAttribute('href') ?? '/');
}
