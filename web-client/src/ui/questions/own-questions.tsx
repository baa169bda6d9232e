import { useEffect, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';

import { questionWords, words } from '../../i18n/words';
import type { OwnQuestion } from '../../store/question-api';
import { SecondLook } from '../appeals/lazy';
import { problemSentence } from '../problem';
import { LanguageTag } from '../pieces/language-tag';
import { Moment } from '../pieces/moment';
import { Answer, GoesOn, QuestionFacts } from './question-card';
import { QuestionText, Written } from './question-text';
import { readableReason } from './reasons';
import { useQuestions } from './use-questions';
import { useAskForm } from './ask-view';
import { VoteTile } from './vote-tile';

/** What one asked oneself, first and with its state in words: never a grey blank. */
export function OwnQuestions() {
  const questions = useQuestions();
  return <OwnList own={questions.own.value} />;
}

/** For a host, whose questions stand among the others: only what is on its way. */
export function OwnAsking() {
  const questions = useQuestions();
  return <OwnList own={questions.own.value.filter(({ act }) => act?.what === 'ask')} />;
}

function OwnList({ own }: { own: readonly OwnQuestion[] }) {
  const heading = useRef<HTMLHeadingElement>(null);
  if (own.length === 0) return null;
  return (
    <section class="question-section is-own" aria-labelledby="questions-own">
      <h2 id="questions-own" class="question-section-title" tabIndex={-1} ref={heading}>{questionWords.value.yours}</h2>
      <ul class="question-rows">
        {own.map((question) => (
          <li key={question.key}>
            <OwnCard question={question} leave={() => heading.current?.focus()} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface OwnProps {
  question: OwnQuestion;
  /** The focus goes elsewhere: what had it is about to go. */
  leave(): void;
}

function OwnCard({ question, leave }: OwnProps) {
  const questions = useQuestions();
  void questions.version.value;
  const { id, state, act, anonymous } = question;
  const everyones = id === undefined ? undefined : questions.find(id);
  const isOpen = state === 'published' || state === 'staged';
  const says = questionWords.value;
  return (
    <article class={`question is-own is-${state}`} data-question={id} tabIndex={-1}>
      {everyones !== undefined && state !== 'dismissed' && <VoteTile question={everyones} />}
      <div class="question-main">
        {act?.what === 'ask' ? <AskState question={question} /> : <StateWords question={question} />}
        {everyones === undefined ? (
          <>
            <Written text={question.text} body={[]} lang={question.lang} />
            <p class="question-facts">
              <Moment at={question.at} />
              <LanguageTag tag={question.lang} />
            </p>
          </>
        ) : (
          <>
            <QuestionText question={everyones} />
            <QuestionFacts question={everyones} />
          </>
        )}
        {anonymous && <p class="question-facts"><span>{says.withoutName}</span></p>}
        {state === 'answered' && <Answer answer={question.answer} />}
        {state === 'dismissed' && <Dismissal question={question} leave={leave} />}
        {state !== 'dismissed' && question.appeal !== undefined && <OwnSecondLook question={question} />}
        {state === 'merged' && <MergedInto question={question} />}
        <GoesOn thread={question.thread ?? everyones?.thread} />
        {act?.what === 'ask' && <AskActs question={question} leave={leave} />}
        {id !== undefined && (isOpen || state === 'pending') && <TakeBack id={id} leave={leave} />}
      </div>
    </article>
  );
}

function StateWords({ question: { state, act } }: { question: OwnQuestion }) {
  const says = questionWords.value;
  const sentences: Partial<Record<OwnQuestion['state'], string>> = {
    pending: says.pending,
    published: says.published,
    staged: says.staged,
    answered: says.answeredHere,
    dismissed: says.dismissed,
    merged: says.merged,
  };
  const failed = act?.state === 'failed' || act?.state === 'aged';
  return (
    <>
      <p class={`own-state is-${state}`}>{sentences[state]}</p>
      {failed && act.problem !== undefined && (
        <p class="field-error">{says.notTakenBack} – {problemSentence(words.value, act.problem)}</p>
      )}
    </>
  );
}

/** On its way to the server; or stopped, and why. */
function AskState({ question: { act } }: { question: OwnQuestion }) {
  const says = words.value.message;
  if (act === undefined) return null;
  if (act.state === 'failed' || act.state === 'aged') {
    const isNames = act.problem?.code === 'out_of_range' && act.problem.field === 'anonymous';
    const why = act.problem === undefined || act.state === 'aged' ? '' : problemSentence(words.value, act.problem);
    return (
      <p class="own-state is-stopped">
        <strong>{act.state === 'aged' ? says.aged : questionWords.value.notSent}</strong>
        {why !== '' && ` – ${isNames ? questionWords.value.namesChanged : why}`}
      </p>
    );
  }
  return <p class="own-state is-sending">{act.state === 'waiting' ? says.waiting : act.state === 'sent' ? says.sent : says.sending}</p>;
}

/** A failed one can be sent again, changed, or given up; one that waits for the line can still be changed. */
function AskActs({ question, leave }: OwnProps) {
  const questions = useQuestions();
  const form = useAskForm();
  const { act } = question;
  const says = words.value.message;
  if (act === undefined || act.state === 'sending' || act.state === 'sent') return null;
  const stopped = act.state === 'failed' || act.state === 'aged';
  const change = (): void => {
    questions.discard(act.key);
    form.refill(question);
  };
  return (
    <div class="button-row own-acts">
      {stopped && (
        <button type="button" class="button is-main" onClick={() => questions.retry(act.key)}>
          {act.state === 'aged' ? says.sendNow : says.retry}
        </button>
      )}
      <button type="button" class="button" onClick={change}>{questionWords.value.changeIt}</button>
      <button
        type="button"
        class="button is-plain"
        onClick={() => {
          leave();
          questions.discard(act.key);
        }}
      >
        {says.discard}
      </button>
    </div>
  );
}

/** Nobody is moderated in silence: the reason, the text above it, and the way to ask again. */
function Dismissal({ question, leave }: OwnProps) {
  const questions = useQuestions();
  const form = useAskForm();
  const says = questionWords.value;
  return (
    <>
      {question.reason !== undefined && (
        <p class="own-reason" dir="auto">
          <span class="own-reason-label">{says.reason}</span> {readableReason(question.reason)}
        </p>
      )}
      <OwnSecondLook question={question} />
      <div class="button-row own-acts">
        <button
          type="button"
          class="button is-main"
          onClick={() => {
            form.refill(question);
            questions.closeDismissal(question);
          }}
        >
          {says.askAgain}
        </button>
        <button
          type="button"
          class="button"
          onClick={() => {
            leave();
            questions.closeDismissal(question);
          }}
        >
          {says.readIt}
        </button>
      </div>
    </>
  );
}

function OwnSecondLook({ question: { id, appealUntil, appeal } }: { question: OwnQuestion }) {
  if (id === undefined || (appeal === undefined && appealUntil === undefined)) return null;
  return <SecondLook taken={{ target: 'question', id }} until={appealUntil ?? 0} appeal={appeal} />;
}

function MergedInto({ question }: { question: OwnQuestion }) {
  const questions = useQuestions();
  const into = question.mergedInto === undefined ? undefined : questions.find(question.mergedInto);
  if (into === undefined) return null;
  return (
    <div class="question is-inner">
      <VoteTile question={into} />
      <div class="question-main">
        <QuestionText question={into} />
        <QuestionFacts question={into} />
        {into.state === 'answered' && <Answer answer={into.answer} />}
      </div>
    </div>
  );
}

function TakeBack({ id, leave }: { id: number; leave(): void }) {
  const questions = useQuestions();
  const asks = useSignal(false);
  const says = questionWords.value;
  const opener = useRef<HTMLButtonElement>(null);
  const sure = useRef<HTMLButtonElement>(null);
  const wasAsked = useRef(false);
  useEffect(() => {
    if (asks.value) sure.current?.focus();
    else if (wasAsked.current) opener.current?.focus();
    wasAsked.current = asks.value;
  }, [asks.value]);
  if (!asks.value) {
    return <button type="button" class="link-button" ref={opener} onClick={() => (asks.value = true)}>{says.takeBack}</button>;
  }
  const take = (): void => {
    leave();
    questions.withdraw(id);
  };
  return (
    <div class="own-sure" role="group" aria-label={says.takeBackSure}>
      <p>{says.takeBackSure}</p>
      <div class="button-row own-acts">
        <button type="button" class="button is-danger" ref={sure} onClick={take}>{says.takeBack}</button>
        <button type="button" class="button" onClick={() => (asks.value = false)}>{says.keepIt}</button>
      </div>
    </div>
  );
}
