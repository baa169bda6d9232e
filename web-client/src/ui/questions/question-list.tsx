import { ArrowDown, ArrowDownWideNarrow } from 'lucide-preact';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';

import { questionWords } from '../../i18n/words';
import type { Question } from '../../store/question-api';
import { arranged, byVotes, isOutdated } from '../../store/question-order';
import { announcer } from '../voice';
import { QuestionCard } from './question-card';
import { useQuestions } from './use-questions';

const pageLength = 50;

interface ListProps {
  scroller: RefObject<HTMLElement>;
  /** No other part is before it. */
  shown: boolean;
}

/** What one can vote for, in an order that stays while one looks; below it what was answered. */
export function QuestionList({ scroller, shown }: ListProps) {
  const questions = useQuestions();
  const open = questions.open.value.filter(({ mine, state }) => !mine && state !== 'staged');
  const { listed, sort } = useStillOrder(open, { scroller, shown });
  const length = useSignal(pageLength);
  const end = useRef<HTMLDivElement>(null);
  const fresh = useFresh(listed, scroller, end);
  const says = questionWords.value;
  const showFresh = (): void => {
    length.value = Math.max(length.value, listed.length);
    const first = fresh.questions[0];
    fresh.see();
    if (first !== undefined) requestAnimationFrame(() => point(scroller.current, first.id));
  };
  return (
    <>
      {listed.length > 0 && (
        <section class="question-section" aria-labelledby="questions-waiting">
          <div class="question-section-head">
            <h2 id="questions-waiting" class="question-section-title">{says.waiting}</h2>
            {isOutdated(listed) && (
              <button
                type="button"
                class="button is-plain"
                onClick={() => {
                  sort();
                  fresh.see();
                }}
              >
                <ArrowDownWideNarrow size={20} aria-hidden="true" />
                <span>{says.sortAgain}</span>
              </button>
            )}
          </div>
          <ol class="question-rows">
            {listed.slice(0, length.value).map((question) => <li key={question.id}><QuestionCard question={question} /></li>)}
          </ol>
          {listed.length > length.value && (
            <button type="button" class="button" onClick={() => (length.value += pageLength)}>{says.showMore}</button>
          )}
        </section>
      )}
      <div class="question-end" ref={end} />
      {fresh.questions.length > 0 && (
        <button type="button" class="fresh-questions" onClick={showFresh}>
          <ArrowDown size={18} aria-hidden="true" />
          <span>{says.newOnes({ count: fresh.questions.length })}</span>
        </button>
      )}
      <Answered questions={questions.answered.value} />
    </>
  );
}

/** The order is taken when the reader comes to the top of the list, and when they ask for it: never under their finger. */
function useStillOrder(open: readonly Question[], { scroller, shown }: ListProps): { listed: Question[]; sort(): void } {
  const { status } = useQuestions();
  const order = useRef<readonly number[] | undefined>(undefined);
  const wasShown = useRef(false);
  const sorted = useSignal(0);
  void sorted.value;
  const take = (): void => {
    order.current = byVotes(open).map(({ id }) => id);
  };
  const comes = shown && !wasShown.current && (scroller.current?.scrollTop ?? 0) < 1;
  if (status.value === 'ready' && (order.current === undefined || comes)) take();
  useLayoutEffect(() => {
    wasShown.current = shown;
  }, [shown]);
  const sort = (): void => {
    take();
    sorted.value += 1;
    announcer.say('sorted', questionWords.value.saidSorted);
  };
  return { listed: arranged(open, order.current ?? []), sort };
}

/** What was published below what the reader sees, until they have come to the end of the list. */
function useFresh(
  listed: readonly Question[],
  scroller: RefObject<HTMLElement>,
  end: RefObject<HTMLElement>,
): { questions: readonly Question[]; see(): void } {
  const { status } = useQuestions();
  const seen = useSignal<ReadonlySet<number> | undefined>(undefined);
  const endIsSeen = useSignal(true);
  useEffect(() => {
    if (end.current === null) return undefined;
    const watcher = new IntersectionObserver(
      (entries) => (endIsSeen.value = entries[entries.length - 1]?.isIntersecting ?? true),
      { root: scroller.current },
    );
    watcher.observe(end.current);
    return () => watcher.disconnect();
  }, []);
  const isReady = status.value === 'ready';
  const questions = listed.filter(({ id }) => seen.value?.has(id) === false);
  const see = (): void => {
    seen.value = new Set(listed.map(({ id }) => id));
  };
  useEffect(() => {
    if (isReady && (seen.value === undefined || (endIsSeen.value && questions.length > 0))) see();
  });
  return { questions: endIsSeen.value ? [] : questions, see };
}

/** Brings a question into view and puts the keyboard on it. */
export function point(scroller: HTMLElement | null, question: number): void {
  const card = scroller?.querySelector<HTMLElement>(`[data-question="${question}"]`);
  card?.scrollIntoView({ block: 'center' });
  card?.focus({ preventScroll: true });
}

function Answered({ questions }: { questions: readonly Question[] }) {
  const isOpen = useSignal(false);
  const length = useSignal(pageLength);
  const says = questionWords.value;
  if (questions.length === 0) return null;
  return (
    <details class="question-section is-answered" onToggle={(event) => (isOpen.value = event.currentTarget.open)}>
      <summary class="question-section-title">{says.answered({ count: questions.length })}</summary>
      {isOpen.value && (
        <>
          <ol class="question-rows">
            {questions.slice(0, length.value).map((question) => <li key={question.id}><QuestionCard question={question} /></li>)}
          </ol>
          {questions.length > length.value && (
            <button type="button" class="button" onClick={() => (length.value += pageLength)}>{says.showMore}</button>
          )}
        </>
      )}
    </details>
  );
}
