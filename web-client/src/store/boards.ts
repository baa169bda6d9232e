// Boards as a screen shows them. Of a board's threads the client holds the pages it has asked for, and what was pushed since:
// by id the higher rev wins, and what left stays away.

import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { BoardSummary, ThreadListOk, ThreadRecord } from '../protocol/generated';
import type { Change, LiveRecord } from '../sync/channel';
import type { Sink } from '../sync/subscription';
import type { Board, BoardHead, Boards } from './board-api';
import { batch } from './client-state';
import type { Of } from './conversation-state';
import { byLastPost, freshIn, orderOf, orderWith, type Order } from './thread-order';

export class BoardsState {
  readonly state = signal<Of<Boards['state']>>('loading');
  readonly boards = signal<readonly BoardSummary[]>([]);

  /// What the last visit remembers; a list that did not come is no reason to show nothing.
  recall(boards: readonly BoardSummary[]): void {
    if (this.state.peek() !== 'ready') this.boards.value = boards;
  }

  /// The list is being asked for.
  asking(): void {
    if (this.state.peek() === 'failed') this.state.value = 'loading';
  }

  /// Somebody else reads here now: of the members' boards they may not even know the names.
  readerChanged(): void {
    batch(() => {
      this.state.value = 'loading';
      this.boards.value = this.boards.peek().filter(({ visibility }) => visibility === 'public');
    });
  }

  listed(boards: readonly BoardSummary[] | undefined): void {
    batch(() => {
      this.state.value = boards === undefined ? 'failed' : 'ready';
      if (boards !== undefined) this.boards.value = boards;
    });
  }
}

function isThread(record: LiveRecord): record is ThreadRecord {
  return record.type === 'thread' && 'title' in record;
}

const noOrder: Order = new Map();

export class BoardState {
  readonly status = signal<Of<Board['status']>>('loading');
  readonly own = signal<BoardHead | undefined>(undefined);
  readonly threads: ReadonlySignal<readonly ThreadRecord[]>;
  readonly fresh: ReadonlySignal<number>;
  readonly hasMore: ReadonlySignal<boolean>;
  /// What changed before now was never told: the first page is to be asked for, again where it was already.
  isListOutdated = true;
  private readonly held = signal<ReadonlyMap<number, ThreadRecord>>(new Map());
  private readonly order = signal<Order>(noOrder);
  private readonly next = signal<string | undefined>(undefined);
  /// The last thread of the pages that have come; undefined: they end with the board.
  private end: ThreadRecord | undefined;
  private readonly goneRevs = new Map<number, number>();
  /// Pushed since the list was asked for last: what no page may know of yet.
  private readonly pushed = new Set<number>();
  private isStill = false;

  constructor() {
    this.threads = computed(() => Array.from(this.order.value.keys()).flatMap((id) => this.held.value.get(id) ?? []));
    this.fresh = computed(() => freshIn(this.order.value, this.held.value.values()));
    this.hasMore = computed(() => this.next.value !== undefined);
  }

  /// Where the next page begins.
  get after(): string | undefined {
    return this.next.peek();
  }

  readonly sink: Sink = {
    changed: (change) => batch(() => this.take(change)),
    signalled: () => undefined,
    became: (status) => {
      if (status === 'gone') this.becomeGone();
    },
  };

  holdStill(isStill: boolean): void {
    this.isStill = isStill;
    if (!isStill) this.arrange();
  }

  showFresh(): void {
    this.order.value = orderOf(this.held.peek().values());
  }

  /// What the last visit to a public board left.
  recall(threads: readonly ThreadRecord[]): void {
    if (this.status.peek() === 'ready' || this.status.peek() === 'gone') return;
    batch(() => {
      this.hold(threads);
      this.showFresh();
      this.status.value = 'ready';
    });
  }

  /// The first page is being asked for.
  asking(): void {
    this.isListOutdated = false;
    this.pushed.clear();
    if (this.status.peek() === 'failed') this.status.value = 'loading';
  }

  /// The first page, or all that were shown: what it does not hold, and was not pushed since it was asked for, is not known any more.
  takeFirst({ threads, next }: ThreadListOk): void {
    batch(() => {
      const listed = new Set(threads.map(({ id }) => id));
      this.held.value = new Map(Array.from(this.held.peek()).filter(([id]) => listed.has(id) || this.pushed.has(id)));
      this.takePage(threads, next);
      this.status.value = 'ready';
      this.arrange();
    });
  }

  takeNext({ threads, next }: ThreadListOk): void {
    batch(() => {
      this.takePage(threads, next);
      this.order.value = orderWith(this.order.peek(), threads);
      this.arrange();
    });
  }

  /// Of the first page.
  notListed(isFinal: boolean): void {
    this.isListOutdated = true;
    if (isFinal) this.becomeGone();
    else if (this.status.peek() === 'loading') this.status.value = 'failed';
  }

  private takePage(threads: readonly ThreadRecord[], next: string | undefined): void {
    this.hold(threads);
    this.next.value = next;
    this.end = next === undefined ? undefined : threads[threads.length - 1];
  }

  private take(change: Change): void {
    if (change.reset) {
      this.own.value = undefined;
      this.isListOutdated = true;
      this.goneRevs.clear();
    }
    for (const record of change.put) if (record.type === 'board') this.own.value = record;
    const pushed = change.put.filter(isThread).filter((thread) => this.isWanted(thread));
    pushed.forEach(({ id }) => this.pushed.add(id));
    this.hold(pushed);
    this.drop([...change.gone, ...(change.goneUnheld ?? [])].filter(({ type }) => type === 'thread'));
    this.arrange();
  }

  /// What stands beyond the pages that have come will come with its page.
  private isWanted(thread: ThreadRecord): boolean {
    return this.held.peek().has(thread.id) || this.end === undefined || byLastPost(thread, this.end) < 0;
  }

  private hold(threads: readonly ThreadRecord[]): void {
    const held = new Map(this.held.peek());
    for (const thread of threads) {
      const isNewer = thread.rev >= (held.get(thread.id)?.rev ?? 0) && thread.rev > (this.goneRevs.get(thread.id) ?? 0);
      if (isNewer) held.set(thread.id, thread);
    }
    this.held.value = held;
  }

  private drop(gone: readonly { readonly id: number; readonly rev: number }[]): void {
    if (gone.length === 0) return;
    const held = new Map(this.held.peek());
    for (const { id, rev } of gone) {
      this.goneRevs.set(id, Math.max(rev, this.goneRevs.get(id) ?? 0));
      held.delete(id);
    }
    this.held.value = held;
  }

  private arrange(): void {
    const isEmpty = !Array.from(this.order.peek().keys()).some((id) => this.held.peek().has(id));
    if (!this.isStill || isEmpty) this.showFresh();
  }

  private becomeGone(): void {
    batch(() => {
      this.status.value = 'gone';
      this.own.value = undefined;
      this.held.value = new Map();
      this.order.value = noOrder;
      this.next.value = undefined;
      this.isListOutdated = true;
    });
  }
}
