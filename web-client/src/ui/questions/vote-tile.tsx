import { Check, ChevronUp } from 'lucide-preact';

import { questionWords, words } from '../../i18n/words';
import type { Question } from '../../store/question-api';
import { plainText } from '../pieces/rich-text';
import { useQuestions, useVotes } from './use-questions';

/** How many want to hear the answer, as a large number; pressed, one is among them. */
export function VoteTile({ question }: { question: Question }) {
  const questions = useQuestions();
  const votes = useVotes();
  const { id, state, voted, votes: count } = question;
  const isPressable = votes && (state === 'published' || state === 'staged');
  if (!isPressable) return <VoteCount count={count} />;
  const text = question.body.length === 0 ? question.text : plainText(question.body);
  return (
    <button
      type="button"
      class={voted ? 'vote is-mine' : 'vote'}
      aria-pressed={voted}
      aria-label={questionWords.value.voteFor({ count, text })}
      onClick={() => questions.vote(id, !voted)}
    >
      {voted ? <Check size={18} aria-hidden="true" /> : <ChevronUp size={18} aria-hidden="true" />}
      <Number count={count} />
    </button>
  );
}

export function VoteCount({ count }: { count: number }) {
  return <p class="vote is-still"><Number count={count} /></p>;
}

function Number({ count }: { count: number }) {
  return (
    <>
      <span class="vote-number">{words.value.webinar.hereShort({ count })}</span>{' '}
      <span class="vote-word">{questionWords.value.voteWord({ count })}</span>
    </>
  );
}
