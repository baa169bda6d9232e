// What a screen may read and do about What's New. Types only, as api.ts.

import type { ReadonlySignal } from '@preact/signals';
import type { ActivityRecord } from '../protocol/generated';
import type { Outcome } from './api';

export interface News {
  /// `ready`: there is something, perhaps of the last visit. `failed`: refused for now; it is asked again by itself.
  readonly state: ReadonlySignal<'loading' | 'ready' | 'failed'>;
  /// All of it has come from the server at least once since the page was opened.
  readonly isCurrent: ReadonlySignal<boolean>;
  /// What this reader may know of, the newest first.
  readonly activities: ReadonlySignal<readonly ActivityRecord[]>;
  /// Up to where the reader has seen them. Undefined: nowhere yet, or it is not known.
  readonly mark: ReadonlySignal<number | undefined>;
  /// How many are beyond the mark, without those that the reader made.
  readonly unseen: ReadonlySignal<number>;
  /// Up to and with `seq`; it never goes back.
  markSeen(seq: number): Promise<Outcome<true>>;
}
