// What every part of these screens begins with.

import type { PersonRef, QuestionRules, WebinarRecord } from '../../protocol/generated';
import type { Questions } from '../../store/question-api';
import { questionWords, words } from '../../i18n/words';
import { useClient } from '../client-context';
import { useRoomView } from '../room/room-view';

/** For screens that are drawn only when the room has opened its questions. */
export function useQuestions(): Questions {
  const questions = useRoomView().room.questions.value;
  if (questions === undefined) throw new Error('the questions are not open');
  return questions;
}

const usualRules: QuestionRules = { open: true, review: true, names: 'optional' };

/** A record that this device holds from before there were questions says nothing of them. */
export function rulesOf(record: WebinarRecord | undefined): QuestionRules {
  return (record as { readonly questions?: QuestionRules } | undefined)?.questions ?? usualRules;
}

const dayMs = 24 * 60 * 60 * 1000;

/** Whether one can ask, and why not. */
export function useAsking(): 'yes' | 'paused' | 'over' | 'join' {
  const { room } = useRoomView();
  const { limits } = useClient();
  const record = room.record.value;
  const { closedAt } = record ?? {};
  if (record?.state === 'ended' && closedAt !== undefined && closedAt + limits.value.questionDaysAfterClose * dayMs < Date.now()) {
    return 'over';
  }
  if (!rulesOf(record).open) return 'paused';
  return room.role.value === 'visitor' ? 'join' : 'yes';
}

export function useVotes(): boolean {
  return useRoomView().room.role.value !== 'visitor';
}

export function askerName(question: { readonly mine: boolean; readonly author?: PersonRef }): string {
  if (question.mine) return words.value.message.you;
  return question.author?.name ?? questionWords.value.anonymous;
}
