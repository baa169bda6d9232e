import { describe, expect, it } from 'vitest';

import { dayNumber } from '../../i18n/format';
import type { Item } from '../../store/api';
import { rowFacts, runPause, unreadIndex } from './row-facts';

// A zone that is not the server's, with a change to summer time.
process.env['TZ'] = 'America/Toronto';

const noon = new Date(2026, 2, 14, 12, 0).getTime();
const minute = 60_000;

function item(author: number, at: number, more: Partial<Item> = {}): Item {
  return {
    key: `${author}-${at}`,
    author: { id: author, name: `Person ${author}` },
    mine: false,
    text: 'x',
    lang: 'en',
    at,
    reactions: [],
    ...more,
  };
}

function facts(now: Item, before?: Item, startsUnread = false) {
  const dayAbove = before === undefined || before.at === 0 ? undefined : dayNumber(before.at);
  return rowFacts(now, before, dayAbove, startsUnread, dayNumber);
}

describe('a row in the log', () => {
  it('begins a day at the first message and at each midnight of the reader’s zone', () => {
    const beforeMidnight = new Date(2026, 2, 14, 23, 59).getTime();
    const afterMidnight = new Date(2026, 2, 15, 0, 1).getTime();
    expect(facts(item(1, noon)).startsDay).toBe(noon);
    expect(facts(item(1, noon + minute), item(1, noon)).startsDay).toBeUndefined();
    expect(facts(item(1, afterMidnight), item(1, beforeMidnight)).startsDay).toBe(afterMidnight);
  });

  it('numbers days one apart also across the change to summer time', () => {
    const days = Array.from({ length: 400 }, (_, index) => dayNumber(new Date(2026, 0, 1 + index, 3, 30).getTime()));
    for (let index = 1; index < days.length; index += 1) expect((days[index] ?? 0) - (days[index - 1] ?? 0)).toBe(1);
  });

  it('goes on with a run of one author until a pause, another author, a reply or a removed message', () => {
    const first = item(1, noon);
    expect(facts(item(1, noon + minute), first).startsRun).toBe(false);
    expect(facts(item(1, noon + runPause), first).startsRun).toBe(true);
    expect(facts(item(2, noon + minute), first).startsRun).toBe(true);
    expect(facts(item(1, noon + minute, { replyTo: { id: 7 } }), first).startsRun).toBe(true);
    expect(facts(item(1, noon + minute), item(1, 0, { removed: { by: 'host' } })).startsRun).toBe(true);
  });

  it('begins no day with a removed message, whose time is not known', () => {
    const removed = item(1, 0, { removed: { by: 'author' } });
    expect(facts(removed, item(1, noon)).startsDay).toBeUndefined();
    const after = rowFacts(item(1, noon + minute), removed, dayNumber(noon), false, dayNumber);
    expect(after.startsDay).toBeUndefined();
  });

  it('names its author again below the unread line', () => {
    expect(facts(item(1, noon + minute), item(1, noon), true).startsRun).toBe(true);
  });
});

describe('the unread line', () => {
  const at = (pos: number, more: Partial<Item> = {}): Item => item(1, noon + pos, { pos, ...more });
  const pending = item(9, noon + 99, { mine: true });
  class Timeline {
    constructor(readonly items: Item[]) {}

    indexOfPos(wanted: number): number {
      const found = this.items.findIndex(({ pos }) => pos === undefined || pos >= wanted);
      return found < 0 ? this.items.length : found;
    }
  }
  const place = (items: Item[], line: number | undefined): number => unreadIndex(new Timeline(items), line);

  it('stands before the first message at or after its place', () => {
    expect(place([at(3), at(4), at(5), at(6)], 5)).toBe(2);
    expect(place([at(3), at(4), at(7)], 5)).toBe(2);
    expect(place([at(3), at(4)], 3)).toBe(0);
  });

  it('is not there when nothing is unread, or before a first visit', () => {
    expect(place([at(3), at(4)], 5)).toBe(-1);
    expect(place([at(3), at(4), pending], 5)).toBe(-1);
    expect(place([at(3), at(4)], undefined)).toBe(-1);
    expect(place([], 1)).toBe(-1);
  });

  it('does not call the reader’s own messages new', () => {
    expect(place([at(4), at(5, { mine: true }), at(6)], 5)).toBe(2);
    expect(place([at(4), at(5, { mine: true }), at(6, { mine: true })], 5)).toBe(-1);
  });
});
