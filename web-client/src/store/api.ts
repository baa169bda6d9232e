// What a screen may read and do: the one surface between `ui/` and everything below it. Types only.
//
// `src/main.tsx` makes one `Client` and renders `<App client={client} />` from `src/ui/app.tsx`. Signals are read with
// `.value`; only sync/ writes them. What a screen shows is confirmed records plus pending intents, already merged here.
// No promise of this file ever rejects: what went wrong is a `Problem`, whose words are the screen's.

import type { ReadonlySignal } from '@preact/signals';
import type {
  BoardRecord,
  ErrorCode,
  Limits,
  LocalText,
  Me,
  Node,
  OwnAppeal,
  PeopleListOk,
  PeopleVisible,
  PersonRef,
  RemovedBy,
  RemovedThreadRecord,
  ThreadRecord,
  Visibility,
  WebinarRecord,
  WebinarSummary,
} from '../protocol/generated';
import type { Appeals, Summary } from './appeal-api';
import type { Boards } from './board-api';
import type { News } from './news-api';
import type { Questions } from './question-api';

/// Codes of the client's own, beside those of the wire.
export type LocalCode =
  | 'offline' // the server was not reached
  | 'aged' // older than 60 days: asked about before it is sent
  | 'closed_connection' // it was in flight when the server closed the connection for a broken frame, twice
  | 'other_person'; // written as somebody who is no longer signed in here

export interface Problem {
  code: ErrorCode | LocalCode;
  /// The argument at fault, as a dotted path.
  field?: string;
  retryAfterMs?: number;
}

export type Outcome<T> = { ok: T } | { problem: Problem };

// ---- the whole -----------------------------------------------------------------------------------------------------

export interface Client {
  readonly connection: Connection;
  readonly session: Session;
  /// Whether what is typed here survives a reload. `unavailable`: the browser keeps nothing (private window, no space).
  readonly disk: ReadonlySignal<'opening' | 'working' | 'unavailable'>;
  readonly webinars: WebinarList;
  /// What the server allows; the defaults until it said so.
  readonly limits: ReadonlySignal<Limits>;
  /// How many intents of this page have not been acknowledged.
  readonly unsent: ReadonlySignal<number>;
  /// Subscribes to a webinar. Each call is balanced by `leave()` of the room it gave.
  openRoom(webinar: number): Room;
  /// Whether `bringThreads` has brought the program of threads.
  readonly hasThreads: ReadonlySignal<boolean>;
  /// False where the program could not be fetched.
  bringThreads(): Promise<boolean>;
  /// As `openRoom`, for a thread. Throws until `hasThreads`.
  openThread(thread: number): Thread;
  createWebinar(fields: {
    title: LocalText;
    visibility: Visibility;
    peopleVisible?: PeopleVisible;
    language?: string;
  }): Promise<Outcome<{ webinar: number }>>;
  /// Undefined until `openBoards` has brought its program.
  readonly boards: ReadonlySignal<Boards | undefined>;
  /// False where the program could not be fetched.
  openBoards(): Promise<boolean>;
  /// Undefined until `openNews` has brought its program and begun to follow it.
  readonly news: ReadonlySignal<News | undefined>;
  openNews(): Promise<boolean>;
  /// Keeps the reader's choice in the cookie `lang`, from which the server fills `<html lang>`.
  rememberLanguage(language: 'en' | 'fr'): void;
}

export interface Connection {
  /// `connecting`: an attempt is under way. `online`: what is shown is current. `waiting`: the next attempt is at
  /// `retryAt`. `offline`: as waiting, and the device itself says it has no network. `stopped`: the server does not
  /// speak this page's protocol; only a reload helps.
  readonly state: ReadonlySignal<'connecting' | 'online' | 'waiting' | 'offline' | 'stopped'>;
  /// Milliseconds since 1970 on this device's clock; undefined unless waiting.
  readonly retryAt: ReadonlySignal<number | undefined>;
  /// True once this page has been online: before that, an empty screen is loading, not lost.
  readonly everOnline: ReadonlySignal<boolean>;
  /// The server serves another release of this page.
  readonly releaseChanged: ReadonlySignal<boolean>;
  /// `releaseChanged`, and nothing is unsent: the moment to offer the reload.
  readonly reloadReady: ReadonlySignal<boolean>;
  retryNow(): void;
  /// Takes the new release and reloads. Only ever called from a button.
  reload(): void;
}

export interface Session {
  /// Who reads here. After `join` a provisional person (`id` 0) until the server answered.
  readonly me: ReadonlySignal<Me | undefined>;
  /// Whether `me` has been confirmed, by the server or by the last visit's memory. False: show neither "join" nor "you".
  readonly known: ReadonlySignal<boolean>;
  /// A join that waits for the network or was refused; its problem is undefined while it is under way.
  readonly joining: ReadonlySignal<{ webinar: number; name: string; problem?: Problem } | undefined>;
  /// Becomes a guest of a webinar at once; what is posted meanwhile waits in the outbox. Also again, with another name,
  /// after a refusal (`joining.problem`).
  join(webinar: number, name: string): void;
  /// Forgets a join that was refused.
  cancelJoin(): void;
  /// Redeems a one-use sign-in link.
  redeem(token: string, name?: string): Promise<Outcome<true>>;
  /// Ends the session and erases everything this browser holds.
  signOut(): Promise<Outcome<true>>;
}

export interface WebinarList {
  /// `failed` keeps the last known list, if there is one.
  readonly state: ReadonlySignal<'loading' | 'ready' | 'failed'>;
  readonly webinars: ReadonlySignal<readonly WebinarSummary[]>;
  refresh(): void;
}

// ---- a conversation ------------------------------------------------------------------------------------------------

/// What a webinar and a thread share. What is written in it are its items: messages, or posts.
export interface Conversation {
  readonly noun: 'message' | 'post';
  /// `loading`: nothing to show yet. `ready`: there is something (perhaps from the last visit: see connection). `gone`: it
  /// does not exist or one may not see it. `failed`: the server refused for now; it is asked again by itself.
  readonly status: ReadonlySignal<'loading' | 'ready' | 'gone' | 'failed'>;
  /// How many others are writing.
  readonly typing: ReadonlySignal<number>;
  /// May remove what others wrote, and decides appeals.
  readonly moderates: ReadonlySignal<boolean>;
  /// May write and react.
  readonly mayPost: ReadonlySignal<boolean>;
  /// May change what is theirs.
  readonly mayEdit: ReadonlySignal<boolean>;

  readonly log: Log;

  /// Undefined until `openAppeals` has brought its program.
  readonly appeals: ReadonlySignal<Appeals | undefined>;
  /// False where the program could not be fetched.
  openAppeals(): Promise<boolean>;

  /// One's own texts that somebody removed, oldest first, without the dismissed ones. One that was dismissed comes back when
  /// an appeal of it is answered.
  readonly returned: ReadonlySignal<readonly ReturnedText[]>;
  dismissReturned(id: number): void;

  /// What is being written here; kept on the device as one types, and cleared by `post` and `edit`.
  readonly draft: ReadonlySignal<Draft>;
  saveDraft(draft: Draft): void;

  /// The bubble is in `log` when this returns. `lang`: the language it is written in.
  post(text: string, options?: { replyTo?: number; lang?: string }): void;
  edit(id: number, text: string): void;
  /// `reason` is required when it is somebody else's.
  remove(id: number, reason?: string): void;
  react(id: number, emoji: string, on: boolean): void;
  /// Sends a failed or aged intent again; by `Item.intent.key`.
  retry(intentKey: string): void;
  /// Gives up an intent that is not on its way. Returns the text of a post or an edit, for the composer.
  discard(intentKey: string): string | undefined;
  /// Say it at each keystroke: it is thinned here. Threads tell nobody.
  sayTyping(): void;

  leave(): void;
}

export interface Draft {
  text: string;
  /// The item answered.
  replyTo?: number;
  /// The item being edited.
  editing?: number;
  /// What was being written when the edit began; it comes back after it.
  before?: Draft;
}

export interface ReturnedText {
  /// Of the item.
  id: number;
  text: string;
  reason: string;
  by: RemovedBy;
  at: number;
  /// Until when it can be appealed.
  appealUntil: number;
  appeal?: OwnAppeal;
}

// ---- one webinar ---------------------------------------------------------------------------------------------------

/// Who moderates here also opens, closes and lists people.
export interface Room extends Conversation {
  readonly webinar: number;
  readonly record: ReadonlySignal<WebinarRecord | undefined>;
  readonly people: ReadonlySignal<number | undefined>;
  /// `visitor`: reads without having joined.
  readonly role: ReadonlySignal<'visitor' | 'attendee' | 'host'>;
  readonly mayListPeople: ReadonlySignal<boolean>;

  /// Undefined until `openQuestions` has brought its program.
  readonly questions: ReadonlySignal<Questions | undefined>;
  /// False where the program could not be fetched.
  openQuestions(): Promise<boolean>;

  /// Undefined until `openSummary` has brought its program.
  readonly summary: ReadonlySignal<Summary | undefined>;
  openSummary(): Promise<boolean>;

  setLive(live: boolean): Promise<Outcome<true>>;
  findPeople(query: { search?: string; after?: string }): Promise<Outcome<PeopleListOk>>;
}

// ---- one thread ----------------------------------------------------------------------------------------------------

export interface Thread extends Conversation {
  readonly thread: number;
  readonly record: ReadonlySignal<ThreadRecord | RemovedThreadRecord | undefined>;
  /// Where it belongs and who reads it. Undefined until it is known, on this device or by the server.
  readonly board: ReadonlySignal<BoardOfThread | undefined>;
  /// May say which post is the answer.
  readonly mayAccept: ReadonlySignal<boolean>;
  /// The answer is this post, or none any more.
  accept(post: number | undefined): Promise<Outcome<true>>;
  /// For who moderates: takes what is left of a thread whose first post, which this is, was removed before. Its author reads the
  /// reason and has the title back.
  removeThread(firstPost: number, reason: string): Promise<Outcome<true>>;
}

export type BoardOfThread = Pick<BoardRecord, 'id' | 'name' | 'visibility'>;

// ---- what is written in it -----------------------------------------------------------------------------------------

/// What is written, as one gapless stretch of the timeline with what is pending after it. Normally the stretch ends
/// at the newest item; after `showAround` it may lie further back (`hasNewer`).
///
/// `items` is one array, changed in place and announced by `version`: read `version.value` to follow it, and never keep a
/// reference to a slice. An `Item` is immutable: a changed one is a new object under the same key, all others stay
/// identical, so that memoised bubbles are not drawn again. Adding at either end costs what is added.
export interface Log {
  /// Grows with every change, once for a whole batch.
  readonly version: ReadonlySignal<number>;
  readonly items: readonly Item[];
  /// -1 where it is not in `items`.
  indexOfKey(key: string): number;
  /// The first item at or after `pos`; `items.length` where there is none.
  indexOfPos(pos: number): number;
  /// An item held on this device, shown or not; for quotes.
  find(id: number): Item | undefined;
  /// What the reader wrote and the server has not taken, whichever stretch is shown: items, and changed texts of items.
  /// Oldest first; `version` announces it too.
  readonly unsent: readonly UnsentText[];

  readonly hasOlder: ReadonlySignal<boolean>;
  readonly hasNewer: ReadonlySignal<boolean>;
  readonly loading: ReadonlySignal<'older' | 'newer' | 'around' | undefined>;
  loadOlder(): Promise<Problem | undefined>;
  loadNewer(): Promise<Problem | undefined>;
  /// Shows the stretch around `pos` (a quoted message); resolves when it is in `items`.
  showAround(pos: number): Promise<Problem | undefined>;
  /// Back to the newest messages.
  showNewest(): void;

  /// The newest published place; 0 in an empty room.
  readonly newestPos: ReadonlySignal<number>;
  /// Until then it is not known what is new: the three below stand still.
  readonly isReadKnown: ReadonlySignal<boolean>;
  /// Up to where this reader has read, on this device.
  readonly readPos: ReadonlySignal<number>;
  /// Where the "new messages" line stands: before the first item with pos ≥ this. Fixed when the room was opened, moved by
  /// `moveUnreadLine` (say it when the page becomes visible again).
  readonly unreadLinePos: ReadonlySignal<number | undefined>;
  /// Published after `readPos`.
  readonly unreadCount: ReadonlySignal<number>;
  /// Never moves back.
  markRead(pos: number): void;
  moveUnreadLine(): void;
}

export interface Item {
  /// Stable while the page is open: the pending bubble's key stays when its published message replaces it.
  readonly key: string;
  /// Absent while pending.
  readonly id?: number;
  readonly pos?: number;
  /// Absent when removed, and of a question that was asked without a name.
  readonly author?: PersonRef;
  readonly mine: boolean;
  /// The source; empty when removed. Shown as it is when `body` is absent (pending, or being edited).
  readonly text: string;
  readonly body?: readonly Node[];
  readonly lang: string;
  /// Milliseconds since 1970, the server's clock; the device's own while pending. 0 when removed.
  readonly at: number;
  readonly editedAt?: number;
  readonly replyTo?: { readonly id: number; readonly pos?: number };
  readonly removed?: { readonly by: RemovedBy };
  /// Most used first.
  readonly reactions: readonly ItemReaction[];
  /// What this device wants of it and the server has not acknowledged; the most pressing one.
  readonly intent?: ItemIntent;
}

export interface UnsentText {
  /// Of the intent.
  readonly key: string;
  readonly text: string;
  /// Absent where it is not known.
  readonly lang?: string;
}

export interface ItemReaction {
  readonly emoji: string;
  readonly count: number;
  readonly mine: boolean;
}

export interface ItemIntent {
  readonly key: string;
  readonly what: 'post' | 'edit' | 'remove' | 'react';
  /// `sending`: on its way. `waiting`: for the network, the join, or an earlier intent. `sent`: acknowledged, its record not
  /// yet here. `failed` and `aged` wait for `retry` or `discard`.
  readonly state: 'sending' | 'waiting' | 'sent' | 'failed' | 'aged';
  readonly problem?: Problem;
}
