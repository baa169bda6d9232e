// What this browser keeps between visits, as the sync engine sees it. Every promise may reject; guarded-disk.ts decides
// what that means. Writes of one page happen in the order they were asked for.

import type { Cursor, LiveRecord } from './channel';
import type { Intent } from './intent';
import type { Range } from './ranges';

export interface StoredChannel {
  readonly cursor: Cursor;
  /// The newest stretch of the timeline, whole; undefined where it is empty.
  readonly range: Range | undefined;
  readonly records: readonly LiveRecord[];
}

export interface ChannelWrite {
  readonly channel: string;
  /// What this page believes to be stored; undefined: it does not know.
  readonly base: Cursor | undefined;
  readonly cursor: Cursor;
  readonly range: Range | undefined;
  readonly put: readonly LiveRecord[];
  readonly gone: readonly LiveRecord[];
  /// All that is to be stored, for when something else than `base` is.
  whole(): readonly LiveRecord[];
}

/// Small values by name: who one is, drafts, read marks.
export type Note = { readonly [name: string]: unknown } | readonly unknown[];

export interface Disk {
  readChannel(channel: string): Promise<StoredChannel | undefined>;
  /// One transaction: the cursor never moves without its records. Where another page is further in the same run, nothing is
  /// written. Resolves to what is stored now; undefined where that is not known.
  writeChannel(write: ChannelWrite): Promise<Cursor | undefined>;
  eraseChannel(channel: string): Promise<void>;
  eraseAllChannels(): Promise<void>;

  readIntents(): Promise<Intent[]>;
  /// In one transaction with the erasing of `note`, the draft it was made from.
  putIntent(intent: Intent, note?: string): Promise<void>;
  eraseIntent(key: string): Promise<void>;

  readNote(name: string): Promise<Note | undefined>;
  writeNote(name: string, note: Note): Promise<void>;
  eraseNote(name: string): Promise<void>;

  eraseEverything(): Promise<void>;
}
