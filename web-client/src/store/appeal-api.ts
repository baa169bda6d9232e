// What a screen may read and do about appeals (P60–P62) and about the summary of a webinar that has closed (P63). Types only.

import type { ReadonlySignal } from '@preact/signals';
import type { AppealRecord, AppealTarget, SummaryRecord } from '../protocol/generated';
import type { ItemIntent, Problem } from './api';

/// What was taken from its author: a removed message, or a dismissed question.
export interface Taken {
  readonly target: AppealTarget;
  readonly id: number;
}

export interface Appeals {
  /// `closed`: this reader decides nothing here.
  readonly desk: ReadonlySignal<'closed' | 'loading' | 'ready' | 'failed'>;
  /// Open ones, oldest first; where the reader may decide them and where not.
  readonly open: ReadonlySignal<readonly Appeal[]>;
  /// Those the reader may decide.
  readonly waiting: ReadonlySignal<number>;
  /// The one decided last first.
  readonly decided: ReadonlySignal<readonly Appeal[]>;
  find(appeal: number): Appeal | undefined;
  /// What this device has asked for and the server has not acknowledged.
  asked(taken: Taken): AppealAct | undefined;
  make(taken: Taken, text: string): void;
  decide(appeal: number, overturn: boolean, answer: string): void;
  /// Of a failed or aged act.
  retry(actKey: string): void;
  /// Gives up what is not on its way; its text.
  discard(actKey: string): string | undefined;
}

export interface Appeal extends Omit<AppealRecord, 'type' | 'rev' | 'pos'> {
  /// The reader removed or dismissed it.
  readonly decidedByMe: boolean;
  /// One of the two, or the reader wrote it: somebody else decides.
  readonly isForOthers: boolean;
  readonly answeredByMe: boolean;
  /// The decision that this device has made and the server has not acknowledged.
  readonly act?: AppealAct;
}

export interface AppealAct {
  readonly key: string;
  readonly text: string;
  readonly overturn?: boolean;
  readonly state: ItemIntent['state'];
  readonly problem?: Problem;
}

export interface Summary {
  /// `none`: the webinar has not closed yet. `closed`: not for this reader.
  readonly status: ReadonlySignal<'closed' | 'loading' | 'ready' | 'none' | 'failed'>;
  readonly record: ReadonlySignal<SummaryRecord | undefined>;
}
