// What the reader of What's New has before their eyes: it stays as it is until they ask for what came since. Pure.

import type { ActivityRecord } from '../../protocol/generated';

/** As it was shown, without what has left meanwhile: a thread that was removed is not shown on. */
export function stillShown(shown: readonly ActivityRecord[], now: readonly ActivityRecord[]): readonly ActivityRecord[] {
  const ids = new Set(now.map(({ id }) => id));
  return shown.filter(({ id }) => ids.has(id));
}

/** How many came, or have news, since. */
export function freshSince(shown: readonly ActivityRecord[], now: readonly ActivityRecord[]): number {
  const newest = Math.max(0, ...shown.map(({ seq }) => seq));
  return now.filter(({ seq }) => seq > newest).length;
}

export interface Sections {
  readonly since: readonly ActivityRecord[];
  readonly earlier: readonly ActivityRecord[];
}

/** Beyond the mark, and up to it; all of it is earlier where there is no mark. */
export function sectionsOf(shown: readonly ActivityRecord[], mark: number | undefined): Sections {
  const isNew = ({ seq }: ActivityRecord): boolean => mark !== undefined && seq > mark;
  return { since: shown.filter(isNew), earlier: shown.filter((one) => !isNew(one)) };
}
