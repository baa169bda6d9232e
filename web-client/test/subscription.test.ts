import { describe, expect, it } from 'vitest';
import type { AnyRecord, AnySignal, HistoryArgs, Push, SubscribeArgs, SubscriptionAnswer } from '../src/protocol/generated';
import type { Change } from '../src/sync/channel';
import type { Answer } from '../src/sync/connection';
import { Subscription, type Line } from '../src/sync/subscription';
import { Clock, settle } from './fake/clock';
import { MemoryDisk } from './fake/memory-disk';

function message(id: number, rev: number, pos: number, text = ''): AnyRecord {
  return { type: 'message', id, rev, pos, author: { id: 1, name: 'A' }, text, body: [], lang: 'en', at: 0 };
}

class Follower {
  readonly clock = new Clock();
  readonly asked: { args: SubscribeArgs; answer: (answer: Answer<'subscribe'>) => void }[] = [];
  readonly histories: { args: HistoryArgs; answer: (answer: Answer<'history'>) => void }[] = [];
  readonly unsubscribed: string[] = [];
  readonly changes: Change[] = [];
  readonly signals: AnySignal[] = [];
  readonly statuses: string[] = [];
  private readonly line: Line = {
    subscribe: (args, answer) => this.asked.push({ args, answer }),
    unsubscribe: (channel) => this.unsubscribed.push(channel),
    history: (args, answer) => this.histories.push({ args, answer }),
    isOpen: () => true,
  };
  readonly subscription: Subscription;

  constructor(readonly disk = new MemoryDisk()) {
    this.subscription = new Subscription(
      'webinar/1',
      {
        changed: (change) => this.changes.push(change),
        signalled: (signal) => this.signals.push(signal),
        became: (status) => this.statuses.push(status),
      },
      this.line,
      disk,
      this.clock,
    );
  }

  static async live(disk?: MemoryDisk): Promise<Follower> {
    const follower = new Follower(disk);
    await follower.subscription.load();
    follower.subscription.ask();
    follower.answer(0, follower.snapshot(10, [message(1, 10, 1, 'one')]));
    await settle();
    return follower;
  }

  snapshot(rev: number, records: AnyRecord[]): SubscriptionAnswer {
    return { channel: 'webinar/1', epoch: 'run-1', c: rev, rev, mode: 'snapshot', records, signals: [], more: false };
  }

  answer(index: number, ok: SubscriptionAnswer): void {
    this.asked[index]?.answer({ ok });
  }

  push(from: number, rev: number, put: AnyRecord[]): void {
    const push: Push = { ch: 'webinar/1', from, rev, c: rev, put };
    this.subscription.received(push);
  }

  get lastChange(): Change | undefined {
    return this.changes[this.changes.length - 1];
  }
}

describe('P21 subscribing', () => {
  it('P21 asks without a cursor the first time, and since what the disk holds the next', async () => {
    const first = await Follower.live();
    expect(first.asked[0]?.args).toEqual({ channel: 'webinar/1', page: 'last' });
    const second = new Follower(first.disk);
    await second.subscription.load();
    second.subscription.ask();
    expect(second.asked[0]?.args).toEqual({ channel: 'webinar/1', page: 'last', epoch: 'run-1', c: 10, since: 10 });
  });

  it('P21 what the last visit left is shown before anything is asked', async () => {
    const first = await Follower.live();
    const second = new Follower(first.disk);
    await second.subscription.load();
    expect(second.lastChange?.put).toEqual([message(1, 10, 1, 'one')]);
    expect(second.statuses).toEqual([]);
  });

  it('P14 an answer’s signals are told', async () => {
    const follower = new Follower();
    await follower.subscription.load();
    follower.subscription.ask();
    follower.answer(0, { ...follower.snapshot(1, []), signals: [{ type: 'people', count: 4 }] });
    expect(follower.signals).toEqual([{ type: 'people', count: 4 }]);
  });

  it('P21 an answer to a question that was asked anew since is dropped', async () => {
    const follower = await Follower.live();
    follower.subscription.ask();
    follower.subscription.ask();
    follower.answer(2, follower.snapshot(30, [message(3, 30, 3)]));
    follower.answer(1, follower.snapshot(20, [message(2, 20, 2)]));
    await settle();
    expect(follower.lastChange?.cursor?.rev).toBe(30);
  });

  it('P21 an answer after the end of its connection is dropped', async () => {
    const follower = await Follower.live();
    follower.subscription.ask();
    follower.subscription.lost();
    follower.answer(1, follower.snapshot(20, []));
    await settle();
    expect(follower.lastChange?.cursor?.rev).toBe(10);
  });
});

describe('P22 gaps', () => {
  it('P22 a push from above mine makes it ask again since mine, once', async () => {
    const follower = await Follower.live();
    follower.push(12, 13, [message(9, 13, 9)]);
    follower.push(13, 14, [message(10, 14, 10)]);
    expect(follower.asked.length).toBe(2);
    expect(follower.asked[1]?.args.since).toBe(10);
  });

  it('P26 stale makes it ask again since mine', async () => {
    const follower = await Follower.live();
    follower.subscription.received({ ch: 'webinar/1', stale: true });
    expect(follower.asked[1]?.args).toMatchObject({ since: 10, epoch: 'run-1' });
  });

  it('P25 its head is claimed only while it is live', async () => {
    const follower = await Follower.live();
    expect(follower.subscription.head).toEqual({ channel: 'webinar/1', rev: 10 });
    follower.subscription.lost();
    expect(follower.subscription.head).toBeUndefined();
  });
});

describe('P27 losing the right', () => {
  it('P27 gone erases what is shown and what is on the disk', async () => {
    const follower = await Follower.live();
    expect(follower.disk.channels.has('webinar/1')).toBe(true);
    follower.subscription.received({ ch: 'webinar/1', gone: true });
    await settle();
    expect(follower.statuses).toEqual(['live', 'gone']);
    expect(follower.lastChange).toMatchObject({ reset: true, put: [] });
    expect(follower.disk.channels.has('webinar/1')).toBe(false);
  });

  it('P4 a refusal for good is the same as gone', async () => {
    for (const code of ['not_found', 'forbidden', 'sign_in_required'] as const) {
      const disk = (await Follower.live()).disk;
      const follower = new Follower(disk);
      await follower.subscription.load();
      follower.subscription.ask();
      follower.asked[0]?.answer({ error: { code } });
      await settle();
      expect(follower.statuses, code).toEqual(['gone']);
      expect(disk.channels.size, code).toBe(0);
    }
  });

  it('P6 a refusal for now erases nothing, and it asks again', async () => {
    const disk = (await Follower.live()).disk;
    const follower = new Follower(disk);
    await follower.subscription.load();
    follower.subscription.ask();
    follower.asked[0]?.answer({ error: { code: 'overloaded', retryAfterMs: 900 } });
    follower.clock.advance(900);
    expect(follower.asked.length).toBe(2);
    expect(follower.statuses).toEqual(['refused']);
    expect(disk.channels.size).toBe(1);
  });
});

describe('P24 histories', () => {
  it('P24 one that a snapshot overtook is asked for anew', async () => {
    const follower = await Follower.live();
    const done: unknown[] = [];
    follower.subscription.history({ before: 1 }, (error) => done.push(error));
    follower.subscription.ask();
    follower.answer(1, follower.snapshot(40, [message(40, 40, 40)]));
    follower.histories[0]?.answer({ ok: { channel: 'webinar/1', rev: 20, records: [], more: false } });
    expect(follower.histories.length).toBe(2);
    expect(done).toEqual([]);
  });

  it('P24 is over only when its records are shown', async () => {
    const follower = await Follower.live();
    let shown = 0;
    follower.subscription.history({ before: 1 }, () => (shown = follower.changes.length));
    follower.histories[0]?.answer({ ok: { channel: 'webinar/1', rev: 10, records: [], more: false } });
    const before = follower.changes.length;
    await settle();
    expect(shown).toBe(before + 1);
  });

  it('P24 without a live subscription there is none', () => {
    const errors: unknown[] = [];
    new Follower().subscription.history({ before: 1 }, (error) => errors.push(error?.code));
    expect(errors).toEqual(['not_subscribed']);
  });
});

describe('disk, then screen', () => {
  it('what is shown was written before', async () => {
    const follower = await Follower.live();
    const { disk } = follower;
    const write = disk.writeChannel.bind(disk);
    let finish: () => void = () => undefined;
    disk.writeChannel = (change) => new Promise((resolve) => (finish = () => void write(change).then(resolve)));
    follower.push(10, 11, [message(2, 11, 2)]);
    await settle();
    expect(follower.lastChange?.cursor?.rev).toBe(10);
    finish();
    await settle();
    expect(follower.lastChange?.cursor?.rev).toBe(11);
  });

  it('what arrives while the disk writes goes out as one change', async () => {
    const follower = await Follower.live();
    const before = follower.changes.length;
    for (let rev = 11; rev <= 20; ++rev) follower.push(rev - 1, rev, [message(rev, rev, rev - 9)]);
    await settle();
    expect(follower.changes.length).toBe(before + 1);
    expect(follower.lastChange?.put.length).toBe(10);
  });
});
