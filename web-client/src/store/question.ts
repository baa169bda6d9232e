// How one question looks: its records, the reader's own vote, and over them what this device wants of it.

import type { AskedRecord, QuestionRecord, QuestionState, QuestionTranslation, ReviewRecord } from '../protocol/generated';
import type { IntentAbout } from '../sync/intent';
import type { SendState } from '../sync/outbox';
import type { OwnQuestion, Question, QuestionAct, QuestionDeed } from './question-api';

export type QuestionIntent = IntentAbout<'question'>;

export interface QuestionWish {
  readonly intent: QuestionIntent;
  readonly state: SendState;
}

export interface QuestionParts {
  /// Where both are here for a moment, what everyone may read counts.
  readonly record: QuestionRecord | undefined;
  readonly review: ReviewRecord | undefined;
  /// Absent until they were counted once.
  readonly votes: number | undefined;
  /// Added to or taken from what was counted, acknowledged and not yet in it.
  readonly uncounted: number;
  /// The reader's votes for this one and for those merged into it.
  readonly votedFor: (question: number) => boolean;
  /// Of the review records; a question that everyone reads says it itself.
  readonly mergedInto: readonly number[];
  readonly isMine: boolean;
  readonly isStarred: boolean;
  /// In the order they were made.
  readonly wishes: readonly QuestionWish[];
  /// The one that this device wants on stage.
  readonly wishedOnStage: number | undefined;
}

type Shown = Omit<Question, 'votes' | 'voted' | 'starred' | 'mine' | 'act'>;

export function isGivenUp({ state }: { readonly state: SendState }): boolean {
  return state === 'failed' || state === 'aged';
}

export function isPublic(state: QuestionState): boolean {
  return state === 'published' || state === 'staged' || state === 'answered';
}

/// Undefined where neither record is here.
export function makeQuestion(parts: QuestionParts): Question | undefined {
  const base = baseOf(parts);
  if (!base) return undefined;
  const shown = wished(base, parts);
  const act = mostPressing(parts.wishes);
  const { voted, votes } = votesOf(parts, [base.id, ...shown.merged]);
  const starred = parts.isStarred && (shown.state === 'published' || shown.state === 'staged');
  return { ...shown, mine: parts.isMine, voted, votes, starred, ...(act ? { act } : {}) };
}

function baseOf({ record, review, mergedInto }: QuestionParts): Shown | undefined {
  if (record) {
    const { type: _, rev: __, pos: ___, ...shown } = record;
    return shown;
  }
  if (!review) return undefined;
  const { type: _, rev: __, pos: ___, ...shown } = review;
  return { ...shown, translations: [], merged: mergedInto };
}

function wished(base: Shown, { wishes, wishedOnStage }: QuestionParts): Shown {
  const others = wishedOnStage !== undefined && wishedOnStage !== base.id && base.state === 'staged';
  const start: Shown = others ? { ...base, state: 'published' } : base;
  return wishes.reduce((shown, wish) => (isGivenUp(wish) ? shown : after(shown, wish.intent)), start);
}

function without<Name extends keyof Shown>(shown: Shown, ...names: Name[]): Omit<Shown, Name> {
  const rest = { ...shown };
  for (const name of names) delete rest[name];
  return rest;
}

/// What it will be once the server has done this.
function after(shown: Shown, intent: QuestionIntent): Shown {
  switch (intent.op) {
    case 'question.publish':
      return published(without(shown, 'reason'), intent.at);
    case 'question.dismiss':
      return { ...shown, state: 'dismissed', reason: intent.args.reason };
    case 'question.stage':
      if (intent.args.on) return { ...published(without(shown, 'reason', 'answeredAt'), intent.at), state: 'staged' };
      return shown.state === 'staged' ? { ...shown, state: 'published' } : shown;
    case 'question.answer':
      return answered(shown, intent);
    case 'question.reopen':
      return { ...without(shown, 'answer', 'answeredAt'), state: 'published' };
    case 'question.translate':
      return { ...shown, translations: translated(shown.translations, intent) };
    case 'question.merge':
      return { ...shown, state: 'merged', mergedInto: intent.args.into };
    case 'question.withdraw':
      return { ...shown, state: 'withdrawn' };
    default:
      return shown;
  }
}

function published(shown: Shown, at: number): Shown {
  return { ...shown, state: 'published', publishedAt: shown.publishedAt ?? at };
}

function answered(shown: Shown, { args, at }: Extract<QuestionIntent, { op: 'question.answer' }>): Shown {
  const state = { state: 'answered', answeredAt: shown.answeredAt ?? at } as const;
  const { text, lang = shown.lang } = args;
  const open = published(without(shown, 'reason'), at);
  if (text === undefined) return { ...open, ...state };
  return { ...open, ...state, answer: { text, lang, body: [], by: nobody, at } };
}

/// Whoever uses this device; their name comes with the record.
const nobody = { id: 0, name: '' };

function translated(
  before: readonly QuestionTranslation[],
  { args: { lang, text }, at }: Extract<QuestionIntent, { op: 'question.translate' }>,
): readonly QuestionTranslation[] {
  const others = before.filter((one) => one.lang !== lang);
  return text === undefined ? others : [...others, { lang, text, body: [], by: nobody, at }];
}

function votesOf(parts: QuestionParts, group: readonly number[]): { voted: boolean; votes: number } {
  const counted = group.some(parts.votedFor);
  let voted = counted;
  for (const wish of parts.wishes) {
    if (wish.intent.op === 'question.vote' && !isGivenUp(wish)) voted = wish.intent.args.on;
  }
  if (parts.votes === undefined) return { voted, votes: voted ? 1 : 0 };
  const change = (voted ? 1 : 0) - (counted ? 1 : 0);
  return { voted, votes: Math.max(0, parts.votes + change + parts.uncounted) };
}

/// What its author would not want to write again.
export function textOf({ op, args }: Pick<QuestionIntent, 'op' | 'args'>): string | undefined {
  if ('text' in args) return args.text;
  return op === 'question.dismiss' && 'reason' in args ? args.reason : undefined;
}

export function actOf({ intent, state }: QuestionWish): QuestionAct {
  const text = textOf(intent);
  const act = {
    key: intent.key,
    what: intent.op.slice('question.'.length) as QuestionDeed,
    state,
    ...(text === undefined ? {} : { text }),
  };
  if (state === 'aged') return { ...act, problem: { code: 'aged' } };
  return intent.problem ? { ...act, problem: intent.problem } : act;
}

/// What needs its author first, then the last. A vote and a star show by themselves.
function mostPressing(wishes: readonly QuestionWish[]): QuestionAct | undefined {
  const acts = wishes.filter(({ intent: { op } }) => op !== 'question.vote' && op !== 'question.star');
  const shown = acts.find(isGivenUp) ?? acts[acts.length - 1];
  return shown && actOf(shown);
}

/// `wishes`: of this question.
export function makeOwn(key: string, record: AskedRecord, wishes: readonly QuestionWish[]): OwnQuestion {
  const { type: _, rev: __, pos: ___, ...own } = record;
  const withdrawal = wishes.find(({ intent }) => intent.op === 'question.withdraw');
  if (!withdrawal) return { key, ...own };
  const state = isGivenUp(withdrawal) ? own.state : 'withdrawn';
  return { key, ...own, state, act: actOf(withdrawal) };
}

export function makeAsking(wish: QuestionWish & { readonly intent: { readonly op: 'question.ask' } }): OwnQuestion {
  const { key, at, args } = wish.intent as Extract<QuestionIntent, { op: 'question.ask' }>;
  const { text, lang = 'und', anonymous = false } = args;
  return { key, state: 'pending', anonymous, text, lang, at, act: actOf(wish) };
}
