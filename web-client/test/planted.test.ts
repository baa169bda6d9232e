// The fuzz is only worth what it finds: each of these bugs is put in on purpose and must be found.

import { afterEach, describe, expect, it, vi } from 'vitest';
import { Channel } from '../src/sync/channel';
import { Connection } from '../src/sync/connection';
import { MemoryDisk } from './fake/memory-disk';
import { Trial } from './fake/trial';

const seedsToFind = 400;

async function firstFault(): Promise<string | undefined> {
  for (let seed = 1; seed <= seedsToFind; ++seed) {
    const [fault] = await new Trial(seed).run();
    if (fault !== undefined) return fault;
  }
  return undefined;
}

afterEach(() => vi.restoreAllMocks());

describe('planted bugs', () => {
  it('P22 a gap that is taken for the next push', { timeout: 120_000 }, async () => {
    const push = Channel.prototype.push;
    vi.spyOn(Channel.prototype, 'push').mockImplementation(function (this: Channel, frame) {
      return push.call(this, { ...frame, from: Math.min(frame.from, this.cursor?.rev ?? 0) });
    });
    expect(await firstFault()).toBeDefined();
  });

  it('P30 a key that changes with each attempt', { timeout: 120_000 }, async () => {
    const request = Connection.prototype.request;
    let attempts = 0;
    vi.spyOn(Connection.prototype, 'request').mockImplementation(function (this: Connection, op, args, answered, key) {
      request.call(this, op, args, answered as never, key && `${key}-${++attempts}`);
    });
    expect(await firstFault()).toMatch(/posted \d times|shown twice|out of order/);
  });

  it('P24 a history that does not heed what was heard while it was outstanding', { timeout: 120_000 }, async () => {
    const begin = Channel.prototype.beginHistory;
    vi.spyOn(Channel.prototype, 'beginHistory').mockImplementation(function (this: Channel) {
      const ticket = begin.call(this);
      this.endHistory(ticket);
      Object.assign(this, { historiesOutstanding: 0 });
      return ticket;
    });
    expect(await firstFault()).toBeDefined();
  });

  it('P13 a disk that forgets what has gone', { timeout: 120_000 }, async () => {
    const write = MemoryDisk.prototype.writeChannel;
    vi.spyOn(MemoryDisk.prototype, 'writeChannel').mockImplementation(function (this: MemoryDisk, change) {
      return write.call(this, { ...change, gone: [] });
    });
    expect(await firstFault()).toMatch(/disk holds/);
  });
});
