// An intent: one thing its author wanted of a channel, kept until the server acknowledged it (P30–P34). A value; what
// changes about it makes a new one.

import { retryableErrors, type Error as WireError, type ErrorCode, type Operations } from '../protocol/generated';
import type { Problem } from '../store/api';

export type IntentOperation =
  | 'message.post'
  | 'message.edit'
  | 'message.remove'
  | 'message.react'
  | 'post.write'
  | 'post.edit'
  | 'post.remove'
  | 'post.react'
  | 'question.ask'
  | 'question.withdraw'
  | 'question.vote'
  | 'question.publish'
  | 'question.dismiss'
  | 'question.stage'
  | 'question.answer'
  | 'question.reopen'
  | 'question.translate'
  | 'question.merge'
  | 'question.unmerge'
  | 'question.star'
  | 'appeal.make'
  | 'appeal.decide';

/// Where what was wanted will show: the channel, and from which rev on.
export type Changed = Operations[IntentOperation]['ok'];

interface IntentOf<Name extends IntentOperation> {
  readonly key: string;
  readonly op: Name;
  readonly args: Operations[Name]['args'];
  /// Intents of one lane are sent in order, one at a time. The channel whose records they change.
  readonly lane: string;
  /// Who wants it. 0: the guest who is joining the webinar of this lane.
  readonly person: number;
  /// When it was made, milliseconds since 1970.
  readonly at: number;
  /// The page that sends it; another takes over when that one has ended.
  readonly page: string;
  /// The newest place of the timeline that was shown when it was made: its own record comes after it.
  readonly seen?: number;
  /// Why it was given up; it waits for its author.
  readonly problem?: Problem;
  /// It is old, and its author said to send it all the same.
  readonly confirmed?: true;
  /// How often the server closed the connection over what was in flight.
  readonly closures?: number;
  /// Acknowledged: over once that channel has come to that rev. `epoch`: the run of the server that said so.
  readonly reply?: Operations[Name]['ok'] & { readonly epoch: string };
}

export type Intent = { [Name in IntentOperation]: IntentOf<Name> }[IntentOperation];

/// The intents about one noun, by the first part of their operations' names.
export type IntentAbout<Noun extends string> = Extract<Intent, { readonly op: `${Noun}.${string}` }>;

export function isAbout<Noun extends string>(noun: Noun, intent: Intent): intent is IntentAbout<Noun> {
  return intent.op.startsWith(`${noun}.`);
}

export const agedAfterMs = 60 * 24 * 60 * 60 * 1000;
export const closuresToFail = 2;

/// Close codes that say a frame of ours was at fault: too big, not UTF-8, too many (P7, P8).
const faultCodes: ReadonlySet<number> = new Set([1007, 1009, 4002]);

/// The one place that decides whether the same intent may succeed later (P6).
export function isRetryable(error: WireError): boolean {
  return retryableErrors.has(error.code);
}

export function isAged(intent: Intent, now: number): boolean {
  return !intent.confirmed && now - intent.at > agedAfterMs;
}

const noEntry: readonly ErrorCode[] = ['already_removed', 'not_found'];
const gone: readonly ErrorCode[] = ['not_found'];
const noQuestion: readonly ErrorCode[] = ['state_changed', 'not_found'];

/// By operation, the final errors that leave its author nothing to decide: what was to be reacted to, removed or voted for is
/// no longer there, or takes no votes any more; a question was withdrawn by its asker.
const mootErrors: { readonly [Name in IntentOperation]?: readonly ErrorCode[] } = {
  'message.react': noEntry,
  'message.remove': noEntry,
  'post.react': noEntry,
  'post.remove': noEntry,
  'question.vote': noQuestion,
  'question.star': noQuestion,
  'question.withdraw': gone,
  'question.publish': gone,
  'question.dismiss': gone,
  'question.stage': gone,
  'question.answer': gone,
  'question.reopen': gone,
  'question.translate': gone,
  'question.merge': gone,
  'question.unmerge': gone,
  'appeal.make': ['already_appealed'],
};

export function isMoot(intent: Intent, error: WireError): boolean {
  return mootErrors[intent.op]?.includes(error.code) ?? false;
}

/// What has become of an intent in flight when the connection closed.
export function afterClosing(intent: Intent, code: number): Intent {
  if (!faultCodes.has(code)) return intent;
  const closures = (intent.closures ?? 0) + 1;
  return closures < closuresToFail
    ? { ...intent, closures }
    : { ...intent, closures, problem: { code: 'closed_connection' } };
}
