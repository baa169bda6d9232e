// What a page had asked of the disk and was not told of when it ended. A browser may drop it (WebKit begins no transaction of
// a page that is going), so it is left in localStorage, which is written before the page is gone, and done by the next page
// before that one reads. Doing it twice is harmless: notes are whole, and an intent's key makes its repeat one (P31).

import type { Disk } from './disk';

type Name = 'putIntent' | 'eraseIntent' | 'writeNote' | 'eraseNote';

export type SmallAct = { [N in Name]: { readonly name: N; readonly args: Parameters<Disk[N]> } }[Name];

export interface LastActs {
  /// In the order they were asked for, behind what other pages left.
  leave(acts: readonly SmallAct[]): void;
  /// Each is given to one page.
  take(): readonly SmallAct[];
}

export function perform(act: SmallAct, disk: Disk): Promise<void> {
  const asked = disk[act.name] as (...args: readonly unknown[]) => Promise<void>;
  return asked.apply(disk, act.args);
}

const key = 'plenary-last-acts';

export class StoredLastActs implements LastActs {
  /// `storage` may throw, where the reader forbids pages to keep anything.
  constructor(private readonly storage: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) {}

  leave(acts: readonly SmallAct[]): void {
    if (acts.length === 0) return;
    try {
      this.storage().setItem(key, JSON.stringify([...this.read(), ...acts]));
    } catch {
      // There is no other place.
    }
  }

  take(): readonly SmallAct[] {
    try {
      const acts = this.read();
      if (acts.length > 0) this.storage().removeItem(key);
      return acts;
    } catch {
      return [];
    }
  }

  private read(): readonly SmallAct[] {
    return JSON.parse(this.storage().getItem(key) ?? '[]') as readonly SmallAct[];
  }
}
