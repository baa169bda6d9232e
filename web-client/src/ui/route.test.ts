// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';

import { addressOf, followLink, goTo, moves, route, routeOf } from './route';

describe('an address', () => {
  it.each([
    ['/', '', { name: 'webinars' }],
    ['/', '#create', { name: 'create' }],
    ['/you', '', { name: 'you' }],
    ['/w/12', '', { name: 'webinar', webinar: 12 }],
    ['/w/12/', '', { name: 'webinar', webinar: 12 }],
    ['/w/12/summary', '', { name: 'summary', webinar: 12 }],
    ['/boards', '', { name: 'boards' }],
    ['/boards', '#create', { name: 'createBoard' }],
    ['/b/3', '', { name: 'board', board: 3 }],
    ['/b/3/', '', { name: 'board', board: 3 }],
    ['/b/3', '#new', { name: 'newThread', board: 3 }],
    ['/t/45', '', { name: 'thread', thread: 45 }],
    ['/t/45', '#anything', { name: 'thread', thread: 45 }],
    ['/news', '', { name: 'news' }],
    ['/enter', '#abc-_1', { name: 'enter', token: 'abc-_1' }],
    ['/enter', '', { name: 'enter', token: '' }],
  ])('%s%s leads somewhere', (path, fragment, expected) => {
    expect(routeOf(path, fragment)).toEqual(expected);
  });

  it.each(['/w/0', '/w/-1', '/w/1e3', '/w/', '/w/12x', '/w/9999999999999999', '/nowhere', '/w/1/2', '/w/summary', '/w/1/summary/2', '/b/0', '/b/3/new', '/b/3/summary', '/t/x', '/t/4/summary', '/boards/3', '/news/1', '/enter/x'])('%s leads nowhere', (path) => {
    expect(routeOf(path, '')).toEqual({ name: 'notFound' });
  });
});

describe('a move inside the page', () => {
  beforeEach(() => goTo('/'));

  it('is drawn at once and counted', () => {
    const before = moves.value;
    goTo(addressOf.webinar(7));
    expect(route.value).toEqual({ name: 'webinar', webinar: 7 });
    expect(moves.value).toBe(before + 1);
    expect(location.pathname).toBe('/w/7');
  });

  it.each([
    [addressOf.boards, { name: 'boards' }],
    [addressOf.createBoard, { name: 'createBoard' }],
    [addressOf.board(3), { name: 'board', board: 3 }],
    [addressOf.newThread(3), { name: 'newThread', board: 3 }],
    [addressOf.thread(4), { name: 'thread', thread: 4 }],
    [addressOf.news, { name: 'news' }],
  ])('to %s arrives', (address, expected) => {
    goTo(address);
    expect(route.value).toEqual(expected);
  });

  it('that replaces leaves nothing to go back to', () => {
    const before = history.length;
    goTo('/enter#token');
    goTo('/you', 'replace');
    expect(history.length).toBe(before + 1);
    expect(location.hash).toBe('');
  });

  it.each([{ metaKey: true }, { ctrlKey: true }, { shiftKey: true }, { altKey: true }, { button: 1 }])('leaves %j to the browser', (how) => {
    const link = document.createElement('a');
    link.setAttribute('href', '/you');
    let prevented = true;
    link.addEventListener('click', (event) => {
      followLink(event);
      prevented = event.defaultPrevented;
      event.preventDefault();
    });
    link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ...how }));
    expect(prevented).toBe(false);
    expect(route.value).toEqual({ name: 'webinars' });
    link.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
    expect(prevented).toBe(true);
    expect(route.value).toEqual({ name: 'you' });
  });
});
