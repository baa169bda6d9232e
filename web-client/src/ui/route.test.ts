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
    ['/enter', '#abc-_1', { name: 'enter', token: 'abc-_1' }],
    ['/enter', '', { name: 'enter', token: '' }],
  ])('%s%s leads somewhere', (path, fragment, expected) => {
    expect(routeOf(path, fragment)).toEqual(expected);
  });

  it.each(['/w/0', '/w/-1', '/w/1e3', '/w/', '/w/12x', '/w/9999999999999999', '/nowhere', '/w/1/2', '/w/summary', '/w/1/summary/2', '/enter/x'])('%s leads nowhere', (path) => {
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
