import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import type { AnyRecord, MessageRecord } from '../src/protocol/generated';
import { Channel } from '../src/sync/channel';
import type { Disk } from '../src/sync/disk';
import { GuardedDisk, openingMs, actMs, type DiskState } from '../src/sync/guarded-disk';
import { IndexedDisk } from '../src/sync/indexed-disk';
import type { Intent } from '../src/sync/intent';
import { StoredLastActs } from '../src/sync/last-acts';
import { keptPlaces, Keeper } from '../src/sync/keeper';
import { Clock, settle } from './fake/clock';
import { MemoryDisk, MemoryStorage } from './fake/memory-disk';

function message(id: number, rev: number, pos: number, text = ''): MessageRecord {
  return { type: 'message', id, rev, pos, author: { id: 1, name: 'A' }, text, body: [], lang: 'en', at: 0 };
}

/// One page's view of a channel, kept on a disk.
class PageOfDisk {
  readonly channel = new Channel('webinar/1');
  readonly keeper: Keeper;

  constructor(readonly disk: Disk) {
    this.keeper = new Keeper(disk, this.channel);
  }

  static async open(disk: Disk): Promise<PageOfDisk> {
    const page = new PageOfDisk(disk);
    const stored = await page.keeper.load();
    if (stored) page.channel.restore(stored.cursor, stored.records, stored.range);
    page.channel.takeChange();
    return page;
  }

  async snapshot(rev: number, records: AnyRecord[], more = false): Promise<void> {
    this.channel.answer({ channel: 'webinar/1', epoch: 'run-1', c: rev, rev, mode: 'snapshot', records, signals: [], more });
    await this.keep();
  }

  async push(from: number, rev: number, put: AnyRecord[]): Promise<void> {
    this.channel.push({ ch: 'webinar/1', from, rev, c: rev, put });
    await this.keep();
  }

  async keep(): Promise<void> {
    const change = this.channel.takeChange();
    if (change) await this.keeper.keep(change);
  }
}

function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

async function stored(disk: Disk): Promise<{ rev: number | undefined; ids: number[]; from: number | undefined }> {
  const found = await disk.readChannel('webinar/1');
  const ids = (found?.records ?? []).map(({ id }) => id).sort((a, b) => a - b);
  return { rev: found?.cursor.rev, ids, from: found?.range?.from };
}

async function indexedDisk(): Promise<Disk> {
  return IndexedDisk.open(new IDBFactory());
}

const disks: [string, () => Promise<Disk>][] = [
  ['IndexedDB', indexedDisk],
  ['memory', () => Promise.resolve(new MemoryDisk())],
];

describe.each(disks)('a disk (%s)', (_, open) => {
  it('gives a channel back as it was written', async () => {
    const disk = await open();
    const page = await PageOfDisk.open(disk);
    await page.snapshot(10, [message(1, 9, 1, 'Été'), message(2, 10, 2)]);
    await page.push(10, 12, [message(3, 11, 3), { type: 'message', id: 1, rev: 12, gone: true }]);
    expect(await stored(disk)).toEqual({ rev: 12, ids: [2, 3], from: 1 });
    expect(await disk.readChannel('webinar/2')).toBeUndefined();
  });

  it('keeps the newest stretch of a long room, and no more', async () => {
    const disk = await open();
    const page = await PageOfDisk.open(disk);
    await page.snapshot(50, numbers(1, 50).map((n) => message(n, n, n)));
    for (let n = 51; n <= 500; ++n) await page.push(n - 1, n, [message(n, n, n)]);
    const { ids, from } = await stored(disk);
    expect(ids).toEqual(numbers(from ?? 0, 500));
    expect(ids.length).toBeGreaterThanOrEqual(keptPlaces);
    expect(ids.length).toBeLessThan(keptPlaces + 51);
  });

  it('takes in older pages while there is room', async () => {
    const disk = await open();
    const page = await PageOfDisk.open(disk);
    await page.snapshot(100, numbers(91, 100).map((n) => message(n, n, n)), true);
    const around = { channel: 'webinar/1', around: 70 };
    const apart = numbers(66, 75).map((n) => message(n, n, n));
    page.channel.endHistory(page.channel.beginHistory(), around, { channel: 'webinar/1', rev: 100, records: apart, more: true });
    await page.keep();
    expect((await stored(disk)).ids).toEqual(numbers(91, 100));
    const before = { channel: 'webinar/1', before: 91 };
    const between = numbers(76, 90).map((n) => message(n, n, n));
    page.channel.endHistory(page.channel.beginHistory(), before, { channel: 'webinar/1', rev: 100, records: between, more: true });
    await page.keep();
    expect((await stored(disk)).ids).toEqual(numbers(66, 100));
  });

  it('two pages: the one behind does not overwrite the one ahead', async () => {
    const disk = await open();
    const ahead = await PageOfDisk.open(disk);
    await ahead.snapshot(10, [message(1, 10, 1)]);
    const behind = await PageOfDisk.open(disk);
    await ahead.push(10, 12, [message(1, 12, 1, 'edited twice')]);
    await behind.push(10, 11, [message(1, 11, 1, 'edited once')]);
    const found = await disk.readChannel('webinar/1');
    expect(found?.cursor.rev).toBe(12);
    expect(found?.records).toEqual([message(1, 12, 1, 'edited twice')]);
  });

  it('two pages: who overtakes the other writes everything, not only what changed', async () => {
    const disk = await open();
    const first = await PageOfDisk.open(disk);
    await first.snapshot(10, [message(1, 10, 1)]);
    const second = await PageOfDisk.open(disk);
    await first.push(10, 11, [message(2, 11, 2)]);
    await second.push(10, 12, [message(2, 11, 2), message(3, 12, 3)]);
    await first.push(11, 13, [message(3, 12, 3), message(4, 13, 4)]);
    expect(await stored(disk)).toMatchObject({ rev: 13, ids: [1, 2, 3, 4] });
  });

  it('keeps an intent and drops its draft in one act', async () => {
    const disk = await open();
    await disk.writeNote('draft/1', { text: 'Bonjour' });
    await disk.putIntent({ key: 'k' } as Intent, 'draft/1');
    expect(await disk.readNote('draft/1')).toBeUndefined();
    expect(await disk.readIntents()).toEqual([{ key: 'k' }]);
    await disk.eraseIntent('k');
    expect(await disk.readIntents()).toEqual([]);
  });

  it('P27 erases one channel, all channels, everything', async () => {
    const disk = await open();
    const page = await PageOfDisk.open(disk);
    await page.snapshot(10, [message(1, 10, 1)]);
    await disk.writeNote('me', { id: 1 });
    await disk.eraseChannel('webinar/1');
    expect(await stored(disk)).toMatchObject({ rev: undefined, ids: [] });
    await page.snapshot(11, [message(1, 10, 1)]);
    await disk.eraseAllChannels();
    expect(await stored(disk)).toMatchObject({ rev: undefined, ids: [] });
    expect(await disk.readNote('me')).toEqual({ id: 1 });
    await disk.eraseEverything();
    expect(await disk.readNote('me')).toBeUndefined();
  });
});

describe('a disk that fails', () => {
  it('never moves the cursor without its records', async () => {
    const disk = new MemoryDisk();
    const page = await PageOfDisk.open(guarded(disk).disk);
    await page.snapshot(10, [message(1, 10, 1)]);
    disk.fails = true;
    await page.push(10, 11, [message(2, 11, 2)]);
    expect(await stored(disk)).toMatchObject({ rev: 10, ids: [1] });
    disk.fails = false;
    await page.push(11, 12, [message(3, 12, 3)]);
    expect(await stored(disk)).toMatchObject({ rev: 12, ids: [1, 2, 3] });
  });

  it('is said, and said again when it works', async () => {
    const memory = new MemoryDisk();
    const { disk, states } = guarded(memory);
    await disk.writeNote('a', {});
    memory.fails = true;
    await disk.writeNote('b', {});
    memory.fails = false;
    await disk.writeNote('c', {});
    expect(states).toEqual(['opening', 'working', 'unavailable', 'working']);
  });

  it('that does not open leaves the page working in memory', async () => {
    const { disk, states } = guardedBy(() => Promise.reject(new Error('private window')));
    expect(await disk.readIntents()).toEqual([]);
    await disk.putIntent({ key: 'k' } as Intent);
    expect(states[states.length - 1]).toBe('unavailable');
  });

  it('that hangs while opening is not waited for', async () => {
    const { disk, states, clock } = guardedBy(() => new Promise(() => undefined));
    const read = disk.readNote('me');
    clock.advance(openingMs);
    expect(await read).toBeUndefined();
    expect(states[states.length - 1]).toBe('unavailable');
  });

  it('that opens late has by then kept what it was asked to, in order, and answers from then on', async () => {
    const memory = new MemoryDisk();
    const open = latch<Disk>();
    const { disk, states, clock } = guardedBy(() => open.promise);
    const kept = [disk.writeNote('draft/1', { text: 'a' }), disk.putIntent({ key: 'k' } as Intent, 'draft/1')];
    clock.advance(openingMs);
    await Promise.all(kept);
    await disk.writeNote('me', { id: 1 });
    expect(await disk.readIntents()).toEqual([]);
    expect(states).toEqual(['opening', 'unavailable']);
    open.resolve(memory);
    await settle();
    expect(states).toEqual(['opening', 'unavailable', 'working']);
    expect(await disk.readIntents()).toEqual([{ key: 'k' }]);
    expect(await disk.readNote('me')).toEqual({ id: 1 });
    expect(memory.notes.has('draft/1')).toBe(false);
  });

  it('that never opened leaves what it was to keep to the next page', async () => {
    const storage = new MemoryStorage();
    const { disk, clock } = guardedBy(() => new Promise(() => undefined), storage);
    const kept = disk.putIntent({ key: 'k' } as Intent);
    clock.advance(openingMs);
    await kept;
    disk.pageEnds();
    expect(await guarded(new MemoryDisk(), storage).disk.readIntents()).toEqual([{ key: 'k' }]);
  });

  it('that hangs later is waited for once, and keeps what it is asked to meanwhile', async () => {
    const hanging = new MemoryDisk();
    const answer = latch<undefined>();
    hanging.readNote = () => answer.promise;
    const { disk, clock, states } = guarded(hanging);
    const first = disk.readNote('me');
    await settle();
    clock.advance(actMs);
    expect(await first).toBeUndefined();
    expect(await disk.readNote('me')).toBeUndefined();
    await disk.putIntent({ key: 'k' } as Intent);
    expect(await disk.readIntents()).toEqual([]);
    expect(states[states.length - 1]).toBe('unavailable');
    answer.resolve(undefined);
    await settle();
    expect(states[states.length - 1]).toBe('working');
    expect(await disk.readIntents()).toEqual([{ key: 'k' }]);
  });
});

describe('what is under way when the page ends', () => {
  /// As WebKit: what a page asks for while it goes never happens.
  async function pageThatEnds(storage: MemoryStorage): Promise<GuardedDisk> {
    const ending = new MemoryDisk();
    ending.putIntent = ending.writeNote = ending.eraseNote = ending.eraseIntent = () => new Promise(() => undefined);
    const { disk } = guarded(ending, storage);
    await disk.readNote('me');
    return disk;
  }

  it('the next page finds done, in the order it was asked for', async () => {
    const storage = new MemoryStorage();
    const ending = await pageThatEnds(storage);
    void ending.writeNote('draft/1', { text: 'Half a sent' });
    void ending.writeNote('draft/2', { text: 'Sent with the page' });
    void ending.putIntent({ key: 'k' } as Intent, 'draft/2');
    void ending.eraseNote('join');
    ending.pageEnds();

    const memory = new MemoryDisk();
    await memory.writeNote('join', {});
    const { disk } = guarded(memory, storage);
    expect(await disk.readNote('draft/1')).toEqual({ text: 'Half a sent' });
    expect(await disk.readNote('draft/2')).toBeUndefined();
    expect(await disk.readNote('join')).toBeUndefined();
    expect(await disk.readIntents()).toEqual([{ key: 'k' }]);
  });

  it('is of each note the newest', async () => {
    const storage = new MemoryStorage();
    const ending = await pageThatEnds(storage);
    for (const text of ['H', 'Ha', 'Hal', 'Half']) void ending.writeNote('draft/1', { text });
    void ending.writeNote('draft/2', { text: 'another' });
    ending.pageEnds();
    const left = new StoredLastActs(() => storage).take();
    expect(left.map(({ args }) => args)).toEqual([
      ['draft/1', { text: 'Half' }],
      ['draft/2', { text: 'another' }],
    ]);
  });

  it('is finished by one page alone', async () => {
    const storage = new MemoryStorage();
    const ending = await pageThatEnds(storage);
    void ending.writeNote('draft/1', { text: 'old' });
    ending.pageEnds();
    const memory = new MemoryDisk();
    await guarded(memory, storage).disk.writeNote('draft/1', { text: 'new' });
    expect(await guarded(memory, storage).disk.readNote('draft/1')).toEqual({ text: 'new' });
  });

  it('is nothing where all of it was done, or everything was erased', async () => {
    const storage = new MemoryStorage();
    const { disk } = guarded(new MemoryDisk(), storage);
    await disk.writeNote('draft/1', { text: 'kept' });
    disk.pageEnds();
    const ending = await pageThatEnds(storage);
    void ending.writeNote('draft/1', { text: 'secret' });
    ending.pageEnds();
    await disk.eraseEverything();
    expect(await guarded(new MemoryDisk(), storage).disk.readNote('draft/1')).toBeUndefined();
  });

  it('a page that was not gone finishes by itself', async () => {
    const storage = new MemoryStorage();
    const memory = new MemoryDisk();
    const { disk } = guarded(memory, storage);
    await disk.readNote('me');
    memory.writeNote = () => new Promise(() => undefined);
    void disk.writeNote('draft/1', { text: 'Half a sent' });
    disk.pageEnds();
    memory.writeNote = (name, note) => MemoryDisk.prototype.writeNote.call(memory, name, note);
    disk.pageIsBack();
    await settle();
    expect(memory.notes.get('draft/1')).toEqual({ text: 'Half a sent' });
  });

  it('is lost where the reader forbids the browser to keep anything', async () => {
    const lastActs = new StoredLastActs(() => {
      throw new Error('SecurityError');
    });
    lastActs.leave([{ name: 'eraseNote', args: ['me'] }]);
    expect(lastActs.take()).toEqual([]);
  });
});

function guardedBy(
  open: () => Promise<Disk>,
  storage = new MemoryStorage(),
): { disk: GuardedDisk; states: DiskState[]; clock: Clock } {
  const states: DiskState[] = [];
  const clock = new Clock();
  const lastActs = new StoredLastActs(() => storage);
  const disk = new GuardedDisk(open, lastActs, clock, (state) => states[states.length - 1] !== state && states.push(state));
  return { disk, states, clock };
}

function guarded(disk: Disk, storage?: MemoryStorage): ReturnType<typeof guardedBy> {
  return guardedBy(() => Promise.resolve(disk), storage);
}

function latch<T>(): { promise: Promise<T>; resolve(value: T): void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => (resolve = done));
  return { promise, resolve };
}
