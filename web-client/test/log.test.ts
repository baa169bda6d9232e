import { describe, expect, it } from 'vitest';
import type { MessageRecord, TallyRecord } from '../src/protocol/generated';
import type { Item } from '../src/store/api';
import { ConversationLog } from '../src/store/log';
import type { Change, LiveRecord } from '../src/sync/channel';
import type { IntentAbout } from '../src/sync/intent';

type Intent = IntentAbout<'message'>;
import { Clock } from './fake/clock';

const me = { id: 7, name: 'Me' };

function message(id: number, more: Partial<MessageRecord> = {}): MessageRecord {
  const author = { id: 1, name: 'A' };
  return { type: 'message', id, rev: id, pos: id, author, text: `text ${id}`, body: [], lang: 'en', at: 1, ...more };
}

function tally(of: number, rev: number, reactions: Record<string, number>): TallyRecord {
  return { type: 'tally', id: of, rev, pos: of, of, reactions };
}

function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function change(put: LiveRecord[], from: number, newestPos: number, more: Partial<Change> = {}): Change {
  const cursor = { epoch: 'run-1', c: 1, rev: 1 };
  return { reset: false, put, gone: [], cursor, ranges: [{ from, to: newestPos }], newestPos, ...more };
}

function logWith(from: number, to: number, clock = new Clock()): ConversationLog {
  const log = new ConversationLog(clock);
  log.applyViewer(me, { person: me.id, removesAs: 'host' });
  log.applyTimeline(change(numbers(from, to).map((n) => message(n)), from, to, { reset: true }));
  return log;
}

function post(key: string, text: string, more: object = {}): Intent {
  const shared = { key, lane: 'webinar/1', person: me.id, at: 5, page: 'p' };
  return { ...shared, op: 'message.post', args: { webinar: 1, text }, ...more } as Intent;
}

function wish(key: string, op: Intent['op'], args: object, more: object = {}): Intent {
  return { key, op, args, lane: 'webinar/1', person: me.id, at: 5, page: 'p', ...more } as Intent;
}

function shownKeys(log: ConversationLog): string[] {
  return log.items.map(({ key }) => key);
}

function reactions(log: ConversationLog, id: number): string[] {
  return (log.find(id)?.reactions ?? []).map(({ emoji, count, mine }) => `${emoji}${count}${mine ? ' mine' : ''}`);
}

describe('the stretch shown', () => {
  it('a push of one message in ten thousand changes one item and leaves the others as they are', () => {
    const log = logWith(1, 10_000);
    const before = log.items.slice();
    const version = log.version.value;
    log.applyTimeline(change([message(5_000, { rev: 10_001, text: 'edited' })], 1, 10_000));
    log.applyTimeline(change([message(10_001)], 1, 10_001));
    const changed = before.filter((item, index) => log.items[index] !== item).map(({ id }) => id);
    expect(changed).toEqual([5_000]);
    expect(log.items.length).toBe(10_001);
    expect(log.version.value).toBe(version + 2);
  });

  it('an older page stands before, and nothing else is made anew', () => {
    const log = logWith(101, 10_000);
    const before = log.items.slice();
    log.applyTimeline(change(numbers(1, 100).map((n) => message(n)), 1, 10_000));
    expect(log.items.slice(100).every((item, index) => item === before[index])).toBe(true);
    expect(log.items.map(({ pos }) => pos)).toEqual(numbers(1, 10_000));
    expect(log.hasOlder.value).toBe(false);
  });

  it('finds items by key and by place', () => {
    const log = logWith(11, 500);
    log.applyWish(post('pending', 'mine'), 'sending');
    expect(log.indexOfKey('m200')).toBe(189);
    expect(log.indexOfKey('pending')).toBe(490);
    expect(log.indexOfKey('m9')).toBe(-1);
    expect(log.indexOfPos(200)).toBe(189);
    expect(log.indexOfPos(501)).toBe(490);
  });

  it('another stretch is shown apart, grows into the newest, and hides what is pending meanwhile', () => {
    const log = logWith(50, 60);
    const apart = [{ from: 10, to: 12 }, { from: 50, to: 60 }];
    log.applyTimeline(change(numbers(10, 12).map((n) => message(n)), 50, 60, { ranges: apart }));
    log.applyWish(post('pending', 'mine'), 'sending');
    log.look(11);
    expect(shownKeys(log)).toEqual(['m10', 'm11', 'm12']);
    expect(log.hasNewer.value).toBe(true);
    log.applyTimeline(change(numbers(13, 49).map((n) => message(n)), 10, 60));
    expect(log.items.length).toBe(52);
    expect(log.hasNewer.value).toBe(false);
    expect(shownKeys(log)[51]).toBe('pending');
  });

  it('P13 a removed message keeps its place and says nothing of its author or text', () => {
    const log = logWith(1, 3);
    log.applyTimeline(change([{ type: 'message', id: 2, rev: 9, pos: 2, state: 'removed', by: 'host' }], 1, 3));
    const item = log.items[1];
    expect(item).toMatchObject({ id: 2, pos: 2, removed: { by: 'host' }, text: '', reactions: [] });
    expect(item?.author).toBeUndefined();
  });

  it('P13 a tombstone takes its item away', () => {
    const log = logWith(1, 3);
    log.applyTimeline(change([], 1, 3, { gone: [message(2)] }));
    expect(shownKeys(log)).toEqual(['m1', 'm3']);
  });
});

describe('P32 the pending bubble', () => {
  function arrive(log: ConversationLog, id: number, text: string): void {
    log.applyTimeline(change([message(id, { author: me, text })], 1, id));
  }

  it('P32 is replaced by its message under the same key', () => {
    const log = logWith(1, 3);
    log.applyWish(post('k', 'Bonjour'), 'sending');
    expect(log.items[3]).toMatchObject({ key: 'k', mine: true, text: 'Bonjour', intent: { state: 'sending' } });
    const reply = { message: 4, channel: 'webinar/1', rev: 9, epoch: 'run-1' };
    log.applyWish(post('k', 'Bonjour', { reply }), 'sent');
    expect(shownKeys(log)).toEqual(['m1', 'm2', 'm3', 'k']);
    arrive(log, 4, 'Bonjour');
    log.applyWish(post('k', 'Bonjour', { reply }), undefined);
    expect(log.items[3]).toMatchObject({ key: 'k', id: 4, pos: 4 });
    expect(log.items[3]?.intent).toBeUndefined();
    expect(log.items.length).toBe(4);
  });

  it('P32 is not doubled when its message comes before the acknowledgement', () => {
    const log = logWith(1, 3);
    log.applyWish(post('k', 'e\u0301te\u0301', { seen: 3 }), 'sending');
    arrive(log, 4, '\u00e9t\u00e9');
    expect(shownKeys(log)).toEqual(['m1', 'm2', 'm3', 'k']);
  });

  it('P32 an earlier message with the same words is not taken for it', () => {
    const log = logWith(1, 3);
    arrive(log, 4, 'Yes');
    log.applyWish(post('k', 'Yes', { seen: 4 }), 'sending');
    expect(shownKeys(log)).toEqual(['m1', 'm2', 'm3', 'm4', 'k']);
  });

  it('P32 somebody else’s message with the same words is not taken for it', () => {
    const log = logWith(1, 3);
    log.applyWish(post('k', 'Yes', { seen: 3 }), 'sending');
    log.applyTimeline(change([message(4, { text: 'Yes' })], 1, 4));
    expect(shownKeys(log)).toEqual(['m1', 'm2', 'm3', 'm4', 'k']);
  });

  it('P32 a wrong guess is put right by the reply', () => {
    const log = logWith(1, 3);
    log.applyWish(post('k', 'Yes', { seen: 3 }), 'sending');
    arrive(log, 4, 'Yes');
    const reply = { message: 5, channel: 'webinar/1', rev: 9, epoch: 'run-1' };
    log.applyWish(post('k', 'Yes', { seen: 3, reply }), 'sent');
    expect(shownKeys(log)).toEqual(['m1', 'm2', 'm3', 'm4', 'k']);
    arrive(log, 5, 'Yes');
    expect(shownKeys(log)).toEqual(['m1', 'm2', 'm3', 'm4', 'k']);
  });

  it('P34 stands in the order it was made, whatever order a reload found it in', () => {
    const log = logWith(1, 1);
    log.applyWish(post('b', 'second'), 'waiting');
    log.applyWish(post('a', 'first'), 'waiting');
    expect(shownKeys(log)).toEqual(['m1', 'a', 'b']);
  });

  it('P34 says why it failed', () => {
    const log = logWith(1, 1);
    log.applyWish(post('k', 'x', { problem: { code: 'not_live' } }), 'failed');
    expect(log.items[1]?.intent).toEqual({ key: 'k', what: 'post', state: 'failed', problem: { code: 'not_live' } });
    log.applyWish(post('k', 'x'), 'aged');
    expect(log.items[1]?.intent).toMatchObject({ state: 'aged', problem: { code: 'aged' } });
  });
});

describe('what one wants of a message', () => {
  it('an edit shows at once as source, and the record’s tree again when it is given up', () => {
    const log = logWith(1, 2);
    log.applyWish(wish('k', 'message.edit', { message: 2, text: 'better' }), 'sending');
    expect(log.items[1]).toMatchObject({ key: 'm2', text: 'better', intent: { what: 'edit' } });
    expect(log.items[1]?.body).toBeUndefined();
    log.applyWish(wish('k', 'message.edit', { message: 2, text: 'better' }), undefined);
    expect(log.items[1]).toMatchObject({ text: 'text 2', body: [] });
  });

  it('a failed edit leaves the message as it is and asks its author', () => {
    const log = logWith(1, 2);
    log.applyWish(wish('k', 'message.edit', { message: 2, text: 'better' }, { problem: { code: 'forbidden' } }), 'failed');
    expect(log.items[1]).toMatchObject({ text: 'text 2', intent: { what: 'edit', state: 'failed' } });
  });

  it('a removal shows at once, by the author or by the host', () => {
    const log = logWith(1, 2);
    log.applyTimeline(change([message(3, { author: me })], 1, 3));
    log.applyWish(wish('a', 'message.remove', { message: 3 }), 'sending');
    log.applyWish(wish('b', 'message.remove', { message: 2, reason: 'spam' }), 'sending');
    expect(log.items[2]?.removed).toEqual({ by: 'author' });
    expect(log.items[1]?.removed).toEqual({ by: 'host' });
  });

  it('a failed intent is shown before one that is still on its way', () => {
    const log = logWith(1, 2);
    log.applyWish(wish('a', 'message.edit', { message: 2, text: 'x' }), 'sending');
    log.applyWish(wish('b', 'message.react', { message: 2, emoji: '👍', on: true }, { problem: { code: 'not_live' } }), 'failed');
    expect(log.items[1]?.intent?.key).toBe('b');
  });
});

describe('P45 reactions', () => {
  const up = { message: 2, emoji: '👍', on: true };
  const reply = { message: 2, channel: 'webinar/1/person/7', rev: 3, epoch: 'run-1' };

  function own(log: ConversationLog, emojis: string[]): void {
    log.applyOwn(change([{ type: 'reaction', id: 2, rev: 3, emojis }], 1, 0));
  }

  it('P45 count at once, stay through the acknowledgement, and are not counted twice by the tally', () => {
    const log = logWith(1, 2);
    log.applyTimeline(change([tally(2, 5, { '👍': 2 })], 1, 2));
    log.applyWish(wish('k', 'message.react', up), 'sending');
    expect(reactions(log, 2)).toEqual(['👍3 mine']);
    own(log, ['👍']);
    log.applyWish(wish('k', 'message.react', up, { reply }), undefined);
    expect(reactions(log, 2)).toEqual(['👍3 mine']);
    log.applyTimeline(change([tally(2, 6, { '👍': 3 })], 1, 2));
    expect(reactions(log, 2)).toEqual(['👍3 mine']);
  });

  it('P45 a tally that came before the acknowledgement counted it already', () => {
    const log = logWith(1, 2);
    log.applyTimeline(change([tally(2, 5, { '👍': 2 })], 1, 2));
    log.applyWish(wish('k', 'message.react', up), 'sending');
    log.applyTimeline(change([tally(2, 6, { '👍': 3 })], 1, 2));
    own(log, ['👍']);
    log.applyWish(wish('k', 'message.react', up, { reply }), undefined);
    expect(reactions(log, 2)).toEqual(['👍3 mine']);
  });

  it('P45 a tally that never comes is not waited for for ever', () => {
    const clock = new Clock();
    const log = logWith(1, 2, clock);
    log.applyWish(wish('k', 'message.react', up), 'sending');
    log.applyWish(wish('k', 'message.react', up, { reply }), undefined);
    expect(reactions(log, 2)).toEqual(['👍1']);
    clock.advance(5_000);
    expect(reactions(log, 2)).toEqual([]);
  });

  it('P45 taking one back shows at once', () => {
    const log = logWith(1, 2);
    log.applyTimeline(change([tally(2, 5, { '👍': 1, '❤️': 4 })], 1, 2));
    own(log, ['👍']);
    expect(reactions(log, 2)).toEqual(['❤️4', '👍1 mine']);
    log.applyWish(wish('k', 'message.react', { ...up, on: false }), 'sending');
    expect(reactions(log, 2)).toEqual(['❤️4']);
  });
});

describe('who reads', () => {
  it('joining makes one’s own messages one’s own, and only those are made anew', () => {
    const log = new ConversationLog(new Clock());
    log.applyTimeline(change([message(1), message(2, { author: me })], 1, 2, { reset: true }));
    const before = log.items.slice();
    expect(before.map((item: Item) => item.mine)).toEqual([false, false]);
    log.applyViewer(me, { person: me.id, removesAs: 'host' });
    expect(log.items.map(({ mine }) => mine)).toEqual([false, true]);
    expect(log.items[0]).toBe(before[0]);
  });
});
