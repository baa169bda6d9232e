// The threads of a board on this device: pages and pushes, and an order that keeps still under the reader's finger.

import { describe, expect, it } from 'vitest';
import type { BoardRecord, ThreadRecord } from '../src/protocol/generated';
import { BoardState } from '../src/store/boards';
import { byLastPost, freshIn, orderOf, orderWith } from '../src/store/thread-order';
import type { Change, LiveRecord } from '../src/sync/channel';

function thread(id: number, lastAt: number, more: Partial<ThreadRecord> = {}): ThreadRecord {
  const told = { board: 1, title: `Thread ${id}`, lang: 'en', kind: 'discussion', at: 1, posts: 1 } as const;
  return { type: 'thread', id, rev: id, ...told, lastAt, ...more };
}

const head: BoardRecord = {
  type: 'board', id: 1, rev: 1, name: { en: 'Housing', fr: 'Logement' }, purpose: { en: 'p', fr: 'b' },
  visibility: 'public', posting: 'members', createdAt: 0,
};

function change(put: LiveRecord[], more: Partial<Change> = {}): Change {
  return { reset: false, put, gone: [], cursor: { epoch: 'e', c: 1, rev: 1 }, ranges: [], newestPos: 0, ...more };
}

function ids(state: BoardState): number[] {
  return state.threads.value.map(({ id }) => id);
}

/// Threads 5, 4 and 3, with older ones on the server.
function board(): BoardState {
  const state = new BoardState();
  state.sink.changed(change([head], { reset: true }));
  state.asking();
  state.takeFirst({ threads: [thread(5, 50), thread(4, 40), thread(3, 30)], next: 'p2' });
  return state;
}

describe('the order of threads', () => {
  it('is by the newest post, and of one moment by the thread begun last', () => {
    expect([thread(1, 10), thread(2, 30), thread(4, 20), thread(3, 20)].sort(byLastPost).map(({ id }) => id)).toEqual([2, 4, 3, 1]);
  });

  it('counts as fresh what came and what moved up, and nothing that only changed', () => {
    const order = orderOf([thread(1, 10), thread(2, 20)]);
    expect(freshIn(order, [thread(1, 10), thread(2, 20, { posts: 9 })])).toBe(0);
    expect(freshIn(order, [thread(1, 30), thread(2, 20), thread(3, 40)])).toBe(2);
    expect(freshIn(order, [thread(1, 5), thread(2, 20)])).toBe(0);
  });

  it('takes a further page at its end, without those it has already', () => {
    expect(Array.from(orderWith(orderOf([thread(2, 20)]), [thread(2, 20), thread(1, 10)]).keys())).toEqual([2, 1]);
  });
});

describe('pages', () => {
  it('the first one shows at once and the next follows on it', () => {
    const state = board();
    expect([ids(state), state.hasMore.value, state.status.value, state.after]).toEqual([[5, 4, 3], true, 'ready', 'p2']);
    state.takeNext({ threads: [thread(2, 20), thread(1, 10)] });
    expect([ids(state), state.hasMore.value]).toEqual([[5, 4, 3, 2, 1], false]);
  });

  it('a thread that moved up between two pages is there once', () => {
    const state = board();
    state.sink.changed(change([thread(2, 60, { rev: 60 })]));
    state.takeNext({ threads: [thread(1, 10)] });
    expect(ids(state)).toEqual([2, 5, 4, 3, 1]);
  });

  it('what changed beyond the pages that have come waits for its page', () => {
    const state = board();
    state.sink.changed(change([thread(1, 10, { rev: 70, posts: 7 })]));
    expect(ids(state)).toEqual([5, 4, 3]);
    state.takeNext({ threads: [thread(2, 20), thread(1, 10, { rev: 70, posts: 7 })] });
    expect(ids(state)).toEqual([5, 4, 3, 2, 1]);
  });

  it('an answer that is older than a push changes nothing, and does not bring back what left', () => {
    const state = board();
    state.asking();
    state.sink.changed(change([thread(4, 45, { rev: 80, title: 'Newer' })], { goneUnheld: [{ type: 'thread', id: 3, rev: 81, gone: true }] }));
    state.takeFirst({ threads: [thread(5, 50), thread(4, 40), thread(3, 30)] });
    expect(ids(state)).toEqual([5, 4]);
    expect(state.threads.value[1]?.title).toBe('Newer');
  });

  it('one that came while the list was on its way stays, one that is not listed any more goes', () => {
    const state = board();
    state.asking();
    state.sink.changed(change([thread(9, 90)]));
    state.takeFirst({ threads: [thread(5, 50), thread(4, 40)] });
    expect(ids(state)).toEqual([9, 5, 4]);
  });

  it('a list that did not come leaves what is there, or says so', () => {
    const known = board();
    known.notListed(false);
    expect([known.status.value, ids(known)]).toEqual(['ready', [5, 4, 3]]);
    const empty = new BoardState();
    empty.notListed(false);
    expect(empty.status.value).toBe('failed');
    empty.asking();
    empty.notListed(true);
    expect(empty.status.value).toBe('gone');
  });

  it('what the last visit left shows also where the list failed first, and not where there is none for this reader', () => {
    const failed = new BoardState();
    failed.notListed(false);
    failed.recall([thread(1, 10)]);
    expect([failed.status.value, ids(failed)]).toEqual(['ready', [1]]);
    const gone = new BoardState();
    gone.notListed(true);
    gone.recall([thread(1, 10)]);
    expect([gone.status.value, ids(gone)]).toEqual(['gone', []]);
  });

  it('what the last visit left shows until the list comes, and not after it', () => {
    const state = new BoardState();
    state.recall([thread(1, 10)]);
    expect([state.status.value, ids(state)]).toEqual(['ready', [1]]);
    state.asking();
    state.takeFirst({ threads: [thread(2, 20)] });
    expect(ids(state)).toEqual([2]);
    state.recall([thread(1, 10)]);
    expect(ids(state)).toEqual([2]);
  });
});

describe('live', () => {
  it('while nobody has scrolled, a new thread and a new post come to the top', () => {
    const state = board();
    state.sink.changed(change([thread(6, 60), thread(3, 70, { rev: 71 })]));
    expect([ids(state), state.fresh.value]).toEqual([[3, 6, 5, 4], 0]);
  });

  it('nothing moves under the finger: what changed is counted, shown in its place, and moved on demand', () => {
    const state = board();
    state.holdStill(true);
    state.sink.changed(change([thread(6, 60), thread(3, 70, { rev: 71, posts: 8 })]));
    expect([ids(state), state.fresh.value]).toEqual([[5, 4, 3], 2]);
    expect(state.threads.value[2]?.posts).toBe(8);
    state.showFresh();
    expect([ids(state), state.fresh.value]).toEqual([[3, 6, 5, 4], 0]);
  });

  it('what is gone leaves although nothing is to move, also where only the list knew of it', () => {
    const state = board();
    state.holdStill(true);
    state.sink.changed(change([], { goneUnheld: [{ type: 'thread', id: 4, rev: 90, gone: true }] }));
    expect([ids(state), state.fresh.value]).toEqual([[5, 3], 0]);
  });

  it('one that was put back comes again, with its higher rev', () => {
    const state = board();
    state.sink.changed(change([], { goneUnheld: [{ type: 'thread', id: 4, rev: 90, gone: true }] }));
    state.sink.changed(change([thread(4, 40, { rev: 91 })]));
    expect(ids(state)).toEqual([5, 4, 3]);
  });

  it('once nothing holds it, it takes its order', () => {
    const state = board();
    state.holdStill(true);
    state.sink.changed(change([thread(6, 60)]));
    state.holdStill(false);
    expect([ids(state), state.fresh.value]).toEqual([[6, 5, 4, 3], 0]);
  });

  it('a page that comes while it is held goes to the end, and what is fresh stays fresh', () => {
    const state = board();
    state.holdStill(true);
    state.sink.changed(change([thread(2, 60, { rev: 60 })]));
    state.takeNext({ threads: [thread(1, 10)] });
    expect([ids(state), state.fresh.value]).toEqual([[5, 4, 3, 1], 1]);
  });

  it('a record that is older than what is held is passed over', () => {
    const state = board();
    state.sink.changed(change([thread(5, 50, { rev: 9, title: 'Newer' })]));
    state.sink.changed(change([thread(5, 50, { rev: 8, title: 'Older' })]));
    expect(state.threads.value[0]?.title).toBe('Newer');
  });

  it('taken anew, the channel asks for the list once more', () => {
    const state = board();
    expect(state.isListOutdated).toBe(false);
    state.sink.changed(change([head], { reset: true }));
    expect([state.isListOutdated, ids(state)]).toEqual([true, [5, 4, 3]]);
  });

  it('a board one may not see any more is erased', () => {
    const state = board();
    state.sink.became('gone');
    expect([state.status.value, ids(state), state.own.value, state.hasMore.value]).toEqual(['gone', [], undefined, false]);
  });
});
