// @vitest-environment jsdom
// The page of a thread as its reader meets it, over the fake server.

import axe from 'axe-core';
import { render } from 'preact';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { sayLater, setLanguage } from '../src/i18n/words';
import { ClientContext } from '../src/ui/client-context';
import ThreadPage from '../src/ui/threads/thread-page';
import { announcer, spoken } from '../src/ui/voice';
import { announcementInterval } from '../src/a11y/announcer';
import { ThreadView } from '../src/ui/threads/thread-view';
import { author, Boards, guest, member, moderator, thread } from './fake/boards';
import type { Browser } from './fake/browser';
import { restoreThread, takeThread } from './fake/threads';

// What jsdom has not, before any module asks for it.
vi.hoisted(() => {
  const nothing = (): void => undefined;
  const matchMedia = () => ({ matches: false, addEventListener: nothing });
  class ResizeObserver {
    observe = nothing;
    disconnect = nothing;
  }
  Object.assign(globalThis, { matchMedia, ResizeObserver });
  Element.prototype.scrollIntoView = nothing;
  HTMLCanvasElement.prototype.getContext = () => null;
});

let root: HTMLElement;

beforeAll(async () => {
  await setLanguage('en');
  await Promise.all([sayLater('threads'), sayLater('appeals')]);
  await Promise.all([import('../src/ui/log/message-menu'), import('../src/ui/log/remove-dialog'), import('../src/ui/appeals/all'), import('../src/actions/appeals'), import('../src/actions/thread')]);
});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 1_790_000_000_000 });
  root = document.createElement('div');
  document.body.append(root);
});

afterEach(() => {
  render(null, root);
  root.remove();
  announcer.stop();
  vi.useRealTimers();
});

/** Everything on its way arrives and is drawn. */
async function quiet(browser: Browser): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) {
    await browser.quiet();
    await vi.advanceTimersByTimeAsync(5);
  }
}

async function opened(hall: Boards, person: number): Promise<Browser> {
  const browser = hall.newBrowser('Reader');
  browser.cookie.person = person;
  return visited(browser);
}

/** A page of this browser's, once it stands still. */
async function visited(browser: Browser): Promise<Browser> {
  render(<ClientContext.Provider value={browser.open()}><ThreadPage thread={thread} /></ClientContext.Provider>, root);
  await quiet(browser);
  return browser;
}

const texts = (selector: string): string[] => [...root.querySelectorAll(selector)].map((element) => element.textContent ?? '');
const names = (): string[] => [...root.querySelectorAll('article')].map((article) => article.getAttribute('aria-label') ?? '');

function button(words: string): HTMLButtonElement {
  const found = [...document.querySelectorAll('button')].find((one) => one.textContent === words || one.getAttribute('aria-label') === words);
  if (found === undefined) throw new Error(`no button says ${words}`);
  return found;
}

function type(words: string, selector = 'textarea'): HTMLTextAreaElement {
  const field = root.querySelector(selector) as HTMLTextAreaElement;
  field.value = words;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  return field;
}

async function press(browser: Browser, words: string): Promise<void> {
  button(words).click();
  await quiet(browser);
}

async function openMenu(browser: Browser, index: number): Promise<void> {
  root.querySelectorAll<HTMLElement>('[data-act="more"]')[index]?.click();
  await quiet(browser);
}

describe('a thread', () => {
  it('shows what it is about, where it belongs and its posts under their numbers', async () => {
    const hall = new Boards({ lang: 'fr', title: 'Où est la clinique ?', carriedFrom: { webinar: 7, title: { en: 'Doctors', fr: 'Médecins' }, votes: 12 } });
    hall.writes('On King Street');
    await opened(hall, member);
    const title = root.querySelector('h1');
    expect([title?.textContent, title?.lang]).toEqual(['Où est la clinique ?', 'fr']);
    expect(root.querySelector('.thread-back')?.getAttribute('href')).toBe('/b/1');
    expect(texts('.kind-chip')).toEqual(['Question']);
    expect(root.querySelector('.thread-from')?.getAttribute('href')).toBe('/w/7');
    expect(texts('.thread-from')[0]?.replace(/[\u2068\u2069]/g, '')).toBe('From the webinar Doctors, 12 votes');
    expect(texts('.message-number')).toEqual(['#1', '#2']);
    expect(names()[0]).toMatch(/^#1, /);
    expect(texts('.thread-readers')).toEqual(['Everyone can read this thread.']);
    expect(root.querySelector('.log-unread')).toBeNull();
  });

  it('begins with the first unread post where one has been before', async () => {
    const hall = new Boards();
    hall.writes('one');
    const browser = await opened(hall, author);
    browser.client.openThread(thread).log.markRead(2);
    render(null, root);
    browser.end();
    hall.writes('two');
    await visited(browser);
    expect(texts('.log-unread')).toEqual(['New since your last visit']);
    expect(root.querySelector('.log-unread')?.closest('.log-row')?.textContent).toContain('two');
  });

  it('begins with the first post where one has never been, also when it is not among the newest', async () => {
    const hall = new Boards();
    for (let i = 1; i <= 25; ++i) hall.writes(`${i}`);
    await opened(hall, author);
    expect(texts('.message-number').slice(0, 2)).toEqual(['#1', '#2']);
    expect(root.querySelector('.log-unread')).toBeNull();
  });

  it('says what one needs to write: members write, a guest and a visitor read', async () => {
    await opened(new Boards(), member);
    expect(root.querySelector('textarea')?.getAttribute('aria-label')).toBe('Your post');
    render(null, root);
    await opened(new Boards(), 0);
    expect(root.querySelector('textarea')).toBeNull();
    expect(root.querySelector('.write-note a')?.getAttribute('href')).toBe('/you');
    render(null, root);
    await opened(new Boards({ board: 1 }), guest);
    expect(texts('.write-note')[0]).toContain('guest of a webinar');
  });

  it('Enter begins a new line, and Ctrl with Enter sends', async () => {
    const hall = new Boards();
    const browser = await opened(hall, member);
    const field = type('On King Street');
    const enter = (ctrlKey: boolean): void => void field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey, bubbles: true, cancelable: true }));
    enter(false);
    await quiet(browser);
    expect(hall.server.database.posts.size).toBe(1);
    enter(true);
    await quiet(browser);
    expect(texts('.rich-text')).toEqual(['Where is the clinic?', 'On King Street']);
    expect(names()[1]).toMatch(/^#2, You, /);
  });

  it('lets a guest change the question that is theirs, and then keeps the focus near', async () => {
    const hall = new Boards({ author: guest });
    const browser = await opened(hall, guest);
    await openMenu(browser, 0);
    expect(texts('.menu-act')).not.toContain('Reply');
    await press(browser, 'Edit');
    const field = root.querySelector('textarea') as HTMLTextAreaElement;
    expect([document.activeElement === field, field.value]).toEqual([true, 'Where is the clinic?']);
    type('Where is the walk-in clinic?');
    await press(browser, 'Save the change');
    expect(texts('.rich-text')).toEqual(['Where is the walk-in clinic?']);
    expect([root.querySelector('textarea'), document.activeElement?.textContent]).toEqual([null, 'See your page']);
  });

  it('says aloud what others write', async () => {
    const hall = new Boards();
    const browser = await opened(hall, member);
    hall.writes('On King Street', author);
    await quiet(browser);
    expect(spoken.value).toContain('On King Street');
  });
});

describe('the answer of a question', () => {
  it('is accepted in the menu, marked, and one press away', async () => {
    const hall = new Boards();
    hall.writes('On King Street');
    const browser = await opened(hall, author);
    await openMenu(browser, 0);
    expect(texts('.menu-act')).not.toContain('Accept as the answer');
    await press(browser, 'Close');
    await openMenu(browser, 1);
    await press(browser, 'Accept as the answer');
    expect([texts('.kind-chip'), texts('.message-mark')]).toEqual([['Answered'], ['Accepted answer']]);
    expect(names()[1]).toMatch(/^#2, Accepted answer, /);
    await press(browser, 'Go to the answer');
    expect(document.activeElement?.getAttribute('aria-label')).toContain('Accepted answer');
    await openMenu(browser, 1);
    await press(browser, 'No longer the answer');
    expect([texts('.kind-chip'), texts('.message-mark')]).toEqual([['Question'], []]);
  });

  it('that was refused says why, and leaves the focus where one writes', async () => {
    const hall = new Boards();
    hall.writes('On King Street');
    const browser = await opened(hall, author);
    hall.server.isBusy = () => true;
    await openMenu(browser, 1);
    await press(browser, 'Accept as the answer');
    expect(texts('.thread-problem .field-error')[0]).toContain('The answer was not marked.');
    button('All right').focus();
    await press(browser, 'All right');
    expect([root.querySelector('.thread-problem'), document.activeElement?.localName]).toEqual([null, 'textarea']);
  });

  it('that was refused to who may not write leaves the focus on the title', async () => {
    const hall = new Boards({ author: guest });
    hall.writes('On King Street');
    const browser = await opened(hall, guest);
    hall.server.isBusy = () => true;
    await openMenu(browser, 1);
    await press(browser, 'Accept as the answer');
    await press(browser, 'All right');
    expect(document.activeElement).toBe(root.querySelector('h1'));
  });

  it('is no act of who neither asked nor moderates', async () => {
    const hall = new Boards();
    hall.writes('On King Street');
    const browser = await opened(hall, member);
    await openMenu(browser, 1);
    expect(texts('.menu-act').some((words) => words.includes('answer'))).toBe(false);
  });
});

describe('what is removed', () => {
  it('is asked about as a post, with what goes with the first one', async () => {
    const hall = new Boards();
    const browser = await opened(hall, moderator);
    await openMenu(browser, 0);
    await press(browser, 'Remove');
    expect(texts('.dialog-title')[0]).toContain('Remove the post by');
    expect(texts('.removal')[0]).toContain('the whole thread leaves its board');
  });

  it('takes the thread with its author’s own first post only where nobody else has written', async () => {
    const asked = async (hall: Boards): Promise<string> => {
      render(null, root);
      const browser = await opened(hall, author);
      await openMenu(browser, 0);
      button('Remove').click();
      await quiet(browser);
      return texts('.removal')[0] ?? '';
    };
    const takes = 'the whole thread leaves its board';
    const alone = new Boards();
    alone.writes('And where is the other one?', author);
    expect(await asked(alone)).toContain(takes);
    const answered = new Boards();
    const post = answered.writes('On King Street');
    expect(await asked(answered)).not.toContain(takes);
    answered.server.perform({ person: member }, 'post.remove', { post }, 'k');
    expect(await asked(answered)).not.toContain(takes);
  });

  it('takes nothing with it that is not shown: nobody knows whose that is', async () => {
    const hall = new Boards();
    for (let i = 1; i <= 60; ++i) hall.writes(`${i}`, i > 55 ? member : author);
    const browser = hall.newBrowser('Reader');
    browser.cookie.person = author;
    const client = browser.open();
    await client.bringThreads();
    const view = new ThreadView(client.openThread(thread));
    const { log } = view.thread;
    await browser.quiet();
    const shown = log.showAround(1);
    await browser.quiet();
    await shown;
    const first = log.items[0];
    expect([first?.pos, log.hasNewer.value, log.items.every(({ mine }) => mine)]).toEqual([1, true, true]);
    expect(first === undefined ? '' : view.removalTakes(first)).toBeUndefined();
  });

  it('a moderator takes the title that its author’s removal left behind', async () => {
    const hall = new Boards();
    const answer = hall.writes('On King Street');
    hall.server.perform({ person: author }, 'post.remove', { post: hall.question }, 'k');
    hall.server.perform({ person: member }, 'post.remove', { post: answer }, 'l');
    const browser = await opened(hall, moderator);
    expect(root.querySelectorAll('.message-removed [data-act="more"]').length).toBe(1);
    await openMenu(browser, 0);
    expect(texts('.menu-act')).toEqual(['Remove the thread', 'Close']);
    await press(browser, 'Remove the thread');
    expect([texts('.dialog-title'), texts('.removal p')[0]]).toEqual([
      ['Remove the thread?'],
      'The whole thread leaves its board, with its title and everything written in it. The person who began it gets the title back with your reason.',
    ]);
    await press(browser, 'Remove the thread');
    expect(root.querySelector('#removal-missing')).not.toBeNull();
    type('It names a client.', '#removal-words');
    await quiet(browser);
    hall.server.isBusy = () => true;
    await press(browser, 'Remove the thread');
    expect(texts('.dialog .field-error').length).toBe(1);
    hall.server.isBusy = () => false;
    await press(browser, 'Remove the thread');
    expect([texts('h1'), document.activeElement?.localName]).toEqual([['This thread was removed'], 'h1']);
  });

  it('a removed first post has no menu for who does not moderate', async () => {
    const hall = new Boards();
    hall.writes('On King Street');
    hall.server.perform({ person: author }, 'post.remove', { post: hall.question }, 'k');
    await opened(hall, author);
    expect(root.querySelector('.message-removed [data-act="more"]')).toBeNull();
  });

  it('while one reads, takes the focus to its title, or is said; so is a thread that comes back', async () => {
    const hall = new Boards();
    const browser = await opened(hall, member);
    root.querySelector('textarea')?.focus();
    hall.server.perform({ person: moderator }, 'post.remove', { post: hall.question, reason: 'Twice' }, 'k');
    await quiet(browser);
    expect([texts('h1'), document.activeElement]).toEqual([['This thread was removed'], root.querySelector('h1')]);
    const elsewhere = document.createElement('button');
    document.body.append(elsewhere);
    elsewhere.focus();
    hall.server.transact((tx) => restoreThread(tx, thread));
    await vi.advanceTimersByTimeAsync(announcementInterval);
    await quiet(browser);
    expect([texts('h1'), document.activeElement === elsewhere, spoken.value.trim()]).toEqual([['Where?'], true, 'Where?']);
    elsewhere.remove();
  });

  it('that becomes gone while one reads takes the focus to its title too', async () => {
    const hall = new Boards({ board: 2 });
    const browser = await opened(hall, member);
    root.querySelector('textarea')?.focus();
    browser.cookie.person = 0;
    browser.wire?.cut();
    hall.clock.advance(1_000);
    await quiet(browser);
    expect([texts('h1'), document.activeElement]).toEqual([['This thread is not here'], root.querySelector('h1')]);
  });

  it('closes what was asked about a post, and does not ask again when the thread comes back', async () => {
    const hall = new Boards();
    const browser = await opened(hall, moderator);
    await openMenu(browser, 0);
    hall.server.transact((tx) => takeThread(tx, thread));
    await quiet(browser);
    expect([texts('h1'), root.querySelector('.menu'), document.activeElement]).toEqual([['This thread was removed'], null, root.querySelector('h1')]);
    hall.server.transact((tx) => restoreThread(tx, thread));
    await quiet(browser);
    expect([texts('h1'), root.querySelector('.menu')]).toEqual([['Where?'], null]);
    await openMenu(browser, 0);
    await press(browser, 'Remove');
    hall.server.transact((tx) => takeThread(tx, thread));
    await quiet(browser);
    hall.server.transact((tx) => restoreThread(tx, thread));
    await quiet(browser);
    expect([texts('h1'), root.querySelector('.dialog')]).toEqual([['Where?'], null]);
  });

  it('leaves before the reader their draft, and what they were writing before they changed a post', async () => {
    const hall = new Boards();
    const browser = await opened(hall, member);
    browser.client.openThread(thread).saveDraft({ text: 'Half a change', editing: 7, before: { text: 'Half a post' } });
    render(null, root);
    browser.end();
    hall.server.perform({ person: moderator }, 'post.remove', { post: hall.question, reason: 'Twice' }, 'k');
    await visited(browser);
    expect(texts('h2')).toEqual(['What you wrote here that was not sent']);
    expect(texts('.thread-unsent .returned-text')).toEqual(['Half a post', 'Half a change']);
    await press(browser, 'Discard');
    expect(texts('.thread-unsent .returned-text')).toEqual(['Half a change']);
    await press(browser, 'Discard');
    expect([root.querySelector('.thread-unsent'), document.activeElement?.localName]).toEqual([null, 'h1']);
  });

  it('leaves a change that was not taken, also where the thread is gone', async () => {
    const hall = new Boards({ board: 2 });
    const post = hall.writes('On Kng Street');
    const browser = await opened(hall, member);
    hall.server.database.people.set(member, { name: 'Member', kind: 'guest', guestOf: [] });
    browser.client.openThread(thread).edit(post, 'On King Street');
    type('Half a post');
    browser.wire?.cut();
    hall.clock.advance(1_000);
    await quiet(browser);
    expect(texts('h1')).toEqual(['This thread is not here']);
    expect(texts('.thread-unsent .returned-text')).toEqual(['On King Street', 'Half a post']);
  });

  it('leaves before the reader what they wrote and could not send', async () => {
    const hall = new Boards();
    const browser = await opened(hall, member);
    browser.wire?.cut();
    browser.client.openThread(thread).post('On King Street');
    hall.server.perform({ person: moderator }, 'post.remove', { post: hall.question, reason: 'Twice' }, 'k');
    hall.server.isBusy = () => true;
    hall.clock.advance(1_000);
    await quiet(browser);
    expect(texts('h1')).toEqual(['This thread was removed']);
    expect(texts('.thread-unsent .returned-text')).toEqual(['On King Street']);
    await press(browser, 'Discard');
    expect([root.querySelector('.thread-unsent'), document.activeElement?.localName]).toEqual([null, 'h1']);
  });

  it('comes back to its author, who can ask for a second look', async () => {
    const hall = new Boards();
    const browser = await opened(hall, author);
    hall.server.perform({ person: moderator }, 'post.remove', { post: hall.question, reason: 'Twice' }, 'k');
    await quiet(browser);
    expect(texts('h1')).toEqual(['This thread was removed']);
    expect(texts('.page-lead')).toEqual(['A moderator removed it. The person who began it was told why.']);
    expect(texts('.returned-title')).toEqual(['A moderator removed one of your posts.']);
    await press(browser, 'Ask for a second look');
    expect(root.querySelector('.second-look-form')).not.toBeNull();
  });
});

describe('axe has nothing to say', () => {
  const faults = async (): Promise<string[]> => {
    vi.useRealTimers();
    // What is seen is looked at in a browser.
    const { violations } = await axe.run(root, { rules: { 'color-contrast': { enabled: false }, 'target-size': { enabled: false } } });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  };

  it('about a question with its answer', async () => {
    const hall = new Boards({ lang: 'fr', carriedFrom: { webinar: 7, title: { en: 'Doctors', fr: 'Médecins' }, votes: 12 } });
    const post = hall.writes('On King Street');
    hall.server.perform({ person: author }, 'thread.answer', { thread, post }, 'k');
    await opened(hall, author);
    expect(await faults()).toEqual([]);
  });

  it('about a thread that was removed, with the text that came back', async () => {
    const hall = new Boards();
    hall.server.perform({ person: moderator }, 'post.remove', { post: hall.question, reason: 'Twice' }, 'k');
    await opened(hall, author);
    expect(await faults()).toEqual([]);
  });

  it('about one that only members may read', async () => {
    await opened(new Boards({ board: 2 }), 0);
    expect(await faults()).toEqual([]);
  });
});

describe('a thread that is not there', () => {
  it('says so, and what to do', async () => {
    await opened(new Boards({ board: 2 }), 0);
    expect(texts('h1')).toEqual(['This thread is not here']);
    expect(root.querySelector('.notice a')?.getAttribute('href')).toBe('/boards');
  });

  it('is asked for again when its program was not to be had', async () => {
    const hall = new Boards();
    const browser = hall.newBrowser('Reader');
    const client = browser.open();
    let isReachable = false;
    const bringThreads = (): Promise<boolean> => (isReachable ? client.bringThreads() : Promise.resolve(false));
    render(<ClientContext.Provider value={{ ...client, bringThreads }}><ThreadPage thread={thread} /></ClientContext.Provider>, root);
    await quiet(browser);
    expect(texts('h1')).toEqual(['The thread did not load']);
    isReachable = true;
    await press(browser, 'Try again');
    expect(texts('h1')).toEqual(['Where?']);
  });

  it('is asked for again when the line was not there', async () => {
    const hall = new Boards();
    const browser = hall.newBrowser('Reader');
    const client = browser.open();
    browser.engine.deviceIs(false);
    render(<ClientContext.Provider value={client}><ThreadPage thread={thread} /></ClientContext.Provider>, root);
    browser.wire?.cut();
    await vi.advanceTimersByTimeAsync(5);
    expect(texts('h1')).toEqual(['You are offline']);
    await press(browser, 'Try again');
    expect(texts('h1')).toEqual(['Where?']);
  });
});
