// A thread that is sent more than once is begun once, whatever happened in between.

import { beforeAll, describe, expect, it } from 'vitest';
import { writeEveryMs } from '../src/actions/notes';
import type { Board } from '../src/store/board-api';
import { BoardServer } from './fake/board-server';
import { Browser } from './fake/browser';
import { Clock, settle } from './fake/clock';

// Loaded once, so that opening the boards waits for nothing but promises.
beforeAll(() => import('../src/actions/boards'));

const member = 2;
const other = 3;
const draft = { title: 'Snow boots', text: 'Where can we find some?', kind: 'question' } as const;
const note = 'new-thread/1';

class Site {
  readonly clock = new Clock();
  readonly server = new BoardServer(() => this.clock.now());
  readonly browser = new Browser('Sam', this.server, this.clock);

  constructor() {
    for (const id of [member, other]) this.server.database.people.set(id, { name: `P${id}`, kind: 'member', siteRole: 'member', guestOf: [] });
    this.server.addBoard(1);
    this.browser.cookie.person = member;
  }

  /// A new page. Time has passed, so that it makes other keys.
  async open(): Promise<Board> {
    this.clock.advance(10_000);
    const client = this.browser.open();
    await client.openBoards();
    await this.browser.quiet();
    const board = client.boards.value?.open(1);
    await this.browser.quiet();
    if (!board) throw new Error('the boards did not open');
    return board;
  }

  /// The server begins the thread, and its answer is lost.
  async loseAnswer(board: Board, lang = 'en'): Promise<void> {
    const sending = board.begin(lang);
    await settle();
    this.browser.losePostAnswer();
    expect(await sending).toEqual({ problem: { code: 'offline' } });
  }

  async send(board: Board, lang = 'en'): ReturnType<Board['begin']> {
    const sending = board.begin(lang);
    await this.browser.quiet();
    return sending;
  }

  titles(board: Board): string[] {
    return board.threads.value.map(({ title }) => title);
  }
}

describe('a thread whose answer was lost', () => {
  it('is sent with a key that the device keeps before', async () => {
    const site = new Site();
    const board = await site.open();
    board.saveDraft(draft);
    void board.begin('en');
    await settle();
    expect(site.browser.held.map(({ op }) => op)).toEqual(['thread.start']);
    expect(site.browser.disk.notes.get(note)).toMatchObject({ ...draft, lang: 'en', sent: { key: expect.any(String) as string } });
  });

  it('is sent again by the next page, and is the same one', async () => {
    const site = new Site();
    const first = await site.open();
    first.saveDraft(draft);
    await site.loseAnswer(first);
    const board = await site.open();
    expect(board.draft.value).toEqual({ ...draft, lang: 'en' });
    expect(await site.send(board)).toMatchObject({ ok: {} });
    expect([site.titles(board), board.draft.value.text, site.browser.disk.notes.has(note)]).toEqual([['Snow boots'], '', false]);
  });

  it('is found again with a letter corrected; the correction stays a draft, and would be another thread', async () => {
    const site = new Site();
    const first = await site.open();
    first.saveDraft(draft);
    await site.loseAnswer(first);
    const began = site.titles(first).length;
    const board = await site.open();
    board.saveDraft({ ...board.draft.value, title: 'Snow boots?' });
    const found = await site.send(board);
    expect([began, found, site.titles(board)]).toEqual([0, { ok: { thread: board.threads.value[0]?.id } }, ['Snow boots']]);
    expect(board.draft.value.title).toBe('Snow boots?');
    site.clock.advance(writeEveryMs);
    await settle();
    expect(site.browser.disk.notes.get(note)).not.toHaveProperty('sent');
    expect(await site.send(board)).toMatchObject({ ok: {} });
    expect(site.titles(board).length).toBe(2);
  });

  it('is found again although several texts were tried and none was answered', async () => {
    const site = new Site();
    const board = await site.open();
    board.saveDraft(draft);
    await site.loseAnswer(board);
    board.saveDraft({ ...draft, lang: 'en', text: 'Where are they?' });
    await site.loseAnswer(board);
    board.saveDraft({ ...draft, lang: 'en', text: 'Where are they sold?' });
    expect(await site.send(board)).toMatchObject({ ok: {} });
    expect(site.titles(board)).toEqual(['Snow boots']);
  });

  it('is the same one when the interface speaks another language meanwhile', async () => {
    const site = new Site();
    const board = await site.open();
    board.saveDraft(draft);
    await site.loseAnswer(board, 'en');
    expect(await site.send(board, 'fr')).toMatchObject({ ok: {} });
    expect([site.titles(board), board.draft.value.text]).toEqual([['Snow boots'], '']);
  });

  it('is found again after a text that the server refused', async () => {
    const site = new Site();
    const board = await site.open();
    board.saveDraft(draft);
    await site.loseAnswer(board);
    board.saveDraft({ ...draft, text: 'Where?' });
    site.server.isFull = true;
    expect(await site.send(board)).toEqual({ problem: { code: 'storage_full' } });
    site.server.isFull = false;
    expect(await site.send(board)).toMatchObject({ ok: {} });
    expect(site.titles(board)).toEqual(['Snow boots']);
  });
});

it('a refused text is sent again with another key', async () => {
  const site = new Site();
  const board = await site.open();
  board.saveDraft({ ...draft, text: ' ' });
  expect(await site.send(board)).toEqual({ problem: { code: 'empty', field: 'text' } });
  site.clock.advance(writeEveryMs);
  await settle();
  expect(site.browser.disk.notes.get(note)).not.toHaveProperty('sent');
  board.saveDraft(draft);
  expect(await site.send(board)).toMatchObject({ ok: {} });
  const keys = site.server.asked.filter(({ op }) => op === 'thread.start').map(({ key }) => key);
  expect(new Set(keys).size).toBe(2);
});

it('whoever leaves while it is sent and comes back finds it under way, and it is sent once', async () => {
  const site = new Site();
  const left = await site.open();
  left.saveDraft(draft);
  const sending = left.begin('en');
  await settle();
  left.leave();
  const board = site.browser.client.boards.value?.open(1);
  if (!board) throw new Error('the boards did not open');
  expect([board.isBeginning.value, board.draft.value.title, board.isRecalled.value]).toEqual([true, 'Snow boots', true]);
  const again = board.begin('en');
  await site.browser.quiet();
  expect(await again).toEqual(await sending);
  expect(site.server.asked.filter(({ op }) => op === 'thread.start').length).toBe(1);
  expect([board.isBeginning.value, board.draft.value.text]).toEqual([false, '']);
});

it('all screens of a board write one draft', async () => {
  const site = new Site();
  const board = await site.open();
  const form = site.browser.client.boards.value?.open(1);
  board.saveDraft(draft);
  expect(form?.draft.value).toEqual(draft);
});

describe('a draft', () => {
  it('is its writer’s: the next one on this device does not see it', async () => {
    const site = new Site();
    (await site.open()).saveDraft(draft);
    site.browser.cookie.person = other;
    const theirs = await site.open();
    expect([theirs.isRecalled.value, theirs.draft.value.text]).toEqual([true, '']);
    site.browser.cookie.person = member;
    expect((await site.open()).draft.value).toEqual(draft);
  });

  it('that nobody wrote is anyone’s', async () => {
    const site = new Site();
    site.browser.disk.notes.set(note, { ...draft, person: 0 });
    expect((await site.open()).draft.value).toEqual(draft);
  });

  it('leaves the screen when somebody else reads', async () => {
    const site = new Site();
    const board = await site.open();
    board.saveDraft(draft);
    site.browser.cookie.person = other;
    site.browser.wire?.cut();
    site.clock.advance(60_000);
    await site.browser.quiet();
    expect([board.isRecalled.value, board.draft.value.text]).toEqual([true, '']);
  });
});
