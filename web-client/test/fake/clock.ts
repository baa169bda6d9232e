// Time and chance that a test holds.

import type { Timers } from '../../src/sync/timers';

export class Clock implements Timers {
  private time = 1_790_000_000_000;
  private waiting = new Map<number, { at: number; run: () => void }>();
  private nextHandle = 1;

  now(): number {
    return this.time;
  }

  after(milliseconds: number, run: () => void): () => void {
    const handle = this.nextHandle++;
    this.waiting.set(handle, { at: this.time + milliseconds, run });
    return () => void this.waiting.delete(handle);
  }

  /// Runs what falls due on the way, in order.
  advance(milliseconds: number): void {
    const end = this.time + milliseconds;
    for (let next = this.next(end); next !== undefined; next = this.next(end)) {
      const due = this.waiting.get(next);
      this.waiting.delete(next);
      this.time = Math.max(this.time, due?.at ?? 0);
      due?.run();
    }
    this.time = end;
  }

  private next(end: number): number | undefined {
    let best: number | undefined;
    for (const [handle, { at }] of this.waiting) {
      if (at <= end && (best === undefined || at < (this.waiting.get(best)?.at ?? 0))) best = handle;
    }
    return best;
  }
}

/// mulberry32 (Tommy Ettinger, public domain): small, fast, and the same everywhere.
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/// Lets everything that waits for a promise, and not for time, happen.
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
