// Small things this browser remembers of a webinar: the draft, how far one has read, what one has dismissed. Shown at once,
// written a moment later, since they change with every key pressed.

import type { Disk, Note } from '../sync/disk';
import type { Timers } from '../sync/timers';

export const writeAfterMs = 300;

export function draftNote(webinar: number): string {
  return `draft/${webinar}`;
}

export class Notes {
  private waiting = new Map<string, { note: Note; cancel: () => void }>();

  constructor(
    private readonly disk: Pick<Disk, 'readNote' | 'writeNote'>,
    private readonly timers: Timers,
  ) {}

  async read(name: string): Promise<Note | undefined> {
    return this.waiting.get(name)?.note ?? (await this.disk.readNote(name));
  }

  write(name: string, note: Note): void {
    this.drop(name);
    this.waiting.set(name, { note, cancel: this.timers.after(writeAfterMs, () => this.writeNow(name)) });
  }

  /// It is about to be erased together with something else.
  drop(name: string): void {
    this.waiting.get(name)?.cancel();
    this.waiting.delete(name);
  }

  /// The page may be about to end.
  flush(): void {
    for (const name of Array.from(this.waiting.keys())) this.writeNow(name);
  }

  private writeNow(name: string): void {
    const note = this.waiting.get(name)?.note;
    this.drop(name);
    if (note) void this.disk.writeNote(name, note);
  }
}
