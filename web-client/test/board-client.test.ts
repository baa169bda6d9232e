// Boards from a browser to the fake server and back, over wires that the test holds.

import { beforeAll, describe, expect, it } from 'vitest';
import { writeEveryMs } from '../src/actions/notes';
import { waitForChannelMs } from '../src/actions/boards';
import type { Client } from '../src/store/api';
import type { Board, Boards } from '../src/store/board-api';
import { BoardServer } from './fake/board-server';
import { Browser } from './fake/browser';
import { Clock, settle } from './fake/clock';

// Loaded once, so that opening the boards waits for nothing but promises.
beforeAll(() => import('../src/actions/boards'));

const member = 2;
const admin = 3;
const guest = 4;

function site(person = member): { server: BoardServer; browser: Browser; clock: Clock } {
  const clock = new Clock();
  const server = new BoardServer(() => clock.now());
  server.database.people.set(member, { name: 'Sam', kind: 'member', siteRole: 'member', guestOf: [] });
  server.database.people.set(admin, { name: 'Ada', kind: 'member', siteRole: 'admin', guestOf: [] });
  server.database.people.set(guest, { name: 'Amina', kind: 'guest', guestOf: [] });
  server.addBoard(1);
  server.addBoard(2, { visibility: 'members', posting: 'moderators' });
  for (let id = 1; id <= 5; ++id) server.putThread(1, id);
  const browser = new Browser('Sam', server, clock);
  browser.cookie.person = person;
  return { server, browser, clock };
}

async function opened(browser: Browser): Promise<{ client: Client; boards: Boards }> {
  const client = browser.open();
  await client.openBoards();
  await browser.quiet();
  const boards = client.boards.value;
  if (!boards) throw new Error('the boards did not open');
  return { client, boards };
}

async function followed(browser: Browser, id = 1): Promise<{ client: Client; boards: Boards; board: Board }> {
  const page = await opened(browser);
  const board = page.boards.open(id);
  await browser.quiet();
  return { ...page, board };
}

const ids = (board: Board): number[] => board.threads.value.map(({ id }) => id);

describe('the boards', () => {
  it('are those one may read, and are there offline at the next visit', async () => {
    const { browser } = site(0);
    const { boards } = await opened(browser);
    boards.refresh();
    await browser.quiet();
    expect([boards.state.value, boards.boards.value.map(({ id }) => id)]).toEqual(['ready', [1]]);
    const later = browser.open();
    await later.openBoards();
    await settle();
    later.boards.value?.refresh();
    await settle();
    browser.losePost();
    await settle();
    expect([later.boards.value?.state.value, later.boards.value?.boards.value.length]).toEqual(['failed', 1]);
  });

  it('somebody else on this device sees nothing of the members’ boards, also without a line', async () => {
    const { browser } = site(member);
    const { boards } = await opened(browser);
    boards.refresh();
    await browser.quiet();
    expect(boards.boards.value.length).toBe(2);
    const again = browser.open();
    await settle();
    await again.openBoards();
    await settle();
    expect(again.boards.value?.boards.value.length).toBe(2);
    browser.cookie.person = 0;
    const client = browser.open();
    await browser.quiet();
    await client.openBoards();
    await settle();
    expect(client.boards.value?.boards.value.map(({ id }) => id)).toEqual([1]);
  });

  it('threads are begun by members, and where moderators begin them by those alone', async () => {
    const begun = async (person: number): Promise<boolean[]> => {
      const { boards } = await opened(site(person).browser);
      return [boards.mayBegin({ posting: 'members' }), boards.mayBegin({ posting: 'moderators' }), boards.moderates.value];
    };
    expect(await begun(0)).toEqual([false, false, false]);
    expect(await begun(guest)).toEqual([false, false, false]);
    expect(await begun(member)).toEqual([true, false, false]);
    expect(await begun(admin)).toEqual([true, true, true]);
  });

  it('a new one is listed', async () => {
    const { browser } = site(admin);
    const { boards } = await opened(browser);
    const text = { en: 'Jobs', fr: 'Emplois' };
    const creating = boards.create({ name: text, purpose: text, visibility: 'members', posting: 'members' });
    await browser.quiet();
    expect(await creating).toMatchObject({ ok: { board: expect.any(Number) as number } });
    expect(boards.boards.value.map(({ name }) => name.en)).toContain('Jobs');
  });
});

describe('the list of boards', () => {
  const names = (boards: Boards): number[] => boards.boards.value.map(({ id }) => id);

  it('that did not come does not keep back what the last visit left', async () => {
    const { browser } = site();
    const first = await opened(browser);
    first.boards.refresh();
    await browser.quiet();
    browser.diskOpens = new Promise((open) => setImmediate(() => setImmediate(open)));
    const client = browser.open();
    await client.openBoards();
    client.boards.value?.refresh();
    browser.losePost();
    await settle();
    await settle();
    await settle();
    expect([client.boards.value?.state.value, client.boards.value && names(client.boards.value)]).toEqual(['failed', [1, 2]]);
  });

  it('asked for again after it failed, is loading, and may fail once more', async () => {
    const { browser } = site();
    const { boards } = await opened(browser);
    for (let round = 0; round < 2; ++round) {
      boards.refresh();
      expect(boards.state.value).toBe('loading');
      browser.losePost();
      await settle();
      expect(boards.state.value).toBe('failed');
    }
  });

  it('an answer that comes late, to an earlier question, changes nothing', async () => {
    const { browser, server } = site(admin);
    const { boards } = await opened(browser);
    boards.refresh();
    const [early] = browser.held.splice(0);
    boards.refresh();
    await browser.quiet();
    expect(names(boards)).toEqual([1, 2]);
    server.boards.delete(2);
    early?.perform();
    await settle();
    expect(names(boards)).toEqual([1, 2]);
  });

  it('when somebody else reads, the members’ boards leave at once, and what was on its way for the one before is dropped', async () => {
    const { browser, clock } = site(member);
    const { boards } = await opened(browser);
    boards.refresh();
    await browser.quiet();
    boards.refresh();
    const [late] = browser.held.splice(0);
    late?.perform();
    browser.cookie.person = 0;
    browser.wire?.cut();
    clock.advance(60_000);
    browser.openWire();
    browser.wire?.deliverUp();
    boards.refresh();
    const [ofMember] = browser.held.splice(0);
    browser.wire?.deliverDown();
    await settle();
    expect([boards.state.value, names(boards)]).toEqual(['loading', [1]]);
    browser.cookie.person = member;
    ofMember?.perform();
    browser.cookie.person = 0;
    await settle();
    expect(names(boards)).toEqual([1]);
    await browser.quiet();
    expect([boards.state.value, names(boards)]).toEqual(['ready', [1]]);
  });
});

describe('one board', () => {
  it('its list is asked for once, also where the page begins with it', async () => {
    const { browser, server, clock } = site();
    await followed(browser);
    server.asked.length = 0;
    const client = browser.open();
    await client.openBoards();
    const board = client.boards.value?.open(1);
    clock.advance(0);
    await settle();
    await browser.quiet();
    expect(board?.status.value).toBe('ready');
    expect(server.asked.filter(({ op }) => op === 'thread.list').length).toBe(1);
  });

  it('that the one before asked for is asked for once more when somebody else reads', async () => {
    const { browser, server, clock } = site(member);
    const { board } = await followed(browser);
    browser.wire?.cut();
    board.retry();
    const [late] = browser.held.splice(0);
    browser.cookie.person = admin;
    clock.advance(60_000);
    await browser.quiet();
    server.asked.length = 0;
    late?.perform();
    await browser.quiet();
    expect(server.asked.filter(({ op }) => op === 'thread.list').length).toBe(2);
  });

  it('that was being read does not become shorter when its channel is taken anew', async () => {
    const { browser, server, clock } = site();
    const { board } = await followed(browser);
    const loading = board.loadMore();
    await browser.quiet();
    await loading;
    const lengths: number[] = [];
    const stop = board.threads.subscribe((threads) => void lengths.push(threads.length));
    browser.wire?.cut();
    server.prefersSnapshot = () => true;
    clock.advance(60_000);
    server.asked.length = 0;
    await browser.quiet();
    stop();
    expect(server.asked.filter(({ op }) => op === 'thread.list').length).toBe(2);
    expect([Math.min(...lengths), ids(board), board.hasMore.value]).toEqual([5, [5, 4, 3, 2, 1], false]);
  });

  it('its list is asked for once, after its channel, and pages follow by their place', async () => {
    const { browser, server } = site();
    const { board } = await followed(browser);
    expect([board.status.value, board.head.value?.name.en, ids(board)]).toEqual(['ready', 'Board 1', [5, 4, 3]]);
    expect(server.asked.filter(({ op }) => op === 'thread.list').length).toBe(1);
    const loading = board.loadMore();
    expect(board.more.value).toBe('loading');
    await browser.quiet();
    await loading;
    expect([ids(board), board.hasMore.value, board.more.value]).toEqual([[5, 4, 3, 2, 1], false, 'idle']);
  });

  it('the channel is followed without its timeline, and none of it is kept on the disk', async () => {
    const { browser } = site();
    const { boards } = await opened(browser);
    boards.open(1);
    await settle();
    expect(browser.wire?.toServer.join('')).toContain('"channel":"board/1","page":"none"');
    await browser.quiet();
    expect(Array.from(browser.disk.channels.keys())).not.toContain('board/1');
  });

  it('what is written and what is removed while one reads shows at once', async () => {
    const { browser, server } = site();
    const { board } = await followed(browser);
    server.putThread(1, 2, { lastAt: 20, posts: 4 });
    await browser.quiet();
    expect(ids(board)).toEqual([2, 5, 4, 3]);
    server.removeThread(1, 4);
    await browser.quiet();
    expect(ids(board)).toEqual([2, 5, 3]);
  });

  it('a page that did not come can be asked for again', async () => {
    const { browser } = site();
    const { board } = await followed(browser);
    const loading = board.loadMore();
    await settle();
    browser.losePost();
    await loading;
    expect(board.more.value).toBe('failed');
    const again = board.loadMore();
    await browser.quiet();
    await again;
    expect([board.more.value, ids(board).length]).toEqual(['idle', 5]);
  });

  it('where no socket opens the list comes all the same', async () => {
    const { browser, clock } = site();
    const client = browser.open();
    await client.openBoards();
    await settle();
    const board = client.boards.value?.open(1);
    clock.advance(waitForChannelMs);
    await settle();
    browser.answerPost();
    await settle();
    expect([board?.status.value, board?.threads.value.length]).toEqual(['ready', 3]);
  });

  it('a public one is there offline at the next visit; of a members’ one nothing is kept', async () => {
    const { browser, server, clock } = site();
    server.putThread(2, 9);
    const { boards } = await followed(browser);
    boards.open(2);
    await browser.quiet();
    const client = browser.open();
    await client.openBoards();
    const open = client.boards.value?.open(1);
    const members = client.boards.value?.open(2);
    clock.advance(waitForChannelMs);
    await settle();
    browser.losePost();
    browser.losePost();
    await settle();
    expect([open?.status.value, open?.threads.value.map(({ id }) => id)]).toEqual(['ready', [5, 4, 3]]);
    expect([members?.status.value, members?.threads.value]).toEqual(['failed', []]);
    expect(JSON.stringify(Array.from(browser.disk.notes))).not.toContain('Thread 9');
  });

  it('one that is not there or not for this reader is gone', async () => {
    const { browser } = site(0);
    const { board, boards } = await followed(browser, 2);
    const missing = boards.open(77);
    await browser.quiet();
    expect([board.status.value, missing.status.value]).toEqual(['gone', 'gone']);
  });

  it('two screens share it: the one that leaves takes nothing from the other', async () => {
    const { browser, server } = site();
    const { board, boards } = await followed(browser);
    const form = boards.open(1);
    board.leave();
    board.leave();
    server.putThread(1, 6, { lastAt: 60 });
    await browser.quiet();
    expect(ids(form)[0]).toBe(6);
    form.leave();
    await browser.quiet();
    expect(server.sessions.values().next().value?.handed.has('board/1')).toBe(false);
  });
});

describe('a thread being written', () => {
  const draft = { title: 'Snow boots', text: 'Where can we find some?', kind: 'question' } as const;

  it('survives a reload, and is gone from the device once the server has it', async () => {
    const { browser, clock } = site();
    const first = await followed(browser);
    first.board.saveDraft({ ...draft, text: 'W' });
    first.board.saveDraft(draft);
    clock.advance(writeEveryMs);
    const { board } = await followed(browser);
    expect(board.draft.value).toEqual(draft);
    const sending = board.begin('en');
    await browser.quiet();
    expect(await sending).toMatchObject({ ok: { thread: expect.any(Number) as number } });
    expect(board.draft.value.text).toBe('');
    expect(Array.from(browser.disk.notes.keys())).not.toContain('new-thread/1');
    expect((await followed(browser)).board.draft.value.text).toBe('');
  });

  it('is kept when it was not sent; sent again after a lost answer it is one thread', async () => {
    const { browser, server } = site();
    const { board } = await followed(browser);
    board.saveDraft(draft);
    const sending = board.begin('en');
    await settle();
    browser.losePostAnswer();
    expect(await sending).toEqual({ problem: { code: 'offline' } });
    expect(board.draft.value).toEqual({ ...draft, lang: 'en' });
    const again = board.begin('en');
    await browser.quiet();
    expect(await again).toMatchObject({ ok: {} });
    const keys = server.asked.filter(({ op }) => op === 'thread.start').map(({ key }) => key);
    expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
    expect(ids(board).filter((id) => id >= 500).length).toBe(1);
  });

  it('is kept when the server refuses it, with the field at fault', async () => {
    const { browser } = site();
    const { board } = await followed(browser);
    board.saveDraft({ ...draft, text: ' ' });
    const sending = board.begin('en');
    await browser.quiet();
    expect(await sending).toEqual({ problem: { code: 'empty', field: 'text' } });
    expect(board.draft.value.title).toBe('Snow boots');
  });

  it('what is typed on while it is on its way is not lost', async () => {
    const { browser } = site();
    const { board } = await followed(browser);
    board.saveDraft(draft);
    const sending = board.begin('en');
    board.saveDraft({ ...draft, text: 'And one more thing' });
    await browser.quiet();
    await sending;
    expect(board.draft.value.text).toBe('And one more thing');
  });
});

describe('questions that go on', () => {
  it('are carried over as far as one act goes, then the rest', async () => {
    const { browser, server } = site();
    server.openQuestions.set(7, 3);
    const { boards } = await opened(browser);
    const first = boards.carry(7, 1);
    await browser.quiet();
    expect(await first).toEqual({ ok: { threads: 2, left: 1 } });
    const second = boards.carry(7, 1);
    await browser.quiet();
    expect(await second).toEqual({ ok: { threads: 1, left: 0 } });
  });

  it('a lost answer carries nothing twice', async () => {
    const { browser, server } = site();
    server.openQuestions.set(7, 3);
    const { boards } = await opened(browser);
    const first = boards.carry(7, 1);
    await settle();
    browser.losePostAnswer();
    expect(await first).toEqual({ problem: { code: 'offline' } });
    const again = boards.carry(7, 1);
    await browser.quiet();
    expect(await again).toEqual({ ok: { threads: 2, left: 1 } });
    expect(server.openQuestions.get(7)).toBe(1);
  });
});
