// @vitest-environment jsdom
// The screens of boards and of What's New, drawn into a page without a browser, with the fake server behind them.

import { signal } from '@preact/signals';
import axe from 'axe-core';
import { render, type JSX } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { sayLater, setLanguage } from '../src/i18n/words';
import type { WebinarRecord } from '../src/protocol/generated';
import type { Client } from '../src/store/api';
import type { Question } from '../src/store/question-api';
import BoardPage from '../src/ui/boards/board-page';
import BoardsPage from '../src/ui/boards/boards-page';
import CreateBoardPage from '../src/ui/boards/create-board-page';
import NewThreadPage from '../src/ui/boards/new-thread-page';
import { ClientContext } from '../src/ui/client-context';
import NewsHome from '../src/ui/news/news-home';
import NewsPage from '../src/ui/news/news-page';
import { goTo, route } from '../src/ui/route';
import { BottomBar } from '../src/ui/shell/top-bar';
import { CarryOver } from '../src/ui/summary/carry-over';
import { announcer } from '../src/ui/voice';
import CreatePage from '../src/ui/webinars/create-page';
import { BoardServer } from './fake/board-server';
import { Browser } from './fake/browser';
import { Clock, settle } from './fake/clock';

const member = 2;
const admin = 3;

let root: HTMLElement;
let clock: Clock;
let server: BoardServer;
let browser: Browser;

beforeAll(async () => {
  window.scrollTo = () => undefined;
  await Promise.all([import('../src/actions/boards'), import('../src/actions/news')]);
});

beforeEach(async () => {
  await setLanguage('en');
  await Promise.all([sayLater('boards'), sayLater('threads'), sayLater('news'), sayLater('summary')]);
  root = document.createElement('div');
  document.body.append(root);
  clock = new Clock();
  server = new BoardServer(() => clock.now());
  server.database.people.set(member, { name: 'Sam', kind: 'member', siteRole: 'member', guestOf: [] });
  server.database.people.set(admin, { name: 'Ada', kind: 'member', siteRole: 'admin', guestOf: [] });
  server.addBoard(1);
  server.addBoard(2, { visibility: 'members', name: { en: 'For members', fr: 'Pour les membres' } });
  for (let id = 1; id <= 5; ++id) server.putThread(1, id, { author: { id: 9, name: 'Luc' } });
  browser = new Browser('Sam', server, clock);
});

afterEach(() => {
  render(null, root);
  root.remove();
  vi.restoreAllMocks();
});

/// All that is on its way arrives and is drawn, and what that asks for in turn.
async function drawn(): Promise<void> {
  for (let round = 0; round < 4; ++round) await act(() => browser.quiet());
}

async function shown(screen: JSX.Element, person = member): Promise<void> {
  browser.cookie.person = person;
  const client = browser.open();
  await browser.quiet();
  await draw(screen, client);
  await drawn();
}

/// Nothing arrives.
function draw(screen: JSX.Element, client: Client = browser.client): Promise<void> {
  return act(() => render(<ClientContext.Provider value={client}>{screen}</ClientContext.Provider>, root));
}

/// All that the page asks for is lost on its way.
async function lostAll(): Promise<void> {
  await act(async () => {
    await settle();
    while (browser.held.length > 0) browser.losePost();
    await settle();
  });
}

const text = (selector: string): string[] => Array.from(root.querySelectorAll(selector), ({ textContent }) => textContent ?? '');

function press(words: string): void {
  const pressed = Array.from(root.querySelectorAll<HTMLElement>('button, a')).find((one) => one.textContent?.includes(words));
  if (!pressed) throw new Error(`there is no “${words}”: ${root.textContent}`);
  pressed.focus();
  pressed.click();
}

function type(selector: string, value: string): void {
  const field = root.querySelector<HTMLInputElement | HTMLTextAreaElement>(selector);
  if (!field) throw new Error(`there is no ${selector}`);
  field.value = value;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}

/// What needs no layout.
async function faults(): Promise<string[]> {
  const { violations } = await axe.run(root, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

describe('the boards', () => {
  it('are cards with what they are for and who reads them', async () => {
    await shown(<BoardsPage />);
    expect(text('.board-card-name')).toEqual(['Board 1', 'For members']);
    expect(text('.board-card-facts')).toEqual(['5 threads', 'No thread yetMembers only']);
    expect(text('a')).not.toContain('New board');
    expect(await faults()).toEqual([]);
  });

  it('an administrator makes a new one; what is missing is said at its field', async () => {
    await shown(<CreateBoardPage />, admin);
    press('Create the board');
    await drawn();
    expect(text('.field-error').length).toBe(4);
    expect(document.activeElement?.id).toBe('board-name-en');
    expect(await faults()).toEqual([]);
    for (const id of ['name-en', 'name-fr', 'purpose-en', 'purpose-fr']) type(`#board-${id}`, id);
    press('Create the board');
    await drawn();
    expect(route.value.name).toBe('board');
    expect(Array.from(server.boards.values(), ({ name }) => name.en)).toContain('name-en');
  });

  it('that do not come can be asked for again: that is seen, heard, and leaves the keyboard at the top', async () => {
    const said = vi.spyOn(announcer, 'say');
    const failures = (): number => said.mock.calls.filter(([, sentence]) => sentence === 'The boards did not load').length;
    browser.cookie.person = member;
    browser.open();
    await browser.quiet();
    await browser.client.openBoards();
    await draw(<BoardsPage />);
    expect(text('.list-loading .only-read-aloud')).toEqual(['Loading the boards…']);
    await lostAll();
    expect([text('.notice-title'), failures()]).toEqual([['The boards did not load'], 1]);
    await act(() => press('Try again'));
    expect(text('.list-loading .only-read-aloud')).toEqual(['Loading the boards…']);
    expect(document.activeElement?.localName).toBe('h1');
    await lostAll();
    expect([text('.notice-title'), failures()]).toEqual([['The boards did not load'], 2]);
    press('Try again');
    await drawn();
    expect(text('.board-card-name')).toEqual(['Board 1', 'For members']);
  });

  it('whose program cannot be fetched are not made, and that is said', async () => {
    browser.cookie.person = admin;
    const client = browser.open();
    await browser.quiet();
    await draw(<CreateBoardPage />, { ...client, openBoards: () => Promise.resolve(false) });
    for (const id of ['name-en', 'name-fr', 'purpose-en', 'purpose-fr']) type(`#board-${id}`, id);
    press('Create the board');
    await drawn();
    expect(text('.field-error').length).toBe(1);
    expect(text('button')).toEqual(['Create the board']);
    expect(server.boards.size).toBe(2);
  });

  it('nobody else does', async () => {
    await shown(<CreateBoardPage />);
    expect(root.querySelector('form')).toBeNull();
    expect(text('h1')).toEqual(['Administrators make boards']);
  });
});

describe('a board', () => {
  it('says what each thread is and who wrote', async () => {
    const author = { id: member, name: 'Sam' };
    server.putThread(1, 6, { kind: 'question', author, posts: 3, lastBy: { id: 9, name: 'Luc' }, lang: 'fr', answer: { post: 1, pos: 1 }, carriedFrom: { webinar: 4, title: { en: 'Winter', fr: 'Hiver' }, votes: 2 } });
    await shown(<BoardPage board={1} />);
    const row = root.querySelector('.thread-row');
    expect(row?.textContent).toContain('Answered');
    expect(row?.textContent).toContain('Begun by you');
    expect(row?.textContent).toContain('3 posts');
    expect(row?.textContent).toContain('Last by Luc');
    expect(row?.textContent).toContain('From the webinar “Winter”');
    expect(row?.querySelector('h3 a')?.getAttribute('lang')).toBe('fr');
    expect(await faults()).toEqual([]);
  });

  it('more threads come by a press, and the keyboard goes on with the first of them', async () => {
    await shown(<BoardPage board={1} />);
    expect(text('.thread-row h3')).toEqual(['Thread 5', 'Thread 4', 'Thread 3']);
    press('Show more threads');
    await drawn();
    expect(text('.thread-row h3').length).toBe(5);
    expect(document.activeElement?.textContent).toBe('Thread 2');
    expect(text('button')).not.toContain('Show more threads');
  });

  it('does not move under the keyboard: what is new waits for a press', async () => {
    await shown(<BoardPage board={1} />);
    root.querySelector<HTMLElement>('.thread-row h3 a')?.focus();
    server.putThread(1, 6, { lastAt: 60 });
    await drawn();
    expect(text('.thread-row h3')[0]).toBe('Thread 5');
    const said = vi.spyOn(announcer, 'say');
    press('1 new');
    await drawn();
    expect(said).toHaveBeenLastCalledWith('fresh-threads', 'The newest are at the top now.');
    expect(text('.thread-row h3')[0]).toBe('Thread 6');
    expect(document.activeElement?.textContent).toBe('Thread 6');
    expect(text('.fresh-button')).toEqual([]);
  });

  it('a thread that leaves while the keyboard is on it leaves the keyboard at the list', async () => {
    await shown(<BoardPage board={1} />);
    root.querySelector<HTMLElement>('.thread-row h3 a')?.focus();
    server.removeThread(1, 5);
    await drawn();
    expect(text('.thread-row h3')[0]).toBe('Thread 4');
    expect(document.activeElement?.id).toBe('board-threads');
  });

  it('offers to begin a thread to who may, and says to others how they can', async () => {
    await shown(<BoardPage board={1} />);
    expect(text('a')).toContain('Begin a thread');
    render(null, root);
    await shown(<BoardPage board={1} />, 0);
    expect(text('a')).not.toContain('Begin a thread');
    expect(root.textContent).toContain('Members can begin a thread');
  });

  it('an empty one says what belongs there and offers the first act; one that is not there says so', async () => {
    await shown(<BoardPage board={2} />);
    expect(text('h2')).toContain('No thread yet');
    expect(text('.notice a')).toEqual(['Begin a thread']);
    render(null, root);
    await shown(<BoardPage board={99} />);
    expect(text('h1')).toEqual(['This board is not here']);
    expect(await faults()).toEqual([]);
  });
});

describe('the form of a new thread', () => {
  it('says at the fields what is missing, keeps what is there, and leads to the thread', async () => {
    await shown(<NewThreadPage board={1} />);
    expect(await faults()).toEqual([]);
    press('Begin the thread');
    await drawn();
    expect(text('.field-error')).toEqual(['Write a title, so that people know what it is about.', 'Write the text of your thread.']);
    expect(document.activeElement?.id).toBe('thread-title');
    type('#thread-title', 'Snow boots');
    type('#thread-text', 'x'.repeat(10_001));
    press('Begin the thread');
    await drawn();
    // The number, which changes at each key, is tied to the field and not said.
    expect(text('.field-error')).toEqual(['The text is too long. Shorten it.', '1 character too long']);
    expect(document.activeElement?.id).toBe('thread-text');
    expect(document.activeElement?.getAttribute('aria-describedby')).toBe('thread-text-hint thread-text-error thread-text-left');
    expect(text('#thread-text-left')).toEqual(['1 character too long']);
    expect(await faults()).toEqual([]);
    type('#thread-title', 'x'.repeat(1_000));
    await drawn();
    expect(text('.field-error')[0]).toBe('The title is too long. Shorten it.');
    expect(text('#thread-title-hint')[0]).toMatch(/^\d+ characters too long$/);
    type('#thread-title', 'Snow boots');
    expect(browser.client.boards.value?.open(1).threads.value.length).toBe(3);
    type('#thread-text', 'Where?');
    press('Begin the thread');
    await drawn();
    expect(route.value).toMatchObject({ name: 'thread' });
  });

  it('announcements are for moderators; who may not begin is told', async () => {
    await shown(<NewThreadPage board={1} />);
    expect(text('input[name="thread-kind"] + span').map((one) => one.split('.')[0])).toHaveLength(2);
    render(null, root);
    await shown(<NewThreadPage board={1} />, admin);
    expect(text('input[name="thread-kind"] + span')).toHaveLength(3);
    render(null, root);
    await shown(<NewThreadPage board={1} />, 0);
    expect(root.querySelector('form')).toBeNull();
  });
});

describe('who has left a form that was being sent', () => {
  async function leaveWhileSending(press: () => void): Promise<void> {
    await act(async () => {
      press();
      await settle();
    });
    goTo('/news');
    await drawn();
    expect(route.value.name).toBe('news');
  }

  it('is not fetched out of another page when the thread has begun', async () => {
    await shown(<NewThreadPage board={1} />);
    type('#thread-title', 'Snow boots');
    type('#thread-text', 'Where?');
    await leaveWhileSending(() => press('Begin the thread'));
    expect(server.asked.some(({ op }) => op === 'thread.start')).toBe(true);
  });

  it('and comes back, is told there what comes of it', async () => {
    await shown(<NewThreadPage board={1} />);
    type('#thread-title', 'Snow boots');
    type('#thread-text', 'Where?');
    await act(async () => {
      press('Begin the thread');
      await settle();
    });
    await act(() => render(null, root));
    const sent = browser.held.splice(0);
    goTo('/b/1#new');
    await draw(<NewThreadPage board={1} />);
    await drawn();
    expect(text('button[type="submit"]')).toEqual(['Sending…']);
    browser.held.push(...sent);
    await drawn();
    expect(route.value.name).toBe('thread');
    expect(server.asked.filter(({ op }) => op === 'thread.start').length).toBe(1);
  });

  it('nor when the board or the webinar was made', async () => {
    await shown(<CreateBoardPage />, admin);
    for (const id of ['name-en', 'name-fr', 'purpose-en', 'purpose-fr']) type(`#board-${id}`, id);
    await leaveWhileSending(() => press('Create the board'));
    expect(server.boards.size).toBe(3);
    render(null, root);
    // Another page makes other keys.
    clock.advance(1);
    await shown(<CreatePage />, admin);
    for (const language of ['en', 'fr']) type(`#create-${language}`, language);
    await leaveWhileSending(() => root.querySelector<HTMLElement>('button[type="submit"]')?.click());
    expect(server.database.webinars.size).toBe(1);
  });
});

it('the form of a new thread waits for what the device keeps of it', async () => {
  const { disk } = browser;
  disk.notes.set('new-thread/1', { title: 'Snow boots', text: 'Where?', kind: 'discussion', person: member });
  let answer = (): void => undefined;
  const asked = new Promise<void>((resolve) => (answer = resolve));
  const read = disk.readNote.bind(disk);
  disk.readNote = async (name) => {
    if (name === 'new-thread/1') await asked;
    return read(name);
  };
  await shown(<NewThreadPage board={1} />);
  expect([root.querySelector('form'), text('.list-loading').length]).toEqual([null, 1]);
  answer();
  await drawn();
  expect(root.querySelector<HTMLInputElement>('#thread-title')?.value).toBe('Snow boots');
});

describe('what is new', () => {
  const board = { board: 1, boardName: { en: 'Board 1', fr: 'Forum 1' }, title: 'Snow boots', lang: 'en', kind: 'discussion', answered: false } as const;
  const title = { en: 'Winter', fr: 'Hiver' };

  it('says each thing in a sentence, parted by the mark, and marks all of it as seen', async () => {
    server.tell(1, { by: { id: 9, name: 'Luc' }, thread: { ...board, thread: 11, posts: 1 } });
    server.tell(2, { by: { id: member, name: 'Sam' }, thread: { ...board, thread: 12, posts: 4 } });
    server.tell(3, { thread: { ...board, thread: 13, posts: 1, kind: 'question' } });
    server.tell(4, { webinar: { webinar: 5, title, state: 'live' } });
    server.tell(5, { carried: { webinar: 5, title, board: 1, boardName: board.boardName, threads: 12 } });
    await shown(<><NewsPage /><BottomBar /></>);
    expect(text('.news-entry > h3 + p')).toEqual(['Winter', 'The webinar is live now', 'New question, asked without a name', '4 posts, the newest by you', 'New thread by Luc']);
    expect(text('.news-title')[0]).toBe('12 questions from the webinar “Winter” go on in Board 1');
    expect(text('h2')).toEqual(['New to you']);
    expect(text('.bottom-bar .place')[0]).toContain('What’s New, 4 new');
    expect(await faults()).toEqual([]);
    press('Mark all as seen');
    await drawn();
    expect(text('h2')).toEqual(['Earlier']);
    expect(text('.bottom-bar .place')[0]).toBe('What’s New');
    expect(document.activeElement?.localName).toBe('h1');
  });

  it('what comes while one reads waits for a press', async () => {
    server.tell(1, { thread: { ...board, thread: 11, posts: 1 } });
    await shown(<NewsPage />, 0);
    server.tell(2, { thread: { ...board, thread: 12, title: 'Jobs', posts: 1 } });
    await drawn();
    const said = vi.spyOn(announcer, 'say');
    expect(text('.news-title')).toEqual(['Snow boots']);
    press('1 new');
    await drawn();
    expect(text('.news-title')).toEqual(['Jobs', 'Snow boots']);
    expect(document.activeElement?.textContent).toBe('Jobs');
    expect(said).toHaveBeenLastCalledWith('fresh-news', 'The newest are at the top now.');
  });

  it('is empty with a way on; at home it is the three newest', async () => {
    await shown(<NewsPage />, 0);
    expect(text('.notice-title')).toEqual(['Nothing is new yet']);
    render(null, root);
    for (let id = 1; id <= 4; ++id) server.tell(id, { thread: { ...board, thread: id, title: `T${id}`, posts: 1 } });
    await shown(<NewsHome />, 0);
    await browser.client.openNews();
    await drawn();
    expect(text('.news-title')).toEqual(['T4', 'T3', 'T2']);
    expect(Array.from(root.querySelectorAll('.news-home-ways a'), (one) => one.getAttribute('href'))).toEqual(['/news', '/boards']);
    expect(await faults()).toEqual([]);
  });
});

describe('what is new at home', () => {
  const thread = (id: number) => ({ thread: { board: 1, boardName: { en: 'B', fr: 'F' }, thread: id, title: `T${id}`, lang: 'en', kind: 'discussion', posts: 1, answered: false } as const });

  it('has its shape until it has come, and then keeps still', async () => {
    server.tell(1, thread(1));
    browser.open();
    await draw(<NewsHome />);
    expect(text('.news-home .list-loading').length).toBe(1);
    await drawn();
    expect([text('.news-title'), text('.list-loading')]).toEqual([['T1'], []]);
    server.tell(2, thread(2));
    await drawn();
    expect(text('.news-title')).toEqual(['T1']);
    server.tell(1);
    await drawn();
    expect(text('.news-entry').length).toBe(1);
  });

  it('without a line is what the last visit left, or nothing but its ways', async () => {
    server.tell(1, thread(1));
    await shown(<NewsHome />, 0);
    render(null, root);
    const client = browser.open();
    await draw(<NewsHome />, { ...client, connection: { ...client.connection, state: signal('waiting') } });
    await act(settle);
    expect(text('.news-title')).toEqual(['T1']);
    render(null, root);
    await draw(<NewsHome />, { ...client, news: signal(undefined), connection: { ...client.connection, state: signal('offline') } });
    expect([text('.list-loading'), text('.news-entry'), text('.news-home-ways a').length]).toEqual([[], [], 2]);
  });
});

describe('questions that were left open', () => {
  const webinar = { id: 7, state: 'ended', visibility: 'members' } as WebinarRecord;
  const question = (id: number): Question => ({ id, state: 'published' }) as Question;

  it('go on as threads on a board that may have them; the rest by the same act', async () => {
    server.openQuestions.set(7, 3);
    const open = signal([question(1), question(2), question(3)]);
    await shown(<CarryOver webinar={webinar} questions={open.value} />);
    expect(text('h2')).toEqual(['Questions that were left open: 3']);
    expect(text('option')).toEqual(['Choose a board', 'For members']);
    expect(await faults()).toEqual([]);
    press('Continue them as threads');
    await drawn();
    expect(text('.field-error')).toEqual(['Choose a board first.']);
    const select = root.querySelector('select');
    if (select) select.value = '2';
    select?.dispatchEvent(new Event('change', { bubbles: true }));
    await drawn();
    press('Continue them as threads');
    await drawn();
    expect(text('.summary-carried')).toEqual(['2 questions go on in For members. 1 is left.']);
    press('Continue the rest');
    await drawn();
    expect(text('.summary-carried')).toEqual(['3 questions go on in For members.']);
    expect(root.querySelector('form')).toBeNull();
    expect(document.activeElement?.id).toBe('summary-carry');
  });

  it('wait for boards that did not come: asked for again, the keyboard stays here', async () => {
    const said = vi.spyOn(announcer, 'say');
    browser.cookie.person = member;
    browser.open();
    await browser.quiet();
    await browser.client.openBoards();
    await draw(<CarryOver webinar={webinar} questions={[question(1)]} />);
    await lostAll();
    expect(said).toHaveBeenCalledWith('carry-boards', 'The boards did not load.');
    await act(() => press('Try again'));
    expect(document.activeElement?.id).toBe('summary-carry');
    await drawn();
    expect(text('option')).toEqual(['Choose a board', 'For members']);
  });

  it('are not offered where none is left, and before the webinar has ended', async () => {
    await shown(<CarryOver webinar={webinar} questions={[]} />);
    expect(root.textContent).toBe('');
    await shown(<CarryOver webinar={{ ...webinar, state: 'live' }} questions={[question(1)]} />);
    expect(root.textContent).toBe('');
  });
});
