// What a message's place in the log adds to it: does it begin a run of one author, a day, the unread part?

import type { Item } from '../../store/api';

export interface RowFacts {
  /** Name, initials and time are shown. */
  readonly startsRun: boolean;
  /** A moment of the day that begins here. */
  readonly startsDay: number | undefined;
  readonly startsUnread: boolean;
}

/** A pause after which the same author is named again. */
export const runPause = 5 * 60_000;

interface Timeline {
  readonly items: readonly Item[];
  indexOfPos(pos: number): number;
}

/** Where the unread part begins: the first message at or after `line` that is not the reader's own; -1 where there is none. */
export function unreadIndex(timeline: Timeline, line: number | undefined): number {
  if (line === undefined) return -1;
  const { items } = timeline;
  for (let index = timeline.indexOfPos(line); index < items.length; index += 1) {
    const item = items[index] as Item;
    if (item.pos !== undefined && !item.mine) return index;
  }
  return -1;
}

/**
 * `before` is the item above, undefined at the very beginning. A removed message has no time of its own (`at` is 0): it
 * neither begins a day nor continues a run, and `dayAbove` is the last day that was known above it.
 */
export function rowFacts(
  item: Item,
  before: Item | undefined,
  dayAbove: number | undefined,
  startsUnread: boolean,
  dayNumber: (at: number) => number,
): RowFacts {
  if (item.at === 0) return { startsRun: true, startsDay: undefined, startsUnread };
  const startsDay = dayAbove === undefined || dayNumber(item.at) !== dayAbove ? item.at : undefined;
  return { startsRun: startsDay !== undefined || startsUnread || !continuesRun(item, before), startsDay, startsUnread };
}

function continuesRun(item: Item, before: Item | undefined): boolean {
  if (before === undefined || before.removed !== undefined || before.author === undefined) return false;
  if (item.replyTo !== undefined || item.author === undefined) return false;
  return before.author.id === item.author.id && item.at - before.at < runPause;
}
