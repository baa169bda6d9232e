// Where the client learns the time and chance. Passed in, so that tests hold both.

export interface Timers {
  /// Milliseconds since 1970, UTC, as this device believes.
  now(): number;
  /// Runs once, later; the answer cancels it.
  after(milliseconds: number, run: () => void): () => void;
}

/// In [0, 1).
export type Random = () => number;

export const systemTimers: Timers = {
  now: () => Date.now(),
  after(milliseconds, run) {
    const handle = setTimeout(run, milliseconds);
    return () => clearTimeout(handle);
  },
};
