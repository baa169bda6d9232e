import { describe, expect, it } from 'vitest';
import { openingMs } from '../src/sync/guarded-disk';
import { LockedPages } from '../src/sync/pages';
import { settle } from './fake/clock';
import { Hall } from './fake/hall';
import { joined, opened, texts } from './fake/visit';

/// Somebody joined, lost the line and wrote.
async function withUnsent(text: string): Promise<Hall> {
  const hall = new Hall();
  const { room } = await joined(hall.browser);
  hall.browser.wire?.cut();
  room.post(text);
  await settle();
  return hall;
}

describe('pages that share one disk', () => {
  /// The part of the Web Locks API that pages use: exclusive locks, first come, first served.
  class FakeLocks {
    private tails = new Map<string, Promise<unknown>>();

    request(name: string, run: () => Promise<unknown>): Promise<unknown> {
      const turn = (this.tails.get(name) ?? Promise.resolve()).then(run);
      this.tails.set(name, turn.catch(() => undefined));
      return turn;
    }
  }

  it('P31 what a living page sends no other takes over', async () => {
    const locks = new FakeLocks() as unknown as LockManager;
    const living = new LockedPages('living', locks);
    const next = new LockedPages('next', locks);
    const taken: string[] = [];
    const take = (page: string) => async (): Promise<void> => void taken.push(page);
    next.whenEnded(living.id, take('living'));
    next.whenEnded('ended', take('ended'));
    await settle();
    expect(taken).toEqual(['ended']);
  });

  it('P31 what was handed on while one waited for it is waited for where it is now', async () => {
    const hall = await withUnsent('Written on the way');
    const { disk } = hall.browser;
    const [intent] = await disk.readIntents();
    const readIntents = disk.readIntents.bind(disk);
    disk.readIntents = async () => {
      disk.readIntents = readIntents;
      const found = await readIntents();
      if (intent) await disk.putIntent({ ...intent, page: 'a page that ended while it took over' });
      return found;
    };
    await opened(hall.browser);
    expect(hall.texts()).toEqual(['Written on the way']);
  });

  it('P34 what waits on a disk that opens late is sent when it has opened', async () => {
    const hall = await withUnsent('Written on a slow phone');
    let open: () => void = () => undefined;
    hall.browser.diskOpens = new Promise((resolve) => (open = resolve));
    const page = opened(hall.browser);
    hall.clock.advance(openingMs);
    const later = await page;
    await hall.browser.quiet();
    expect(later.client.session.me.value?.name).toBe(hall.browser.name);
    expect(hall.texts()).toEqual([]);
    open();
    await hall.browser.quiet();
    expect(hall.texts()).toEqual(['Written on a slow phone']);
    expect(texts(later.room)).toEqual(['Written on a slow phone']);
  });

  it('P31 without locks everything is taken over at once', async () => {
    const taken: string[] = [];
    new LockedPages('next', undefined).whenEnded('living', async () => void taken.push('living'));
    await settle();
    expect(taken).toEqual(['living']);
  });
});
