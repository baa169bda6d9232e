// In which order threads stand, and how that order keeps still. Pure functions over any list of them.

import type { ThreadRecord } from '../protocol/generated';

type Placed = Pick<ThreadRecord, 'id' | 'lastAt'>;

/// The newest post first; of one moment, the thread begun last.
export function byLastPost(a: Placed, b: Placed): number {
  return b.lastAt - a.lastAt || b.id - a.id;
}

/// An order the reader has before their eyes: each thread with the time of its newest post when it took its place.
export type Order = ReadonlyMap<number, number>;

export function orderOf(threads: Iterable<Placed>): Order {
  const sorted = Array.from(threads).sort(byLastPost);
  return new Map(sorted.map(({ id, lastAt }) => [id, lastAt]));
}

/// The same places, with those of a further page after them.
export function orderWith(order: Order, page: readonly Placed[]): Order {
  const later = page.filter(({ id }) => !order.has(id)).map(({ id, lastAt }) => [id, lastAt] as const);
  return new Map([...order, ...later]);
}

/// How many would stand further up, or stand nowhere yet.
export function freshIn(order: Order, threads: Iterable<Placed>): number {
  return Array.from(threads).filter(({ id, lastAt }) => lastAt > (order.get(id) ?? -Infinity)).length;
}
