// A thread from a browser to the fake server and back, over wires that the test holds.

import { signal } from '@preact/signals';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Client, Thread } from '../src/store/api';
import { ThreadState } from '../src/store/thread-state';
import type { Browser } from './fake/browser';
import { Clock, settle } from './fake/clock';
import { writeEveryMs } from '../src/actions/notes';
import { author, Boards, guest, member, moderator, thread } from './fake/boards';
import { beginThread } from './fake/threads';

// Loaded once, so that opening a thread and its appeals waits for nothing but promises.
beforeAll(() => Promise.all([import('../src/actions/appeals'), import('../src/actions/thread')]));

async function opened(browser: Browser, person: number): Promise<{ client: Client; page: Thread }> {
  browser.cookie.person = person;
  const client = browser.open();
  await client.bringThreads();
  const page = client.openThread(thread);
  await browser.quiet();
  return { client, page };
}

const texts = (page: Thread): string[] => page.log.items.map(({ text }) => text);

describe('writing in a thread', () => {
  it('a post is there at once, and then is the one that everybody reads', async () => {
    const hall = new Boards();
    const { page } = await opened(hall.browser, member);
    page.post('On King Street', { lang: 'en' });
    expect(page.log.items[1]).toMatchObject({ text: 'On King Street', mine: true, intent: { what: 'post', state: 'sending' } });
    const key = page.log.items[1]?.key;
    await hall.browser.quiet();
    expect(page.log.items[1]).toMatchObject({ key, pos: 2, mine: true, author: { id: member } });
    expect(page.log.items[1]?.intent).toBeUndefined();
    expect(page.record.value).toMatchObject({ posts: 2, lastBy: { id: member } });
  });

  it('what was written offline is kept through a reload and sent on return, in the lane of the thread', async () => {
    const hall = new Boards();
    const first = await opened(hall.browser, member);
    hall.browser.wire?.cut();
    first.page.post('one');
    first.page.post('two');
    await settle();
    expect(Array.from(hall.browser.disk.intents.values(), ({ op, lane }) => `${op} ${lane}`)).toEqual(Array(2).fill('post.write thread/1'));
    const client = hall.browser.open();
    await client.bringThreads();
    const room = client.openRoom(1);
    const page = client.openThread(thread);
    await settle();
    expect(texts(page)).toEqual(['Where is the clinic?', 'one', 'two']);
    expect(page.log.items[1]?.intent?.state).toBe('waiting');
    expect(room.log.items).toEqual([]);
    await hall.browser.quiet();
    expect(texts(page)).toEqual(['Where is the clinic?', 'one', 'two']);
    expect(Array.from(hall.server.database.posts.values(), ({ text }) => text)).toEqual(['Where is the clinic?', 'one', 'two']);
    expect([client.unsent.value, hall.browser.disk.intents.size]).toEqual([0, 0]);
  });

  it('P31 what had arrived although its reply was lost is not written twice', async () => {
    const hall = new Boards();
    const { page } = await opened(hall.browser, member);
    page.post('once');
    await settle();
    hall.browser.wire?.deliverUp();
    hall.browser.wire?.cut();
    hall.clock.advance(1_000);
    await hall.browser.quiet();
    expect(texts(page)).toEqual(['Where is the clinic?', 'once']);
    expect(hall.server.database.posts.size).toBe(2);
  });

  it('one’s own post is changed, reacted to and taken back', async () => {
    const hall = new Boards();
    const { page } = await opened(hall.browser, member);
    page.post('On Kng Street');
    await hall.browser.quiet();
    const id = page.log.items[1]?.id ?? 0;
    page.edit(id, 'On King Street');
    expect(texts(page)[1]).toBe('On King Street');
    page.react(id, '👍', true);
    expect(page.log.items[1]?.reactions).toEqual([{ emoji: '👍', count: 1, mine: true }]);
    await hall.browser.quiet();
    expect(page.log.items[1]).toMatchObject({ text: 'On King Street', reactions: [{ emoji: '👍', count: 1, mine: true }] });
    expect(page.log.items[1]?.editedAt).toBeDefined();
    expect(page.log.items[1]?.intent).toBeUndefined();
    page.remove(id);
    expect(page.log.items[1]?.removed).toEqual({ by: 'author' });
    await hall.browser.quiet();
    expect(page.log.items[1]).toMatchObject({ removed: { by: 'author' }, text: '' });
  });

  it('P21 a snapshot replaces what was there', async () => {
    const hall = new Boards();
    hall.writes('before');
    const { page } = await opened(hall.browser, member);
    const copy = hall.server.database.copy();
    hall.writes('lost with the file');
    await hall.browser.quiet();
    expect(texts(page)).toContain('lost with the file');
    hall.server.restart(copy);
    hall.browser.wire?.cut();
    hall.clock.advance(1_000);
    await hall.browser.quiet();
    expect(texts(page)).toEqual(['Where is the clinic?', 'before']);
  });

  it('drafts and read marks are the thread’s own, not those of the webinar with its number', async () => {
    const hall = new Boards();
    const { client, page } = await opened(hall.browser, member);
    page.saveDraft({ text: 'half a post' });
    const room = client.openRoom(1);
    await hall.browser.quiet();
    expect(room.draft.value.text).toBe('');
    const again = await opened(hall.browser, member);
    expect(again.page.draft.value.text).toBe('half a post');
  });
});

describe('who may do what', () => {
  it('members write and react; a guest of a webinar reads and may change what is theirs', async () => {
    const hall = new Boards({ author: guest });
    const mine = await opened(hall.browser, guest);
    expect([mine.page.status.value, mine.page.mayPost.value, mine.page.mayEdit.value]).toEqual(['ready', false, true]);
    mine.page.edit(hall.question, 'Where is the walk-in clinic?');
    await hall.browser.quiet();
    expect(texts(mine.page)).toEqual(['Where is the walk-in clinic?']);
    expect(mine.client.unsent.value).toBe(0);
    const nobody = await opened(hall.newBrowser('Nobody'), 0);
    expect([nobody.page.mayPost.value, nobody.page.mayEdit.value, nobody.page.moderates.value]).toEqual([false, false, false]);
  });

  it('P4 a members’ thread is gone for who has no account, and there after signing in', async () => {
    const hall = new Boards({ board: 2 });
    const { page } = await opened(hall.browser, 0);
    expect(page.status.value).toBe('gone');
    hall.browser.cookie.person = member;
    hall.browser.wire?.cut();
    hall.clock.advance(1_000);
    await hall.browser.quiet();
    expect([page.status.value, page.board.value?.visibility]).toEqual(['ready', 'members']);
  });

  it('P27 when somebody else reads, nothing of the one before is left on the disk or in the page', async () => {
    const hall = new Boards({ board: 2 });
    await opened(hall.browser, member);
    expect(hall.browser.disk.channels.has('thread/1/person/3')).toBe(true);
    await opened(hall.browser, 0);
    expect(Array.from(hall.browser.disk.channels.keys())).toEqual([]);
  });

  it('who reads it is known from its board, which is not followed for that', async () => {
    const hall = new Boards();
    const { page } = await opened(hall.browser, 0);
    expect(page.board.value).toMatchObject({ id: 1, visibility: 'public' });
    expect(Array.from(hall.browser.wire?.session?.handed.keys() ?? [])).toEqual(['thread/1']);
  });
});

describe('the record of a thread', () => {
  it('is unknown again when it is gone', () => {
    const state = new ThreadState(1, 'thread/1', signal(undefined), new Clock());
    const record = { type: 'thread' as const, id: 1, rev: 1, board: 1, state: 'removed' as const, by: 'author' as const };
    const nothing = { reset: false, put: [], gone: [], cursor: undefined, ranges: [], newestPos: 0 };
    state.channelSink.changed({ ...nothing, put: [record] });
    expect(state.record.value).toEqual(record);
    state.channelSink.changed({ ...nothing, gone: [record] });
    expect(state.record.value).toBeUndefined();
  });
});

describe('who reads it', () => {
  const asks = (browser: Browser): number => browser.held.filter(({ op }) => op === 'subscribe').length;

  it('is asked once at a time, whatever is posted meanwhile, and after a refusal when the line comes back', async () => {
    const hall = new Boards();
    hall.browser.cookie.person = member;
    const client = hall.browser.open();
    await client.bringThreads();
    const page = client.openThread(thread);
    await settle();
    hall.browser.openWire();
    const deliver = async (): Promise<void> => {
      const { wire } = hall.browser;
      for (const channel of Array.from(wire?.session?.handed.keys() ?? [])) wire?.session?.flush(channel);
      while (wire && wire.toServer.length > 0) wire.deliverUp();
      while (wire && wire.toClient.length > 0) wire.deliverDown();
      await settle();
    };
    for (let turn = 0; turn < 4; ++turn) await deliver();
    hall.writes('one');
    await deliver();
    expect([page.record.value, asks(hall.browser)]).toMatchObject([{ posts: 2 }, 1]);
    hall.browser.losePost();
    await settle();
    hall.writes('two');
    await deliver();
    expect([page.record.value, asks(hall.browser), page.board.value]).toMatchObject([{ posts: 3 }, 0, undefined]);
    hall.browser.wire?.cut();
    hall.clock.advance(1_000);
    await hall.browser.quiet();
    expect(page.board.value).toMatchObject({ id: 1, visibility: 'public' });
  });

  it('is known offline where one has been before', async () => {
    const hall = new Boards({ board: 2 });
    await opened(hall.browser, member);
    hall.clock.advance(writeEveryMs);
    await settle();
    const client = hall.browser.open();
    await client.bringThreads();
    const page = client.openThread(thread);
    await settle();
    expect(page.board.value).toEqual({ id: 2, name: { en: 'Text', fr: 'Texte' }, visibility: 'members' });
  });
});

describe('what one wrote and the server has not taken', () => {
  it('is all there, whichever stretch is shown, and nothing that was taken', async () => {
    const hall = new Boards();
    for (let i = 1; i <= 60; ++i) hall.writes(`${i}`);
    const { page } = await opened(hall.browser, member);
    const loaded = page.log.showAround(1);
    await hall.browser.quiet();
    await loaded;
    page.log.showNewest();
    const own = page.log.items[page.log.items.length - 1]?.id ?? 0;
    page.post('taken');
    await hall.browser.quiet();
    hall.browser.wire?.cut();
    page.edit(own, 'changed');
    page.post('mine', { lang: 'en' });
    hall.clock.advance(1_000);
    hall.server.isBusy = () => true;
    await hall.browser.quiet();
    await page.log.showAround(1);
    expect([page.log.hasNewer.value, texts(page).includes('mine')]).toEqual([true, false]);
    expect(page.log.unsent.map(({ text }) => text)).toEqual(['changed', 'mine']);
    expect(page.log.unsent[1]).toMatchObject({ lang: 'en' });
  });
});

describe('reading a thread', () => {
  it('all of it is new at the first visit; later what came since', async () => {
    const hall = new Boards();
    hall.writes('one');
    const { page } = await opened(hall.browser, author);
    // Their own question is not new to them.
    expect([page.log.isReadKnown.value, page.log.unreadLinePos.value, page.log.unreadCount.value]).toEqual([true, 1, 1]);
    page.log.markRead(2);
    hall.browser.end();
    hall.writes('two');
    const again = await opened(hall.browser, author);
    expect([again.page.log.unreadLinePos.value, again.page.log.unreadCount.value]).toEqual([3, 1]);
  });

  it('P24 older posts come when they are asked for', async () => {
    const hall = new Boards();
    for (let i = 1; i <= 30; ++i) hall.writes(`${i}`);
    const { page } = await opened(hall.browser, member);
    expect(page.log.hasOlder.value).toBe(true);
    const shown = page.log.showAround(1);
    await hall.browser.quiet();
    expect(await shown).toBeUndefined();
    expect(texts(page)[0]).toBe('Where is the clinic?');
  });
});

describe('the answer of a question', () => {
  it('is accepted by who asked, and taken back', async () => {
    const hall = new Boards();
    const post = hall.writes('On King Street');
    const { page } = await opened(hall.browser, author);
    expect(page.mayAccept.value).toBe(true);
    const accepting = page.accept(post);
    await hall.browser.quiet();
    expect(await accepting).toEqual({ ok: true });
    expect(page.record.value).toMatchObject({ answer: { post, pos: 2 } });
    const taking = page.accept(undefined);
    await hall.browser.quiet();
    expect(await taking).toEqual({ ok: true });
    expect(page.record.value).not.toHaveProperty('answer');
  });

  it('is for its author and for moderators, and only in a question', async () => {
    const question = new Boards();
    expect((await opened(question.browser, member)).page.mayAccept.value).toBe(false);
    expect((await opened(question.newBrowser('M'), moderator)).page.mayAccept.value).toBe(true);
    const discussion = new Boards({ kind: 'discussion' });
    expect((await opened(discussion.browser, author)).page.mayAccept.value).toBe(false);
  });

  it('that was refused says why', async () => {
    const hall = new Boards();
    const post = hall.writes('On King Street');
    const { page } = await opened(hall.browser, member);
    const accepting = page.accept(post);
    await hall.browser.quiet();
    expect(await accepting).toEqual({ problem: { code: 'forbidden' } });
  });
});

describe('moderation', () => {
  async function removed(): Promise<{ hall: Boards; page: Thread; client: Client; post: number }> {
    const hall = new Boards();
    const { client, page } = await opened(hall.browser, member);
    page.post('Call Mrs. K. at 555-0137');
    await hall.browser.quiet();
    const post = page.log.items[1]?.id ?? 0;
    hall.server.perform({ person: moderator }, 'post.remove', { post, reason: 'Private' }, 'k');
    await hall.browser.quiet();
    return { hall, page, client, post };
  }

  it('P43 a text that was removed comes back to its author with the reason, until dismissed', async () => {
    const { hall, page, post } = await removed();
    expect(page.log.items[1]?.removed).toEqual({ by: 'moderator' });
    expect(page.returned.value).toMatchObject([{ id: post, text: 'Call Mrs. K. at 555-0137', reason: 'Private', by: 'moderator' }]);
    page.dismissReturned(post);
    expect(page.returned.value).toEqual([]);
    const again = await opened(hall.browser, member);
    expect(again.page.returned.value).toEqual([]);
  });

  it('P60 its author appeals, and a moderator finds the appeal among those of the board', async () => {
    const { hall, page, post } = await removed();
    await page.openAppeals();
    hall.browser.wire?.cut();
    page.appeals.value?.make({ target: 'post', id: post }, 'It is my own number');
    await settle();
    expect(Array.from(hall.browser.disk.intents.values())).toMatchObject([{ op: 'appeal.make', lane: 'thread/1', args: { post, text: 'It is my own number' } }]);
    expect(page.appeals.value?.asked({ target: 'post', id: post })?.text).toBe('It is my own number');
    hall.clock.advance(1_000);
    await hall.browser.quiet();
    expect(page.returned.value).toMatchObject([{ id: post, appeal: { state: 'open' } }]);
    expect(page.appeals.value?.desk.value).toBe('closed');

    const other = hall.newBrowser('Moderator');
    const desk = await opened(other, moderator);
    await desk.page.openAppeals();
    await other.quiet();
    expect(desk.page.appeals.value?.desk.value).toBe('ready');
    expect(desk.page.appeals.value?.open.value).toMatchObject([{ target: 'post', of: post, decidedByMe: true, isForOthers: true }]);
  });

  it('two threads of one board share its channel of moderation, and the last to leave ends it', async () => {
    const hall = new Boards();
    hall.server.transact((tx) => beginThread(tx, 8, { board: 1, title: 'Other', lang: 'en', kind: 'discussion', at: 0, author }, 'Hello'));
    const { client, page } = await opened(hall.browser, moderator);
    await page.openAppeals();
    const other = client.openThread(8);
    await other.openAppeals();
    await hall.browser.quiet();
    page.leave();
    await hall.browser.quiet();
    const followed = (): string[] => Array.from(hall.browser.wire?.session?.handed.keys() ?? []);
    expect(followed()).toContain('board/1/moderation');
    expect(followed()).not.toContain('thread/1');
    other.leave();
    await hall.browser.quiet();
    expect(followed()).toEqual(['person/4']);
  });

  it('a title whose author has removed the text is taken by a moderator with a reason', async () => {
    const hall = new Boards();
    hall.writes('On King Street');
    hall.server.perform({ person: author }, 'post.remove', { post: hall.question }, 'k');
    const { page } = await opened(hall.browser, moderator);
    expect(page.record.value).toMatchObject({ title: 'Where?' });
    const removing = page.removeThread(hall.question, 'It names a client.');
    await hall.browser.quiet();
    expect(await removing).toEqual({ ok: true });
    expect(page.record.value).toMatchObject({ state: 'removed', by: 'moderator' });
    const again = page.removeThread(hall.question, 'It names a client.');
    await hall.browser.quiet();
    expect(await again).toEqual({ problem: { code: 'already_removed' } });
  });

  it('a thread that went with its first post says who took it, and nobody writes in it', async () => {
    const hall = new Boards();
    const { page } = await opened(hall.browser, author);
    hall.server.perform({ person: moderator }, 'post.remove', { post: hall.question, reason: 'Twice' }, 'k');
    await hall.browser.quiet();
    expect(page.record.value).toMatchObject({ state: 'removed', by: 'moderator', board: 1 });
    expect([page.mayPost.value, page.mayEdit.value, page.mayAccept.value]).toEqual([false, false, false]);
    expect(page.returned.value).toMatchObject([{ id: hall.question, text: 'Where is the clinic?' }]);
  });
});
