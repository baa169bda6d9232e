// Small things this browser remembers of a conversation: the draft, how far one has read, what one has dismissed. They change with
// every key pressed: the first change is written at once, and those that follow at most `writeEveryMs` later, however long
// somebody goes on. A page that ends without a word (a phone out of memory, a power cut) loses no more than that.

import type { Disk, Note } from '../sync/disk';
import type { Timers } from '../sync/timers';

export const writeEveryMs = 300;

export function draftNote(conversation: string): string {
  return `draft/${conversation}`;
}

export class Notes {
  /// Written less than `writeEveryMs` ago; `note` is what came since.
  private recent = new Map<string, { note: Note | undefined; cancel: () => void }>();

  constructor(
    private readonly disk: Pick<Disk, 'readNote' | 'writeNote'>,
    private readonly timers: Timers,
  ) {}

  async read(name: string): Promise<Note | undefined> {
    return this.recent.get(name)?.note ?? (await this.disk.readNote(name));
  }

  write(name: string, note: Note): void {
    const recent = this.recent.get(name);
    if (recent) recent.note = note;
    else this.writeNow(name, note);
  }

  /// It is about to be erased together with something else.
  drop(name: string): void {
    this.recent.get(name)?.cancel();
    this.recent.delete(name);
  }

  /// The page may be about to end.
  flush(): void {
    for (const name of Array.from(this.recent.keys())) this.writeOn(name);
  }

  private writeOn(name: string): void {
    const note = this.recent.get(name)?.note;
    this.drop(name);
    if (note) this.writeNow(name, note);
  }

  private writeNow(name: string, note: Note): void {
    this.recent.set(name, { note: undefined, cancel: this.timers.after(writeEveryMs, () => this.writeOn(name)) });
    void this.disk.writeNote(name, note);
  }
}
