// A post is to a thread what a message is to a webinar. Here both become an entry, the one thing a log works with: as it was
// published, and as it is wanted.

import type {
  MessageChanged,
  MessageRecord,
  PostChanged,
  PostRecord,
  RemovedMessageRecord,
  RemovedPostRecord,
} from '../protocol/generated';
import type { LiveRecord } from '../sync/channel';
import { isAbout, type Intent, type IntentAbout } from '../sync/intent';
import type { Problem } from './api';

export type Entry = MessageRecord | PostRecord;
export type RemovedEntry = RemovedMessageRecord | RemovedPostRecord;
export type AnyEntry = Entry | RemovedEntry;

export type EntryIntent = IntentAbout<'message'> | IntentAbout<'post'>;

interface Wanted {
  /// Of the intent.
  readonly key: string;
  readonly at: number;
  readonly seen?: number;
  readonly problem?: Problem;
  readonly isAcknowledged: boolean;
}

/// `made`: the entry that it was acknowledged as.
export type WantedPost = Wanted & {
  readonly what: 'post';
  readonly text: string;
  readonly lang?: string;
  readonly replyTo?: number;
  readonly made?: number;
};
export type WantedReaction = Wanted & {
  readonly what: 'react';
  readonly of: number;
  readonly emoji: string;
  readonly on: boolean;
};
export type WantedEdit = Wanted & { readonly what: 'edit'; readonly of: number; readonly text: string };
export type WantedText = WantedPost | WantedEdit;
export type WantedChange =
  | WantedReaction
  | WantedEdit
  | (Wanted & { readonly what: 'remove'; readonly of: number });
export type Want = WantedPost | WantedChange;

export function isEntry(record: LiveRecord): record is AnyEntry {
  return record.type === 'message' || record.type === 'post';
}

export function isRemoved(entry: AnyEntry): entry is RemovedEntry {
  return 'state' in entry;
}

export function isAboutEntry(intent: Intent): intent is EntryIntent {
  return isAbout('message', intent) || isAbout('post', intent);
}

export function wantOf(intent: EntryIntent): Want {
  const { key, at, seen, problem, reply } = intent;
  const wanted: Wanted = {
    key,
    at,
    isAcknowledged: reply !== undefined,
    ...(seen === undefined ? {} : { seen }),
    ...(problem === undefined ? {} : { problem }),
  };
  switch (intent.op) {
    case 'message.post':
    case 'post.write': {
      const { text, lang, replyTo } = intent.args;
      return {
        ...wanted,
        what: 'post',
        text,
        ...(lang === undefined ? {} : { lang }),
        ...(replyTo === undefined ? {} : { replyTo }),
        ...(reply === undefined ? {} : { made: idIn(reply) }),
      };
    }
    case 'message.edit':
    case 'post.edit':
      return { ...wanted, what: 'edit', of: idIn(intent.args), text: intent.args.text };
    case 'message.remove':
    case 'post.remove':
      return { ...wanted, what: 'remove', of: idIn(intent.args) };
    case 'message.react':
    case 'post.react':
      return { ...wanted, what: 'react', of: idIn(intent.args), emoji: intent.args.emoji, on: intent.args.on };
  }
}

function idIn(about: Pick<MessageChanged, 'message'> | Pick<PostChanged, 'post'>): number {
  return 'message' in about ? about.message : about.post;
}
