// @vitest-environment jsdom
// What counts as read, where the first page begins after what is new.

import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Item, Log, Problem } from '../../store/api';
import { LogController } from './log-controller';

function itemAt(pos: number): Item {
  return { key: `m${pos}`, id: pos, pos, mine: false, text: `${pos}`, lang: 'en', at: pos, reactions: [] };
}

/** Read to 100; the last page, 251–300, is there. */
class HalfRead implements Log {
  readonly version = signal(0);
  readonly hasOlder = signal(true);
  readonly hasNewer = signal(false);
  readonly loading = signal(undefined);
  readonly newestPos = signal(300);
  readonly isReadKnown = signal(true);
  readonly readPos = signal(100);
  readonly unreadLinePos = signal(101);
  readonly unreadCount = signal(200);
  readonly unsent = [];
  items: readonly Item[] = this.stretch(251, 300);
  loads = 0;
  /** What comes joins what is held. */
  reachesNewest = false;
  asked: number[] = [];
  private answers: ((problem: Problem | undefined) => void)[] = [];

  private stretch(from: number, to: number): readonly Item[] {
    return Array.from({ length: to - from + 1 }, (_, index) => itemAt(from + index));
  }

  indexOfKey(key: string): number {
    return this.items.findIndex((item) => item.key === key);
  }

  indexOfPos(pos: number): number {
    const index = this.items.findIndex((item) => (item.pos ?? 0) >= pos);
    return index < 0 ? this.items.length : index;
  }

  find(id: number): Item | undefined {
    return this.items.find((item) => item.id === id);
  }

  loadOlder(): Promise<Problem | undefined> {
    this.loads += 1;
    return Promise.resolve(undefined);
  }

  loadNewer(): Promise<Problem | undefined> {
    this.loads += 1;
    return Promise.resolve(undefined);
  }

  async showAround(pos: number): Promise<Problem | undefined> {
    this.asked.push(pos);
    const problem = await new Promise<Problem | undefined>((resolve) => this.answers.push(resolve));
    if (problem) return problem;
    this.items = this.stretch(pos - 25, this.reachesNewest ? 300 : pos + 25);
    this.hasNewer.value = !this.reachesNewest;
    return undefined;
  }

  async answer(problem?: Problem): Promise<void> {
    this.answers.shift()?.(problem);
    await Promise.resolve();
    await vi.advanceTimersByTimeAsync(0);
  }

  showNewest(): void {
    this.items = this.stretch(251, 300);
    this.hasNewer.value = false;
  }

  markRead(pos: number): void {
    this.readPos.value = Math.max(this.readPos.value, pos);
  }

  moveUnreadLine(): void {
    // It stands still.
  }
}

const rowHeight = 100;

let log: HalfRead;
let controller: LogController;
let scroller: HTMLElement;
let rows: HTMLElement;
let detach: () => void;

/** As the log draws: rows of one height, in a window of four. */
async function draw(): Promise<void> {
  const { start, end } = controller.settle(true);
  rows.replaceChildren(
    ...log.items.slice(start, end).map(({ key }, index) => {
      const row = document.createElement('div');
      row.dataset['key'] = key;
      row.append(document.createElement('article'));
      Object.defineProperties(row, { offsetTop: { value: index * rowHeight }, offsetHeight: { value: rowHeight } });
      return row;
    }),
  );
  controller.drawn();
  await vi.advanceTimersByTimeAsync(0);
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  vi.stubGlobal('ResizeObserver', class {
    observe = (): void => undefined;
    disconnect = (): void => undefined;
  });
  scroller = document.createElement('div');
  rows = document.createElement('div');
  scroller.append(rows);
  document.body.append(scroller);
  Object.defineProperties(scroller, {
    clientHeight: { value: 4 * rowHeight },
    scrollHeight: { get: () => rows.children.length * rowHeight },
  });
  log = new HalfRead();
  controller = new LogController(log, 'unread');
  detach = controller.attach(scroller, rows);
});

afterEach(() => {
  detach();
  scroller.remove();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('where what is new begins before what is held', () => {
  it('nothing counts as read and nothing else is loaded while it is on its way', async () => {
    // So few that the page would load more.
    log.items = log.items.slice(-4);
    for (let turn = 0; turn < 3; turn += 1) await draw();
    document.dispatchEvent(new Event('visibilitychange'));
    expect([log.asked, log.readPos.value, log.loads]).toEqual([[101], 100, 0]);
  });

  it('when it is there, what is shown of it counts, and not what was shown before', async () => {
    log.reachesNewest = true;
    await draw();
    await draw();
    const answered = log.answer();
    // It is there, and not drawn yet.
    document.dispatchEvent(new Event('visibilitychange'));
    await answered;
    document.dispatchEvent(new Event('visibilitychange'));
    expect(log.readPos.value).toBe(100);
    await draw();
    expect(rows.firstElementChild).toHaveProperty('dataset.key', 'm99');
    expect([log.readPos.value > 100, log.readPos.value < 110]).toEqual([true, true]);
  });

  it('when it failed, nothing counts until the reader moves', async () => {
    await draw();
    await draw();
    await log.answer({ code: 'overloaded' });
    await draw();
    document.dispatchEvent(new Event('visibilitychange'));
    expect([controller.historyFailed.value, log.readPos.value]).toEqual([true, 100]);
    scroller.dispatchEvent(new Event('scroll'));
    await vi.advanceTimersByTimeAsync(0);
    expect(log.readPos.value).toBe(100);
    scroller.scrollTop -= 50;
    scroller.dispatchEvent(new Event('scroll'));
    await vi.advanceTimersByTimeAsync(0);
    expect(log.readPos.value).toBeGreaterThan(250);
  });

  it('when it failed, it is tried again when the connection is back', async () => {
    await draw();
    await log.answer({ code: 'offline' });
    controller.tryHistoryAgain();
    await log.answer();
    await draw();
    expect(log.asked).toEqual([101, 101]);
    expect(log.readPos.value).toBeLessThan(110);
  });

  it('does not fetch back who has gone to the newest meanwhile', async () => {
    await draw();
    controller.toEnd();
    await draw();
    await log.answer();
    await draw();
    expect([log.items[log.items.length - 1]?.pos, log.readPos.value]).toEqual([300, 300]);
  });
});
