import { describe, expect, it } from 'vitest';
import type { ErrorCode, MessageChanged } from '../src/protocol/generated';
import { agedAfterMs, type Intent } from '../src/sync/intent';
import { KeyMaker } from '../src/sync/key';
import { Outbox, type IntentAnswer, type SendState } from '../src/sync/outbox';
import { Clock, settle } from './fake/clock';
import { MemoryDisk } from './fake/memory-disk';

class Post {
  readonly clock = new Clock();
  readonly disk = new MemoryDisk();
  readonly sent: { intent: Intent; answer: (answer: IntentAnswer) => void }[] = [];
  readonly states = new Map<string, SendState | undefined>();
  readonly problems = new Map<string, string | undefined>();
  person: number | undefined = 7;
  isOnline = true;
  epoch = 'run-1';
  shown = new Map<string, number>();
  readonly outbox = new Outbox(this.disk, this.clock, {
    send: (intent, answer) => this.sent.push({ intent, answer }),
    sender: () => (this.isOnline ? this.person : undefined),
    isForeign: (intent) => intent.person !== this.person,
    shownRev: (channel) => this.shown.get(channel),
    epoch: () => this.epoch,
    changed: (intent, state) => {
      this.states.set(intent.key, state);
      this.problems.set(intent.key, intent.problem?.code);
    },
  });

  intent(key: string, more: Partial<Intent> = {}): Intent {
    const args = { webinar: 1, text: key };
    return { key, op: 'message.post', args, lane: 'webinar/1', person: 7, at: this.clock.now(), page: 'page', ...more } as Intent;
  }

  async add(...keys: string[]): Promise<void> {
    for (const key of keys) this.outbox.add(this.intent(key));
    await settle();
  }

  get keys(): string[] {
    return this.sent.map(({ intent }) => intent.key);
  }

  answer(index: number, answer: IntentAnswer): void {
    this.sent[index]?.answer(answer);
  }

  ok(index: number, rev = 5): void {
    const ok: MessageChanged = { message: 90 + index, channel: 'webinar/1', rev };
    this.answer(index, { ok });
  }

  refuse(index: number, code: ErrorCode, retryAfterMs?: number): void {
    this.answer(index, { error: retryAfterMs === undefined ? { code } : { code, retryAfterMs } });
  }

  close(code: number): void {
    this.isOnline = false;
    const last = this.sent[this.sent.length - 1];
    last?.answer({ closed: code });
    this.outbox.suspend();
  }

  reopen(): void {
    this.isOnline = true;
    this.outbox.resume();
  }
}

describe('P30 keys', () => {
  it('P30 are UUIDs of version 7 that sort as they were made', () => {
    let now = 1_790_000_000_000;
    const keys = new KeyMaker(() => now, (count) => new Uint8Array(count).fill(0xff));
    const made = [keys.make(), keys.make()];
    now -= 5_000;
    made.push(keys.make());
    now += 10_000;
    made.push(keys.make());
    for (const key of made) expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect([...made].sort()).toEqual(made);
    expect(parseInt((made[3] ?? '').replace(/-/g, '').slice(0, 12), 16)).toBe(now);
  });

  it('P30 stay the same through every attempt', async () => {
    const post = new Post();
    await post.add('a');
    post.close(1006);
    post.reopen();
    expect(post.keys).toEqual(['a', 'a']);
    expect(post.sent[1]?.intent.args).toEqual(post.sent[0]?.intent.args);
  });
});

describe('P34 the outbox', () => {
  it('P34 writes first and sends then', async () => {
    const post = new Post();
    post.disk.notes.set('draft/1', { text: 'a' });
    post.outbox.add(post.intent('a'), 'draft/1');
    expect(post.sent.length).toBe(0);
    expect(post.states.get('a')).toBe('sending');
    await settle();
    expect(post.keys).toEqual(['a']);
    expect(Array.from(post.disk.intents.keys())).toEqual(['a']);
    expect(post.disk.notes.has('draft/1')).toBe(false);
  });

  it('P34 sends one at a time and in order within a channel', async () => {
    const post = new Post();
    await post.add('a', 'b', 'c');
    expect(post.keys).toEqual(['a']);
    post.ok(0);
    post.ok(1);
    expect(post.keys).toEqual(['a', 'b', 'c']);
  });

  it('P34 one channel does not wait for another', async () => {
    const post = new Post();
    post.outbox.add(post.intent('a'));
    post.outbox.add(post.intent('b', { lane: 'webinar/2' }));
    await settle();
    expect(post.keys).toEqual(['a', 'b']);
  });

  it('P34 a retryable error stops the channel until the server says', async () => {
    const post = new Post();
    await post.add('a', 'b');
    post.refuse(0, 'rate_limited', 1_200);
    expect(post.states.get('a')).toBe('waiting');
    expect(post.states.get('b')).toBe('waiting');
    post.clock.advance(1_199);
    expect(post.keys).toEqual(['a']);
    post.clock.advance(1);
    expect(post.keys).toEqual(['a', 'a']);
    post.ok(1);
    expect(post.keys).toEqual(['a', 'a', 'b']);
  });

  it('P34 a retryable error stops the channel until the next connection', async () => {
    const post = new Post();
    await post.add('a');
    post.refuse(0, 'overloaded', 60_000);
    post.reopen();
    expect(post.keys).toEqual(['a', 'a']);
  });

  it('P34 every retryable code waits, every other is final', async () => {
    const retryable: ErrorCode[] = ['rate_limited', 'overloaded', 'storage_full', 'unavailable', 'stopping', 'too_many_requests', 'hello_required'];
    for (const code of [...retryable, 'forbidden', 'not_live', 'too_long', 'key_reused'] as ErrorCode[]) {
      const post = new Post();
      await post.add('a');
      post.refuse(0, code);
      expect(post.states.get('a'), code).toBe(retryable.includes(code) ? 'waiting' : 'failed');
    }
  });

  it('P34 a final error marks that intent and the next goes on', async () => {
    const post = new Post();
    await post.add('a', 'b');
    post.refuse(0, 'not_live');
    expect(post.states.get('a')).toBe('failed');
    expect(post.problems.get('a')).toBe('not_live');
    expect(post.keys).toEqual(['a', 'b']);
    expect(post.disk.intents.get('a')?.problem?.code).toBe('not_live');
  });

  it('P34 a failed intent is sent again under its key when its author says so', async () => {
    const post = new Post();
    await post.add('a');
    post.refuse(0, 'not_live');
    post.outbox.retry('a');
    expect(post.keys).toEqual(['a', 'a']);
    expect(post.states.get('a')).toBe('sending');
  });

  it('P34 what is over 60 days old is asked about before it is sent', async () => {
    const post = new Post();
    post.outbox.adopt([post.intent('a', { at: post.clock.now() - agedAfterMs - 1 }), post.intent('b')]);
    expect(post.keys).toEqual(['b']);
    expect(post.states.get('a')).toBe('aged');
    post.ok(0);
    post.outbox.retry('a');
    expect(post.keys).toEqual(['b', 'a']);
  });

  it('P34 what was in flight when the server closed over a broken frame twice is marked failed', async () => {
    for (const code of [1007, 1009, 4002]) {
      const post = new Post();
      await post.add('a', 'b');
      post.close(code);
      expect(post.states.get('a'), String(code)).toBe('waiting');
      post.reopen();
      post.close(code);
      expect(post.states.get('a'), String(code)).toBe('failed');
      expect(post.problems.get('a')).toBe('closed_connection');
      post.reopen();
      expect(post.keys).toEqual(['a', 'a', 'b']);
    }
  });

  it('P34 other ends of a connection are nobody’s fault', async () => {
    const post = new Post();
    await post.add('a');
    for (let i = 0; i < 5; ++i) {
      post.close(1006);
      post.reopen();
    }
    expect(post.states.get('a')).toBe('sending');
  });

  it('P34 the count of closures survives a reload', async () => {
    const post = new Post();
    await post.add('a');
    post.close(1009);
    const next = new Post();
    next.outbox.adopt(Array.from(post.disk.intents.values()));
    next.close(1009);
    expect(next.states.get('a')).toBe('failed');
  });

  it('P34 a discarded intent is gone, one on its way is not given up', async () => {
    const post = new Post();
    await post.add('a', 'b');
    expect(post.outbox.discard('a')).toBeUndefined();
    expect(post.outbox.discard('b')?.key).toBe('b');
    expect(post.states.get('b')).toBeUndefined();
    expect(Array.from(post.disk.intents.keys())).toEqual(['a']);
  });

  it('P34 a reaction to what is no longer there needs nobody’s decision', async () => {
    const post = new Post();
    post.outbox.add(post.intent('a', { op: 'message.react', args: { message: 1, emoji: '👍', on: true } }));
    await settle();
    post.refuse(0, 'already_removed');
    expect(post.states.get('a')).toBeUndefined();
    expect(post.disk.intents.size).toBe(0);
  });
});

describe('P32 acknowledged', () => {
  it('P32 stays until its channel is shown up to the reply’s rev', async () => {
    const post = new Post();
    await post.add('a');
    post.ok(0, 12);
    expect(post.states.get('a')).toBe('sent');
    post.outbox.reached('webinar/1', 11, true);
    expect(post.states.get('a')).toBe('sent');
    post.outbox.reached('webinar/1', 12, true);
    expect(post.states.get('a')).toBeUndefined();
    expect(post.disk.intents.size).toBe(0);
  });

  it('P32 is over at once where the push was first', async () => {
    const post = new Post();
    await post.add('a');
    post.shown.set('webinar/1', 12);
    post.ok(0, 12);
    expect(post.states.get('a')).toBeUndefined();
  });

  it('P32 is not sent again after a reload', async () => {
    const post = new Post();
    await post.add('a');
    post.ok(0, 12);
    const next = new Post();
    next.outbox.adopt(Array.from(post.disk.intents.values()));
    expect(next.sent).toEqual([]);
    expect(next.states.get('a')).toBe('sent');
  });

  it('P15 what an earlier run acknowledged above what this run has was lost with its file', async () => {
    const post = new Post();
    await post.add('a');
    post.ok(0, 12);
    post.epoch = 'run-2';
    post.outbox.reached('webinar/1', 8, false);
    expect(post.states.get('a')).toBe('sent');
    post.outbox.reached('webinar/1', 8, true);
    expect(post.states.get('a')).toBeUndefined();
  });
});

describe('who sends', () => {
  it('what was written while joining waits, and goes out as the guest one has become', async () => {
    const post = new Post();
    post.person = 0;
    post.isOnline = false;
    post.outbox.add(post.intent('a', { person: 0 }));
    await settle();
    expect(post.sent).toEqual([]);
    post.person = 7;
    post.isOnline = true;
    post.outbox.claim('webinar/1', 7);
    expect(post.sent[0]?.intent.person).toBe(7);
    expect(post.disk.intents.get('a')?.person).toBe(7);
  });

  it('what somebody else wrote is never sent as me by itself, and under a new key when I say so', async () => {
    const post = new Post();
    post.outbox.adopt([post.intent('a', { person: 6 })]);
    expect(post.sent).toEqual([]);
    expect(post.states.get('a')).toBe('failed');
    expect(post.problems.get('a')).toBe('other_person');
    post.outbox.retry('a', { key: 'new', person: 7 });
    await settle();
    expect(post.keys).toEqual(['new']);
    expect(post.sent[0]?.intent.person).toBe(7);
  });
});
