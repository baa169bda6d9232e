// Messages and posts become one thing at the border of the store.

import { describe, expect, it } from 'vitest';
import type { PostRecord } from '../src/protocol/generated';
import { isAboutEntry, isEntry, wantOf, type EntryIntent } from '../src/store/entries';
import { ConversationLog } from '../src/store/log';
import type { Change, LiveRecord } from '../src/sync/channel';
import type { Intent } from '../src/sync/intent';
import { Clock } from './fake/clock';

const me = { id: 7, name: 'Me' };

function made(op: Intent['op'], args: object, more: object = {}): Intent {
  return { key: 'k', op, args, lane: 'x', person: me.id, at: 5, page: 'p', ...more } as Intent;
}

function intent(op: EntryIntent['op'], args: object, more: object = {}): EntryIntent {
  return made(op, args, more) as EntryIntent;
}

describe('an intent', () => {
  const pairs: [what: string, message: EntryIntent, post: EntryIntent][] = [
    ['post', intent('message.post', { webinar: 1, text: 'a', lang: 'fr', replyTo: 3 }), intent('post.write', { thread: 1, text: 'a', lang: 'fr', replyTo: 3 })],
    ['edit', intent('message.edit', { message: 4, text: 'b' }), intent('post.edit', { post: 4, text: 'b' })],
    ['remove', intent('message.remove', { message: 4, reason: 'c' }), intent('post.remove', { post: 4, reason: 'c' })],
    ['react', intent('message.react', { message: 4, emoji: '👍', on: true }), intent('post.react', { post: 4, emoji: '👍', on: true })],
  ];

  it.each(pairs)('to %s is the same of a message and of a post', (what, message, post) => {
    expect(wantOf(post)).toEqual(wantOf(message));
    expect(wantOf(post)).toMatchObject({ key: 'k', at: 5, what, isAcknowledged: false });
    expect([isAboutEntry(message), isAboutEntry(post)]).toEqual([true, true]);
  });

  it('says as which entry it was acknowledged, why it was given up, and what was seen', () => {
    const reply = { channel: 'x', rev: 2, epoch: 'run-1' };
    const more = { seen: 8, problem: { code: 'forbidden' } };
    const message = intent('message.post', { webinar: 1, text: 'a' }, { ...more, reply: { ...reply, message: 9 } });
    const post = intent('post.write', { thread: 1, text: 'a' }, { ...more, reply: { ...reply, post: 9 } });
    expect(wantOf(post)).toEqual(wantOf(message));
    expect(wantOf(post)).toMatchObject({ isAcknowledged: true, made: 9, seen: 8, problem: { code: 'forbidden' } });
  });

  it('about anything else is none of the log’s', () => {
    expect(isAboutEntry(made('question.ask', {}))).toBe(false);
    expect(isAboutEntry(made('appeal.make', { post: 1 }))).toBe(false);
  });
});

describe('posts in a log', () => {
  function post(id: number, more: Partial<PostRecord> = {}): PostRecord {
    const author = { id: 1, name: 'A' };
    return { type: 'post', id, rev: 1, pos: id, author, text: `text ${id}`, body: [], lang: 'en', at: 1, ...more };
  }

  function change(put: LiveRecord[], newestPos: number, more: Partial<Change> = {}): Change {
    const cursor = { epoch: 'run-1', c: 1, rev: 1 };
    return { reset: false, put, gone: [], cursor, ranges: [{ from: 1, to: newestPos }], newestPos, ...more };
  }

  function logOf(...posts: LiveRecord[]): ConversationLog {
    const log = new ConversationLog(new Clock());
    log.applyViewer(me, { person: me.id, removesAs: 'moderator' });
    log.applyTimeline(change(posts, posts.length, { reset: true }));
    return log;
  }

  it('stand as messages do, and what stays of a removed one says who took it', () => {
    const log = logOf(post(1), { type: 'post', id: 2, rev: 2, pos: 2, state: 'removed', by: 'moderator' });
    expect(log.items.map(({ text, removed }) => [text, removed?.by])).toEqual([['text 1', undefined], ['', 'moderator']]);
    expect(isEntry(post(1))).toBe(true);
  });

  it('whose author is not named are nobody’s, not even of who is nobody', () => {
    const { author: _, ...unnamed } = post(1);
    const log = logOf(unnamed);
    expect(log.items[0]).toMatchObject({ mine: false, text: 'text 1' });
    expect(log.items[0]?.author).toBeUndefined();
    log.applyViewer(undefined, { person: 0, removesAs: 'moderator' });
    expect(log.items[0]?.mine).toBe(false);
    log.applyWish(intent('post.remove', { post: 1 }), 'sending');
    expect(log.items[0]?.removed).toEqual({ by: 'moderator' });
  });

  it('take the place of the pending one, also before its acknowledgement', () => {
    const log = logOf(post(1));
    log.applyWish(intent('post.write', { thread: 1, text: 'mine' }, { seen: 1 }), 'sending');
    expect(log.items.map(({ key }) => key)).toEqual(['m1', 'k']);
    log.applyTimeline(change([post(2, { author: me, text: 'mine' })], 2));
    expect(log.items.map(({ key, id }) => [key, id])).toEqual([['m1', 1], ['k', 2]]);
  });

  it('show an edit, a removal and a reaction before the server has said so', () => {
    const log = logOf(post(1, { author: me }), post(2));
    log.applyWish(intent('post.edit', { post: 1, text: 'edited' }, { key: 'k1' }), 'waiting');
    log.applyWish(intent('post.react', { post: 2, emoji: '👍', on: true }, { key: 'k2' }), 'waiting');
    expect(log.find(1)).toMatchObject({ text: 'edited', intent: { what: 'edit', state: 'waiting' } });
    expect(log.find(2)?.reactions).toEqual([{ emoji: '👍', count: 1, mine: true }]);
    log.applyWish(intent('post.remove', { post: 1 }, { key: 'k3' }), 'waiting');
    expect(log.find(1)?.removed).toEqual({ by: 'author' });
  });
});
