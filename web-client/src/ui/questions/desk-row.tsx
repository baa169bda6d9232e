import { ArrowDown, ArrowUp, Star } from 'lucide-preact';

import { language, questionWords, words } from '../../i18n/words';
import type { Question, QuestionAct } from '../../store/question-api';
import { starBefore } from '../../store/question-order';
import { plainText } from '../pieces/rich-text';
import { problemSentence } from '../problem';
import { useSaid } from '../voice';
import type { DeskView } from './desk-view';
import { GoesOn, QuestionFacts } from './question-card';
import { translationFor } from './question-text';
import { useQuestions } from './use-questions';
import { verbsOf } from './verb-list';
import { VoteCount } from './vote-tile';

/** A question on the desk: a press shows what can be done with it. */
export function DeskRow({ question, desk }: { question: Question; desk: DeskView }) {
  const { id, state, starred, act } = question;
  const isSelected = desk.selected.value === id;
  const says = questionWords.value;
  const shown = translationFor(question, language.value) ?? question;
  return (
    <article class={isSelected ? 'question desk-row is-selected' : 'question desk-row'} data-question={id}>
      {state !== 'pending' && <VoteCount count={question.votes} />}
      <div class="question-main">
        <button
          type="button"
          class="desk-press"
          aria-expanded={isSelected}
          onClick={() => desk.select(isSelected ? undefined : id)}
        >
          <span class="desk-text" lang={shown.lang} dir="auto">{shown.body.length === 0 ? shown.text : plainText(shown.body)}</span>
        </button>
        {(state === 'staged' || starred) && (
          <p class="desk-chips">
            {state === 'staged' && <span class="desk-chip is-staged">{says.chipStage}</span>}
            {starred && <span class="desk-chip"><Star size={14} aria-hidden="true" /> {says.chipShortlist}</span>}
          </p>
        )}
        <QuestionFacts question={question} />
        <GoesOn thread={question.thread} />
        {act !== undefined && <ActState act={act} />}
      </div>
      {desk.segment.value === 'shortlist' && <Movers question={question} />}
    </article>
  );
}

function Movers({ question }: { question: Question }) {
  const questions = useQuestions();
  const order = questions.shortlist.value.map(({ id }) => id);
  const says = questionWords.value;
  const mover = (step: -1 | 1) => {
    const to = starBefore(order, question.id, step);
    const label = step === -1 ? says.moveUp : says.moveDown;
    const Icon = step === -1 ? ArrowUp : ArrowDown;
    return (
      <button
        type="button"
        class="icon-button"
        aria-label={label({ text: question.text })}
        aria-disabled={to === undefined}
        onClick={() => {
          if (to !== undefined) questions.star(question.id, true, to.before);
        }}
      >
        <Icon size={20} aria-hidden="true" />
      </button>
    );
  };
  return <div class="movers">{mover(-1)}{mover(1)}</div>;
}

/** What this device wants of it and the server has not said yes to. */
function ActState({ act }: { act: QuestionAct }) {
  const questions = useQuestions();
  const says = questionWords.value;
  if (act.state === 'sending' || act.state === 'sent') return <p class="message-state">{says.saving}</p>;
  if (act.state === 'waiting') {
    return (
      <p class="message-state is-waiting">
        <span>{says.waitingForLine}</span>
        <button type="button" class="link-button" onClick={() => questions.discard(act.key)}>{says.undoWaiting}</button>
      </p>
    );
  }
  return null;
}

/** What the server refused, at the top of the desk wherever its question is now: what did not happen and why. */
export function StoppedActs({ desk }: { desk: DeskView }) {
  const questions = useQuestions();
  return <>{questions.stopped.value.map((question) => <Stopped key={question.id} question={question} desk={desk} />)}</>;
}

function Stopped({ question, desk }: { question: Question; desk: DeskView }) {
  const questions = useQuestions();
  const says = questionWords.value;
  const { act } = question;
  const sentence = act === undefined ? '' : stoppedSentence(question, act);
  useSaid(`stopped ${question.id}`, sentence);
  if (act === undefined) return null;
  const change = (): void => {
    const text = questions.discard(act.key);
    desk.ask(question);
    if (act.what === 'answer') desk.begin(question.answer === undefined ? 'answerWrite' : 'answerChange', text);
    else desk.begin(act.what === 'translate' ? 'translate' : 'dismiss', text);
  };
  const isPast = act.problem?.code === 'state_changed';
  const canChange = act.text !== undefined && verbsOf(question).length > 0;
  return (
    <div class="desk-stopped">
      <p class="desk-stopped-about" lang={question.lang} dir="auto">{question.text}</p>
      <p class="field-error">{sentence}</p>
      {act.text !== undefined && (
        <p class="desk-stopped-text" dir="auto"><strong>{words.value.returned.text}</strong> {act.text}</p>
      )}
      <div class="button-row">
        {!isPast && (
          <button type="button" class="button" onClick={() => questions.retry(act.key)}>{words.value.message.retry}</button>
        )}
        {canChange && <button type="button" class="button" onClick={change}>{says.changeIt}</button>}
        <button
          type="button"
          class="button"
          onClick={() => {
            desk.focusOn.value = 'list';
            questions.discard(act.key);
          }}
        >
          {says.understood}
        </button>
      </div>
    </div>
  );
}

/** What did not happen, and what did meanwhile. */
export function stoppedSentence({ state }: Question, { what, problem, state: sent }: QuestionAct): string {
  const says = questionWords.value;
  const not = {
    publish: says.notPublish,
    dismiss: says.notDismiss,
    stage: says.notStage,
    answer: says.notAnswer,
    reopen: says.notReopen,
    translate: says.notTranslate,
    merge: says.notMerge,
    unmerge: says.notUnmerge,
    withdraw: says.notTakenBack,
    ask: says.notSent,
  }[what];
  const now = {
    pending: says.nowPending,
    published: says.nowPublished,
    staged: says.nowStaged,
    answered: says.nowAnswered,
    dismissed: says.nowDismissed,
    merged: says.nowMerged,
    withdrawn: says.nowWithdrawn,
  }[state];
  if (sent === 'aged' || problem === undefined) return `${not} ${words.value.message.aged}`;
  return problem.code === 'state_changed' ? `${not} ${now}` : `${not} ${problemSentence(words.value, problem)}`;
}
