// In which order questions stand. Pure functions over any list of them.

import type { Question } from './question-api';

type Ranked = Pick<Question, 'id' | 'votes' | 'at' | 'publishedAt'>;

function firstPublished(a: Ranked, b: Ranked): number {
  return (a.publishedAt ?? a.at) - (b.publishedAt ?? b.at) || a.id - b.id;
}

/// Most votes first; among equals the one that has waited longest.
export function byVotes<T extends Ranked>(questions: readonly T[]): T[] {
  return [...questions].sort((a, b) => b.votes - a.votes || a.at - b.at || a.id - b.id);
}

export function byPublication<T extends Ranked>(questions: readonly T[]): T[] {
  return [...questions].sort(firstPublished);
}

/// As `order` has them, which the reader has before their eyes: what came since stands at the end, as it came, so that nothing
/// moves under a finger.
export function arranged<T extends Ranked>(questions: readonly T[], order: readonly number[]): T[] {
  const places = new Map(order.map((id, place) => [id, place]));
  const placeOf = ({ id }: T): number => places.get(id) ?? Infinity;
  return [...questions].sort((a, b) => {
    const [first, second] = [placeOf(a), placeOf(b)];
    return first === second ? firstPublished(a, b) : first - second;
  });
}

/// Whether sorting anew would change what the reader sees.
export function isOutdated(shown: readonly Ranked[]): boolean {
  return byVotes(shown).some(({ id }, index) => shown[index]?.id !== id);
}

export interface StarWish {
  readonly question: number;
  readonly on: boolean;
  readonly before?: number;
}

/// A shortlist by its places, and over it what this device wants, in the order it was wanted.
export function shortlisted(places: ReadonlyMap<number, number>, wishes: readonly StarWish[]): number[] {
  const list = Array.from(places)
    .sort(([a, first], [b, second]) => first - second || a - b)
    .map(([id]) => id);
  for (const { question, on, before } of wishes) {
    const from = list.indexOf(question);
    if (from >= 0) list.splice(from, 1);
    const to = before === undefined ? -1 : list.indexOf(before);
    if (on) list.splice(to < 0 ? list.length : to, 0, question);
  }
  return list;
}

/// What `star` is told to move one place up or down; undefined at that end.
export function starBefore(list: readonly number[], question: number, step: -1 | 1): { before?: number } | undefined {
  const at = list.indexOf(question);
  const [up, down, beyond] = [list[at - 1], list[at + 1], list[at + 2]];
  if (at < 0) return undefined;
  if (step === -1) return up === undefined ? undefined : { before: up };
  if (down === undefined) return undefined;
  return beyond === undefined ? {} : { before: beyond };
}

/// Letters and digits without accents and case: what a search and a comparison look at.
export function foldedWords(text: string): string[] {
  const folded = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return folded.match(/[\p{L}\p{N}]+/gu) ?? [];
}

export function matches(text: string, search: string): boolean {
  const words = foldedWords(text);
  return foldedWords(search).every((wanted) => words.some((word) => word.startsWith(wanted)));
}

/// Words this short say little about what a question is about.
const shortestTelling = 4;

/// Which of `others` ask the same, most likely first: by how many telling words they share, then as byVotes.
export function likeliest<T extends Ranked & { readonly text: string }>(text: string, others: readonly T[]): T[] {
  const telling = new Set(foldedWords(text).filter((word) => word.length >= shortestTelling));
  const shared = new Map(others.map((one) => [one.id, new Set(foldedWords(one.text).filter((word) => telling.has(word))).size]));
  return byVotes(others).sort((a, b) => (shared.get(b.id) ?? 0) - (shared.get(a.id) ?? 0));
}
