// How one entry looks: its record, its tally, one's own reactions, and over them what this device wants of it.

import type { PersonRef, ReactionRecord, RemovedBy, TallyRecord } from '../protocol/generated';
import type { SendState } from '../sync/outbox';
import type { Item, ItemIntent, ItemReaction } from './api';
import { isRemoved, type AnyEntry, type Entry, type Want, type WantedPost } from './entries';

export interface UncountedReaction {
  readonly emoji: string;
  readonly on: boolean;
}

export interface Wish<W extends Want = Want> {
  readonly want: W;
  readonly state: SendState;
}

export interface Viewer {
  /// 0: nobody.
  readonly person: number;
  readonly removesAs: RemovedBy;
}

export interface Parts {
  readonly key: string;
  readonly record: AnyEntry;
  readonly tally: TallyRecord | undefined;
  readonly own: ReactionRecord | undefined;
  /// In the order they were made.
  readonly wishes: readonly Wish[];
  readonly uncounted: readonly UncountedReaction[];
}

const pressing = ['post', 'remove', 'edit', 'react'] as const;

function isGivenUp(wish: Wish): boolean {
  return wish.state === 'failed' || wish.state === 'aged';
}

export function itemIntent({ want: { key, what, problem }, state }: Wish): ItemIntent {
  const shown = { key, what, state };
  if (state === 'aged') return { ...shown, problem: { code: 'aged' } };
  return problem ? { ...shown, problem } : shown;
}

/// The one to show: what needs its author first, then what weighs most.
function mostPressing(wishes: readonly Wish[]): Wish | undefined {
  const weight = (wish: Wish): number => pressing.indexOf(wish.want.what) + (isGivenUp(wish) ? 0 : pressing.length);
  return wishes.reduce<Wish | undefined>((best, wish) => (!best || weight(wish) < weight(best) ? wish : best), undefined);
}

export function makeItem(parts: Parts, viewer: Viewer): Item {
  const { key, record } = parts;
  const wish = mostPressing(parts.wishes);
  const shared = {
    key,
    id: record.id,
    ...(record.pos === undefined ? {} : { pos: record.pos }),
    ...(wish ? { intent: itemIntent(wish) } : {}),
  };
  const removedBy = isRemoved(record) ? record.by : wishedRemoval(parts, record, viewer);
  if (removedBy || isRemoved(record)) {
    const by = removedBy ?? 'author';
    return { ...shared, mine: false, text: '', lang: '', at: 0, removed: { by }, reactions: [] };
  }
  const edited = wishedText(parts.wishes);
  return {
    ...shared,
    ...(record.author === undefined ? {} : { author: record.author }),
    mine: isBy(record, viewer.person),
    text: edited ?? record.text,
    ...(edited === undefined ? { body: record.body } : {}),
    lang: record.lang,
    at: record.at,
    ...(record.editedAt === undefined ? {} : { editedAt: record.editedAt }),
    ...(record.replyTo === undefined ? {} : { replyTo: replyOf(record.replyTo, record.replyToPos) }),
    reactions: reactionsOf(parts),
  };
}

export function makePendingItem(wish: Wish<WantedPost>, author: PersonRef | undefined, replyToPos: number | undefined): Item {
  const { key, text, lang = '', at, replyTo } = wish.want;
  return {
    key,
    ...(author ? { author } : {}),
    mine: true,
    text,
    lang,
    at,
    ...(replyTo === undefined ? {} : { replyTo: replyOf(replyTo, replyToPos) }),
    reactions: [],
    intent: itemIntent(wish),
  };
}

function replyOf(id: number, pos: number | undefined): { id: number; pos?: number } {
  return pos === undefined ? { id } : { id, pos };
}

/// One whose author is not named is nobody's here.
function isBy({ author }: Entry, person: number): boolean {
  return author !== undefined && author.id === person;
}

function wishedRemoval({ wishes }: Parts, record: Entry, viewer: Viewer): RemovedBy | undefined {
  if (!wishes.some((wish) => wish.want.what === 'remove' && !isGivenUp(wish))) return undefined;
  return isBy(record, viewer.person) ? 'author' : viewer.removesAs;
}

function wishedText(wishes: readonly Wish[]): string | undefined {
  let text: string | undefined;
  for (const wish of wishes) {
    if (wish.want.what === 'edit' && !isGivenUp(wish)) text = wish.want.text;
  }
  return text;
}

function reactionsOf(parts: Parts): ItemReaction[] {
  const counted = new Set(parts.own?.emojis ?? []);
  const mine = new Set(counted);
  for (const wish of parts.wishes) {
    if (wish.want.what !== 'react' || isGivenUp(wish)) continue;
    if (wish.want.on) mine.add(wish.want.emoji);
    else mine.delete(wish.want.emoji);
  }
  const counts = new Map(Object.entries(parts.tally?.reactions ?? {}));
  const add = (emoji: string, change: number): void => void counts.set(emoji, (counts.get(emoji) ?? 0) + change);
  for (const emoji of mine) if (!counted.has(emoji)) add(emoji, 1);
  for (const emoji of counted) if (!mine.has(emoji)) add(emoji, -1);
  for (const { emoji, on } of parts.uncounted) add(emoji, on ? 1 : -1);
  return Array.from(counts, ([emoji, count]) => ({ emoji, count, mine: mine.has(emoji) }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.emoji < b.emoji ? -1 : 1));
}
