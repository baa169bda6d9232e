import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';

import { questionWords, words } from '../../i18n/words';
import { useOpens } from '../room/host-controls';
import { useRoomView } from '../room/room-view';
import { AskForm } from './ask-form';
import { useAskForm } from './ask-view';
import { DeskRow, StoppedActs } from './desk-row';
import { DeskView, questionsIn, segments, type Segment } from './desk-view';
import { OwnAsking } from './own-questions';
import { FailedQuestions, LoadingQuestions } from './questions-panel';
import { useQuestions } from './use-questions';
import { Verbs } from './verbs';

/** Where questions are read first, published, put on stage and answered: with one thumb. */
export function Desk() {
  const view = useRoomView();
  const questions = useQuestions();
  const desk = useMemo(() => new DeskView(questions), [questions]);
  const form = useAskForm();
  const box = useRef<HTMLDivElement>(null);
  const asked = view.deskAsked.value;
  useEffect(() => {
    const question = asked === undefined ? undefined : questions.find(asked);
    if (asked !== undefined) view.deskAsked.value = undefined;
    if (question !== undefined) desk.ask(question);
  }, [asked]);
  useEffect(() => {
    if (view.shows('questions')) questions.markSeen();
  });
  useFocus(desk, box.current);
  const selected = desk.selected.value;
  return (
    <div class="questions desk" ref={box}>
      <Segments desk={desk} />
      <div
        class="questions-scroll"
        role="tabpanel"
        id="desk-list"
        aria-labelledby={`segment-${desk.segment.value}`}
        tabIndex={-1}
        data-part
      >
        <StoppedActs desk={desk} />
        <OwnAsking />
        <DeskList desk={desk} />
        <DeskFoot />
      </div>
      {selected !== undefined && <Verbs key={selected} id={selected} desk={desk} />}
      {selected === undefined && form.isOpen && <AskForm onAsked={() => (desk.focusOn.value = 'list')} />}
    </div>
  );
}

const labels: Readonly<Record<Segment, 'segmentReview' | 'segmentPublished' | 'segmentShortlist' | 'segmentAnswered' | 'segmentDismissed'>> = {
  review: 'segmentReview',
  published: 'segmentPublished',
  shortlist: 'segmentShortlist',
  answered: 'segmentAnswered',
  dismissed: 'segmentDismissed',
};

const keySteps: Readonly<Record<string, (at: number) => number>> = {
  ArrowRight: (at) => at + 1,
  ArrowLeft: (at) => at - 1,
  Home: () => 0,
  End: () => segments.length - 1,
};

function Segments({ desk }: { desk: DeskView }) {
  const questions = useQuestions();
  const list = useRef<HTMLDivElement>(null);
  const says = questionWords.value;
  const shown = desk.segment.value;
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = keySteps[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const at = (step(segments.indexOf(shown)) + segments.length) % segments.length;
    desk.show(segments[at] ?? 'review');
    (list.current?.children[at] as HTMLElement | undefined)?.focus();
  };
  useLayoutEffect(() => {
    const chosen = list.current?.querySelector<HTMLElement>('[aria-selected="true"]');
    const row = list.current;
    if (!chosen || !row) return;
    row.scrollLeft = chosen.offsetLeft - (row.clientWidth - chosen.offsetWidth) / 2;
  }, [shown]);
  return (
    <div class="segments" role="tablist" aria-label={says.segments} ref={list} onKeyDown={onKeyDown} data-part>
      {segments.map((segment) => (
        <button
          key={segment}
          type="button"
          class={segment === 'review' ? 'segment is-waiting' : 'segment'}
          role="tab"
          id={`segment-${segment}`}
          aria-controls="desk-list"
          aria-selected={segment === shown}
          tabIndex={segment === shown ? 0 : -1}
          onClick={() => desk.show(segment)}
        >
          <span>{says[labels[segment]]}</span>
          <span class="segment-count">{words.value.webinar.hereShort({ count: questionsIn(segment, questions).length })}</span>
        </button>
      ))}
    </div>
  );
}

function DeskList({ desk }: { desk: DeskView }) {
  const questions = useQuestions();
  const says = questionWords.value;
  const segment = desk.segment.value;
  const list = questionsIn(segment, questions);
  const isBackstage = segment === 'review' || segment === 'shortlist' || segment === 'dismissed';
  const status = isBackstage ? questions.desk.value : questions.status.value;
  if (list.length === 0 && status === 'loading') return <LoadingQuestions />;
  if (list.length === 0 && (status === 'failed' || status === 'closed')) return <FailedQuestions />;
  if (list.length === 0) {
    const empty = {
      review: says.emptyReview,
      published: says.emptyPublished,
      shortlist: says.emptyShortlist,
      answered: says.emptyAnswered,
      dismissed: says.emptyDismissed,
    }[segment];
    return <p class="desk-empty">{empty}</p>;
  }
  return (
    <ol class="desk-rows">
      {list.map((question) => <li key={question.id}><DeskRow question={question} desk={desk} /></li>)}
    </ol>
  );
}

/** A host asks too, and says how the others do. */
function DeskFoot() {
  const view = useRoomView();
  const form = useAskForm();
  const opens = useOpens();
  return (
    <div class="button-row desk-foot">
      <button type="button" class="button is-plain" ref={view.holdAsker} onClick={form.open}>{questionWords.value.ask}</button>
      {opens && (
        <button type="button" class="button is-plain" aria-haspopup="dialog" onClick={() => (view.panel.value = 'rules')}>
          {words.value.room.questionRules}
        </button>
      )}
    </div>
  );
}

/** After the drawing that took away what had the keyboard. */
function useFocus(desk: DeskView, box: HTMLElement | null): void {
  const wanted = desk.focusOn.value;
  useEffect(() => {
    if (wanted === undefined || box === null) return;
    const row = wanted === 'list' ? null : box.querySelector<HTMLElement>(`[data-question="${wanted}"] .desk-press`);
    (row ?? box.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]'))?.focus();
    desk.focusOn.value = undefined;
  }, [wanted]);
}
