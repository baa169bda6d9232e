import { useEffect, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';

import { questionWords, words } from '../../i18n/words';
import { Notice } from '../pieces/notice';
import { useRoomView } from '../room/room-view';
import { AskPlace } from './ask-form';
import { Desk } from './desk';
import { OwnQuestions } from './own-questions';
import { QuestionList } from './question-list';
import { useQuestions } from './use-questions';

/** The questions: for who runs the webinar their desk, for everybody else what one asked and what one can vote for. */
export function QuestionsPanel() {
  const { room } = useRoomView();
  const failed = useSignal(false);
  const isOpen = room.questions.value !== undefined;
  const open = (): void => {
    failed.value = false;
    void room.openQuestions().then((isThere) => (failed.value = !isThere));
  };
  useEffect(() => {
    if (!isOpen) open();
  }, [isOpen]);
  if (failed.value) return <FailedQuestions retry={open} />;
  if (!isOpen) return <LoadingQuestions />;
  return room.moderates.value ? <Desk /> : <Asking />;
}

function Asking() {
  const questions = useQuestions();
  const view = useRoomView();
  const scroller = useRef<HTMLDivElement>(null);
  const shown = view.shows('questions');
  const status = questions.status.value;
  const hasSome = questions.open.value.length + questions.answered.value.length + questions.own.value.length > 0;
  useEffect(() => {
    if (shown && document.visibilityState !== 'hidden') questions.markSeen();
  }, [shown, questions.open.value]);
  return (
    <div class="questions">
      <div class="questions-scroll" ref={scroller} data-part>
        {status === 'loading' && !hasSome && <LoadingQuestions />}
        {status === 'failed' && !hasSome && <FailedQuestions />}
        {status === 'ready' && !hasSome && <NoQuestions />}
        <OwnQuestions />
        <QuestionList scroller={scroller} shown={shown} />
      </div>
      <AskPlace onAsked={() => scroller.current?.scrollTo(0, 0)} />
    </div>
  );
}

function NoQuestions() {
  const { room } = useRoomView();
  const says = questionWords.value;
  if (room.record.value?.state === 'ended') return <Notice title={says.emptyOver}>{says.over}</Notice>;
  return <Notice title={says.emptyTitle} light="on">{room.role.value === 'visitor' ? says.emptyReader : says.empty}</Notice>;
}

export function LoadingQuestions() {
  return (
    <div class="room-loading" aria-busy="true">
      <p class="only-read-aloud">{questionWords.value.loading}</p>
      {[9, 7, 8].map((width) => (
        <div key={width} class="shape-row" aria-hidden="true">
          <span class="shape is-tile" />
          <span class={`shape is-wide-${width}`} />
        </div>
      ))}
    </div>
  );
}

export function FailedQuestions({ retry }: { retry?: () => void }) {
  const says = questionWords.value;
  const again = <button type="button" class="button is-main" onClick={retry}>{words.value.webinars.retry}</button>;
  return <Notice said title={says.failedTitle} {...(retry === undefined ? {} : { actions: again })}>{says.failed}</Notice>;
}
