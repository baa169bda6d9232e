// The pages of this browser that share one disk. What an ended page left unsent another takes over: known by a Web Lock that
// each page holds for life (W3C Web Locks). Where there are none, everything is taken over at once, and the keys of the
// intents make doubles harmless (P31).

export interface Pages {
  /// Of this page.
  readonly id: string;
  /// Runs `take` once that page has ended; meanwhile no other page does.
  whenEnded(page: string, take: () => Promise<void>): void;
}

function lockName(page: string): string {
  return `plenary-page-${page}`;
}

export class LockedPages implements Pages {
  constructor(
    readonly id: string,
    private readonly locks: LockManager | undefined,
  ) {
    void locks?.request(lockName(id), () => new Promise(() => undefined)).catch(() => undefined);
  }

  whenEnded(page: string, take: () => Promise<void>): void {
    if (this.locks) this.locks.request(lockName(page), take).catch(() => undefined);
    else void take();
  }
}
