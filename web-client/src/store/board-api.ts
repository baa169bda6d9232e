// What a screen may read and do about boards and the threads on them. Types only, as api.ts.

import type { ReadonlySignal } from '@preact/signals';
import type { BoardPosting, BoardSummary, LocalText, ThreadKind, ThreadRecord, Visibility } from '../protocol/generated';
import type { Outcome } from './api';

export interface Boards {
  /// `failed` keeps the last known list, if there is one.
  readonly state: ReadonlySignal<'loading' | 'ready' | 'failed'>;
  readonly boards: ReadonlySignal<readonly BoardSummary[]>;
  refresh(): void;

  create(fields: BoardFields): Promise<Outcome<{ board: number }>>;
  /// Whether the reader may begin threads on it.
  mayBegin(board: Pick<BoardSummary, 'posting'>): boolean;
  /// Moderators and administrators of the site.
  readonly moderates: ReadonlySignal<boolean>;

  /// Follows a board. Each call is balanced by `leave()` of the board it gave.
  open(board: number): Board;

  /// Makes every question that an ended webinar left open a thread of that board. `left`: for the same act again.
  carry(webinar: number, board: number): Promise<Outcome<{ threads: number; left: number }>>;
}

export interface BoardFields {
  readonly name: LocalText;
  readonly purpose: LocalText;
  readonly visibility: Visibility;
  readonly posting: BoardPosting;
}

/// What a board says of itself.
export type BoardHead = Pick<BoardSummary, 'name' | 'purpose' | 'visibility' | 'posting'>;

export interface Board {
  readonly board: number;
  /// `ready`: there is something, perhaps of the last visit. `gone`: it does not exist or one may not see it. `failed`: the
  /// list was not to be had and there is nothing to show.
  readonly status: ReadonlySignal<'loading' | 'ready' | 'gone' | 'failed'>;
  readonly head: ReadonlySignal<BoardHead | undefined>;
  /// Those with the newest posts first, in an order that moves only as `holdStill` allows.
  readonly threads: ReadonlySignal<readonly ThreadRecord[]>;
  /// How many are new, or have new posts, and would stand elsewhere.
  readonly fresh: ReadonlySignal<number>;
  showFresh(): void;
  /// While the reader has scrolled or has the keyboard in the list, nothing moves under their finger.
  holdStill(isStill: boolean): void;

  readonly hasMore: ReadonlySignal<boolean>;
  /// Of the next page.
  readonly more: ReadonlySignal<'idle' | 'loading' | 'failed'>;
  loadMore(): Promise<void>;
  /// Asks for the list again after it failed.
  retry(): void;

  /// A thread being written, the same on all screens; kept on the device as one types, until the server has taken it.
  readonly draft: ReadonlySignal<ThreadDraft>;
  /// The device has said what it keeps.
  readonly isRecalled: ReadonlySignal<boolean>;
  saveDraft(draft: ThreadDraft): void;
  /// It is on its way, perhaps from an earlier screen.
  readonly isBeginning: ReadonlySignal<boolean>;
  /// Sends the draft, in this language where it has none of its own; while it is on its way, tells of that one. What is typed
  /// meanwhile stays a draft.
  begin(lang: string): Promise<Outcome<{ thread: number }>>;

  leave(): void;
}

export interface ThreadDraft {
  readonly title: string;
  readonly text: string;
  readonly kind: ThreadKind;
  /// The interface's language where absent.
  readonly lang?: string;
}
