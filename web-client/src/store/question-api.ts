// What a screen may read and do about the questions of a webinar. Types only, as api.ts.

import type { ReadonlySignal } from '@preact/signals';
import type {
  Node,
  OwnAppeal,
  PersonRef,
  QuestionAnswer,
  QuestionRules,
  QuestionState,
  QuestionTranslation,
} from '../protocol/generated';
import type { ItemIntent, Outcome, Problem } from './api';

export interface Questions {
  /// `loading`: nothing to show yet. `ready`: there is something, perhaps of the last visit. `failed`: refused for now; it is
  /// asked again by itself.
  readonly status: ReadonlySignal<'loading' | 'ready' | 'failed'>;
  /// What waits for a host; `closed` for whom it is not.
  readonly desk: ReadonlySignal<'closed' | 'loading' | 'ready' | 'failed'>;

  /// The one being answered now.
  readonly staged: ReadonlySignal<Question | undefined>;
  /// Published and on stage, the oldest first.
  readonly open: ReadonlySignal<readonly Question[]>;
  /// The last answered first.
  readonly answered: ReadonlySignal<readonly Question[]>;
  /// The reader's own, the last asked first, without the dismissals they have closed.
  readonly own: ReadonlySignal<readonly OwnQuestion[]>;
  closeDismissal(question: OwnQuestion): void;
  /// For hosts: what waits, the oldest first; what was not published, the last asked first; their shortlist in its order.
  readonly toReview: ReadonlySignal<readonly Question[]>;
  readonly dismissed: ReadonlySignal<readonly Question[]>;
  readonly shortlist: ReadonlySignal<readonly Question[]>;
  /// Those with an act that the server refused, wherever they stand now.
  readonly stopped: ReadonlySignal<readonly Question[]>;
  /// Any that this reader may know of, merged ones too.
  find(question: number): Question | undefined;
  /// Grows with every change.
  readonly version: ReadonlySignal<number>;

  /// Published since the reader last looked, without their own.
  readonly unseen: ReadonlySignal<number>;
  markSeen(): void;

  /// What is being asked; kept on the device as one types, and cleared by `ask`.
  readonly draft: ReadonlySignal<QuestionDraft>;
  saveDraft(draft: QuestionDraft): void;

  /// It is in `own` when this returns. `anonymous` only where the webinar leaves the choice.
  ask(text: string, lang: string, anonymous?: boolean): void;
  withdraw(question: number): void;
  vote(question: number, on: boolean): void;

  // Hosts and moderators. What a screen shows changes at once; what the server refuses shows in `Question.act`.
  publish(question: number): void;
  dismiss(question: number, reason: string): void;
  stage(question: number, on: boolean): void;
  /// Without a text it was answered aloud.
  answer(question: number, written?: { text: string; lang: string }): void;
  reopen(question: number): void;
  /// Without a text the translation is taken away.
  translate(question: number, lang: string, text?: string): void;
  merge(question: number, into: number): void;
  unmerge(question: number): void;
  /// `before`: the starred one it goes in front of; absent: to the end.
  star(question: number, on: boolean, before?: number): void;

  /// Sends again what failed or is old; by `QuestionAct.key`.
  retry(actKey: string): void;
  /// Gives up what is not on its way, and returns the text that was written for it.
  discard(actKey: string): string | undefined;

  /// Hosts and administrators.
  setRules(rules: QuestionRules): Promise<Outcome<true>>;
}

export interface QuestionDraft {
  text: string;
  /// The interface's language where absent.
  lang?: string;
  anonymous?: boolean;
}

/// Immutable: a changed question is a new object, all others stay identical.
export interface Question {
  readonly id: number;
  /// As this reader wants it, where the server has not said so yet.
  readonly state: QuestionState;
  /// Absent: anonymous.
  readonly author?: PersonRef;
  readonly mine: boolean;
  readonly text: string;
  readonly body: readonly Node[];
  readonly lang: string;
  readonly at: number;
  /// Absent until it was published.
  readonly publishedAt?: number;
  readonly answeredAt?: number;
  /// In writing. `body` is empty while it is on its way.
  readonly answer?: QuestionAnswer;
  readonly translations: readonly QuestionTranslation[];
  /// Those whose votes count here.
  readonly merged: readonly number[];
  readonly mergedInto?: number;
  readonly reason?: string;
  readonly votes: number;
  /// The reader's vote, also for one that was merged into this.
  readonly voted: boolean;
  readonly starred: boolean;
  /// Where it goes on after the webinar.
  readonly thread?: number;
  /// What this device wants of it and the server has not acknowledged; the most pressing one. Votes and stars are silent.
  readonly act?: QuestionAct;
}

export type QuestionDeed =
  | 'ask'
  | 'withdraw'
  | 'publish'
  | 'dismiss'
  | 'stage'
  | 'answer'
  | 'reopen'
  | 'translate'
  | 'merge'
  | 'unmerge';

export interface QuestionAct {
  readonly key: string;
  readonly what: QuestionDeed;
  readonly state: ItemIntent['state'];
  readonly problem?: Problem;
  /// What was written for it.
  readonly text?: string;
}

export interface OwnQuestion {
  /// Stable while the page is open: the pending one's key stays when its record replaces it.
  readonly key: string;
  /// Absent while it is on its way.
  readonly id?: number;
  readonly state: QuestionState;
  readonly anonymous: boolean;
  readonly text: string;
  readonly lang: string;
  readonly at: number;
  readonly reason?: string;
  readonly mergedInto?: number;
  readonly answer?: QuestionAnswer;
  /// Until when a dismissed one can be appealed.
  readonly appealUntil?: number;
  readonly appeal?: OwnAppeal;
  /// Where it goes on after the webinar, or the one it was merged into.
  readonly thread?: number;
  readonly act?: QuestionAct;
}
