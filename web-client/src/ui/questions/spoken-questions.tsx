import { useEffect, useRef } from 'preact/hooks';

import { questionWords } from '../../i18n/words';
import type { QuestionState } from '../../protocol/generated';
import type { OwnQuestion } from '../../store/question-api';
import { plainText } from '../pieces/rich-text';
import { useRoomView } from '../room/room-view';
import { announcer } from '../voice';
import { useQuestions } from './use-questions';

const longestText = 200;

/** Says aloud what happens to questions, whichever part is shown: one's own first, then the stage, then what waits. */
export function SpokenQuestions() {
  useOwn();
  useStage();
  useWaiting();
  return null;
}

function stateOf({ state, act }: OwnQuestion): string {
  if (act?.what === 'ask') return act.state === 'failed' || act.state === 'aged' ? 'stopped' : 'sending';
  return state;
}

function useOwn(): void {
  const own = useQuestions().own.value;
  const before = useRef<Map<string, string> | undefined>(undefined);
  useEffect(() => {
    const last = before.current;
    before.current = new Map(own.map((question) => [question.key, stateOf(question)]));
    if (last === undefined) return;
    for (const question of own) {
      const state = stateOf(question);
      const was = last.get(question.key);
      if (was === undefined || was === state) continue;
      const sentence = sentenceOf(was, state);
      if (sentence !== undefined) announcer.say(`question ${question.key}`, sentence);
    }
  }, [own]);
}

function sentenceOf(was: string, state: string): string | undefined {
  const says = questionWords.value;
  if (state === 'stopped') return says.saidNotSent;
  if (was === 'sending' && state === 'pending') return says.saidSent;
  const sentences: Partial<Record<QuestionState, string>> = {
    published: says.saidPublished,
    staged: says.saidStaged,
    answered: says.saidAnswered,
    dismissed: says.saidDismissed,
    merged: says.saidMerged,
  };
  return sentences[state as QuestionState];
}

function useStage(): void {
  const questions = useQuestions();
  const staged = questions.staged.value;
  const before = useRef(staged?.id);
  useEffect(() => {
    if (staged !== undefined && staged.id !== before.current && !staged.mine) {
      const text = (staged.body.length === 0 ? staged.text : plainText(staged.body)).slice(0, longestText);
      announcer.say('stage', questionWords.value.saidOnStage({ text }));
    }
    before.current = staged?.id;
  }, [staged?.id]);
}

/** Hosts hear how many wait when there is one more; the announcer sees to it that this is not too often. */
function useWaiting(): void {
  const { room } = useRoomView();
  const questions = useQuestions();
  const count = questions.toReview.value.length;
  const before = useRef<number | undefined>(undefined);
  const isKnown = questions.desk.value === 'ready';
  useEffect(() => {
    if (!isKnown) return;
    if (room.moderates.value && before.current !== undefined && count > before.current) {
      announcer.say('to review', questionWords.value.saidToReview({ count }));
    }
    before.current = count;
  }, [count, isKnown]);
}
