import {
  ArrowLeft,
  Check,
  ChevronUp,
  CircleOff,
  Languages,
  Layers,
  Merge,
  Mic,
  PenLine,
  RotateCcw,
  Send,
  Star,
  StarOff,
  Undo2,
  X,
} from 'lucide-preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

import { questionWords } from '../../i18n/words';
import type { Question, Questions } from '../../store/question-api';
import { useRoomView } from '../room/room-view';
import { announcer } from '../voice';
import type { DeskView } from './desk-view';
import { QuestionText } from './question-text';
import { useQuestions } from './use-questions';
import { isStep, verbsOf, type Step, type Verb } from './verb-list';
import { AnswerStep, DismissStep, MergedStep, MergeStep, TranslateStep } from './verb-steps';

const icons: Readonly<Record<Verb, typeof Check>> = {
  publish: Send,
  restore: RotateCcw,
  stage: Mic,
  unstage: Undo2,
  answerAloud: Check,
  answerWrite: PenLine,
  answerChange: PenLine,
  reopen: RotateCcw,
  star: Star,
  unstar: StarOff,
  vote: ChevronUp,
  unvote: Undo2,
  merge: Merge,
  mergedList: Layers,
  translate: Languages,
  dismiss: CircleOff,
};

/** Acts after which the question stands elsewhere. */
const leaves: ReadonlySet<Verb> = new Set<Verb>(['publish', 'restore', 'answerAloud', 'reopen']);

/** What can be done with one question: below the list, where the thumb is. */
export function Verbs({ id, desk }: { id: number; desk: DeskView }) {
  const { deciding } = useRoomView();
  const questions = useQuestions();
  void questions.version.value;
  const question = questions.find(id);
  const verbs = question === undefined ? [] : verbsOf(question);
  const step = desk.step.value;
  const isOver = verbs.length === 0;
  const box = useRef<HTMLElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const says = questionWords.value;
  useEffect(() => title.current?.focus(), [step]);
  // Before it is painted: from one question to the next, what is on stage does not come and go.
  useLayoutEffect(() => {
    deciding.value = true;
    return () => {
      deciding.value = false;
    };
  }, []);
  useEffect(() => {
    if (!isOver) return;
    announcer.say('verbs', question?.state === 'merged' ? says.nowMerged : says.nowWithdrawn);
    desk.goOn();
  }, [isOver]);
  useEffect(() => {
    if (step !== undefined && !verbs.includes(step)) desk.begin(undefined);
  });
  if (question === undefined || isOver) return null;
  const back = (): void => (step === undefined ? desk.leave() : desk.begin(undefined));
  return (
    <section
      class="verbs"
      aria-labelledby="verbs-title"
      ref={box}
      data-part
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.isComposing) return;
        event.stopPropagation();
        back();
      }}
    >
      <div class="verbs-head">
        {step !== undefined && (
          <button type="button" class="icon-button" aria-label={says.back} onClick={back}>
            <ArrowLeft class="turns-with-direction" size={20} aria-hidden="true" />
          </button>
        )}
        <h2 id="verbs-title" class="verbs-title" tabIndex={-1} ref={title}>{step === undefined ? says.verbs : titleOf(step, question)}</h2>
        <button type="button" class="icon-button" aria-label={says.close} onClick={() => desk.leave()}>
          <X size={20} aria-hidden="true" />
        </button>
      </div>
      <div class="verbs-body">
        {step === undefined ? <VerbList question={question} verbs={verbs} desk={desk} /> : <StepOf step={step} question={question} desk={desk} />}
      </div>
    </section>
  );
}

function titleOf(step: Step, question: Question): string {
  const says = questionWords.value;
  return {
    answerWrite: says.answerTitle,
    answerChange: says.answerChange,
    merge: says.mergeTitle,
    mergedList: says.mergedTitle,
    translate: says.translateTitle,
    dismiss: says.dismissTitle,
  }[step] ?? says.mergedList({ count: question.merged.length });
}

function StepOf({ step, question, desk }: { step: Step; question: Question; desk: DeskView }) {
  const props = { question, desk };
  switch (step) {
    case 'answerWrite':
    case 'answerChange':
      return <AnswerStep {...props} />;
    case 'merge':
      return <MergeStep {...props} />;
    case 'mergedList':
      return <MergedStep {...props} />;
    case 'translate':
      return <TranslateStep {...props} />;
    case 'dismiss':
      return <DismissStep {...props} />;
  }
}

function VerbList({ question, verbs, desk }: { question: Question; verbs: readonly Verb[]; desk: DeskView }) {
  const questions = useQuestions();
  const press = (verb: Verb): void => {
    if (isStep(verb)) {
      desk.begin(verb);
      return;
    }
    if (leaves.has(verb) || (verb === 'stage' && desk.segment.value !== 'published')) desk.goOn();
    else desk.leave();
    perform(verb, question.id, questions);
  };
  return (
    <>
      <div class="verbs-text"><QuestionText question={question} /></div>
      <div class="verb-grid">
        {verbs.map((verb, index) => <VerbButton key={verb} verb={verb} question={question} main={index === 0} press={() => press(verb)} />)}
      </div>
    </>
  );
}

function perform(verb: Verb, id: number, questions: Questions): void {
  if (verb === 'publish' || verb === 'restore') questions.publish(id);
  else if (verb === 'stage' || verb === 'unstage') questions.stage(id, verb === 'stage');
  else if (verb === 'answerAloud') questions.answer(id);
  else if (verb === 'reopen') questions.reopen(id);
  else if (verb === 'star' || verb === 'unstar') questions.star(id, verb === 'star');
  else if (verb === 'vote' || verb === 'unvote') questions.vote(id, verb === 'vote');
}

interface VerbButtonProps {
  verb: Verb;
  question: Question;
  main: boolean;
  press(): void;
}

/** A verb, and under it in one sentence what comes of it. */
function VerbButton({ verb, question, main, press }: VerbButtonProps) {
  const says = questionWords.value;
  const Icon = icons[verb];
  const consequence: Partial<Record<Verb, string>> = {
    publish: says.publishSays,
    restore: says.restoreSays,
    stage: says.stageSays,
    unstage: says.unstageSays,
    answerAloud: says.answerAloudSays,
    reopen: says.reopenSays,
    dismiss: says.dismissSays,
  };
  const sentence = consequence[verb];
  const label = verb === 'mergedList' ? says.mergedList({ count: question.merged.length }) : says[verb];
  return (
    <button type="button" class={main ? 'verb is-main' : verb === 'dismiss' ? 'verb is-danger' : 'verb'} onClick={press}>
      <Icon size={20} aria-hidden="true" />
      <span class="verb-words">
        <span class="verb-label">{label}</span>
        {sentence !== undefined && <span class="verb-says">{sentence}</span>}
      </span>
    </button>
  );
}

