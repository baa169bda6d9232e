import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';

import { language, sayQuestions, words } from '../../i18n/words';
import type { WebinarRecord } from '../../protocol/generated';
import type { Room } from '../../store/api';
import { useClient } from '../client-context';
import { AppealsBand, ReturnedTexts } from '../appeals/lazy';
import { Composer } from '../composer/composer';
import { ConversationOverlays, fetchOverlaysAhead } from '../conversation/conversation-overlays';
import { ConversationViewProvider } from '../conversation/conversation-view';
import { LoadingLog } from '../conversation/loading-log';
import { useSaidReturned } from '../conversation/use-said-returned';
import { InTurn } from '../in-turn';
import { MessageLog } from '../log/message-log';
import { Dialog } from '../pieces/dialog';
import { lazyScreen } from '../pieces/lazy-screen';
import { Notice } from '../pieces/notice';
import { addressOf, followLink } from '../route';
import { wide, widest } from '../wide';
import { usePageTitle } from '../shell/page-title';
import { announcer } from '../voice';
import { About } from './about';
import { EndDialog, HostControls, useOpens } from './host-controls';
import { JoinCard } from './join-card';
import { RoomHeader, PeopleButton } from './room-header';
import { RoomTabs } from './room-tabs';
import { EmptyLog } from './empty-log';
import { RoomView, useRoomView, type RoomTab } from './room-view';
import { StateChip } from '../pieces/state-chip';

const PeoplePanel = lazyScreen(() => import('./people-panel').then((file) => file.default));

/** All about questions is one file; its words come with it. */
const aboutQuestions = async () => {
  const [file] = await Promise.all([import('../questions/all'), sayQuestions()]);
  return file;
};
const QuestionsPanel = lazyScreen(() => aboutQuestions().then((file) => file.QuestionsPanel));
const StagedQuestion = lazyScreen(() => aboutQuestions().then((file) => file.StagedQuestion));
const SpokenQuestions = lazyScreen(() => aboutQuestions().then((file) => file.SpokenQuestions));
const RulesDialog = lazyScreen(() => aboutQuestions().then((file) => file.RulesDialog));

/** Long enough after the conversation is there that one can write before the questions come. */
const questionsAfter = 1_000;

/** Long enough after the first picture that nothing a reader waits for is slowed. */
const fetchAheadAfter = 3_000;

/** One webinar: what it is, the conversation, and where one writes. */
export function RoomPage({ webinar }: { webinar: number }) {
  const client = useClient();
  const view = useMemo(() => new RoomView(client.openRoom(webinar)), [webinar]);
  useEffect(() => () => view.room.leave(), [view]);
  useEffect(() => {
    const timer = setTimeout(() => [fetchOverlaysAhead, PeoplePanel.fetchAhead].forEach((fetchAhead) => fetchAhead()), fetchAheadAfter);
    return () => clearTimeout(timer);
  }, []);

  const { room } = view;
  const isThere = room.status.value === 'ready';
  useEffect(() => {
    if (!isThere) return undefined;
    const timer = setTimeout(() => void room.openQuestions(), view.tab.value === 'questions' ? 0 : questionsAfter);
    return () => clearTimeout(timer);
  }, [view, isThere]);
  const decides = room.moderates.value;
  useEffect(() => {
    if (!isThere || !decides) return undefined;
    const timer = setTimeout(() => void room.openAppeals(), questionsAfter);
    return () => clearTimeout(timer);
  }, [view, isThere, decides]);
  const record = room.record.value;
  const title = record?.title[language.value] ?? words.value.webinars.title;
  usePageTitle(title, room.log.unreadCount.value);

  return (
    <ConversationViewProvider value={view}>
      {room.status.value !== 'gone' && record !== undefined ? (
        <OpenRoom record={record} />
      ) : (
        <div class="room-absent">
          {!wide.value && <RoomHeader record={undefined} />}
          {room.status.value === 'gone' ? <GoneRoom /> : <AbsentRoom room={room} />}
        </div>
      )}
    </ConversationViewProvider>
  );
}

function GoneRoom() {
  const says = words.value;
  return (
    <main class="page" id="content" data-part>
      <Notice
        page
        title={says.webinar.goneTitle}
        actions={<a class="button is-main" href={addressOf.webinars} onClick={followLink}>{says.notFound.home}</a>}
      >
        {says.webinar.gone}
      </Notice>
    </main>
  );
}

/** Nothing of it is known on this device yet: loading, or why not. */
function AbsentRoom({ room }: { room: Room }) {
  const { connection } = useClient();
  const says = words.value;
  const offline = connection.state.value === 'offline' || connection.state.value === 'waiting';
  if (!offline && room.status.value !== 'failed') return <main class="conversation" id="content"><LoadingLog>{words.value.webinar.loading}</LoadingLog></main>;
  const retry = (
    <button type="button" class="button is-main" onClick={() => connection.retryNow()}>{says.webinars.retry}</button>
  );
  return (
    <main class="page" id="content" data-part>
      {connection.state.value === 'offline' ? (
        <Notice page title={says.webinar.offlineTitle} actions={retry}>{says.webinar.offline}</Notice>
      ) : (
        <Notice page title={says.webinar.failedTitle} actions={retry}>{says.webinar.failed}</Notice>
      )}
    </main>
  );
}

function OpenRoom({ record }: { record: WebinarRecord }) {
  const view = useRoomView();
  const says = words.value.webinar;
  useSaidStates(record, view.room);
  useSaidReturned(view);
  return (
    <div class="room">
      {wide.value ? <Stage record={record} /> : <RoomHeader record={record} />}
      <main class="conversation" id="content" aria-label={says.conversation}>
        {wide.value && (
          <div class="conversation-head">
            <StateChip state={record.state} />
            <PeopleButton />
          </div>
        )}
        {!wide.value && <OnStage />}
        <Waiting />
        {!widest.value && <RoomTabs />}
        <div class="panels">
          <Panel tab="questions">
            <QuestionsPart />
          </Panel>
          <Panel tab="chat">
            {view.room.status.value === 'loading' ? (
              <LoadingLog>{words.value.webinar.loading}</LoadingLog>
            ) : (
              <InTurn meanwhile={<LoadingLog>{words.value.webinar.loading}</LoadingLog>}>
                <MessageLog shown={view.shows('chat')} empty={<EmptyLog />} />
              </InTurn>
            )}
            <Typing />
            {view.room.returned.value.length > 0 && <ReturnedTexts />}
            <WritingPlace record={record} />
          </Panel>
        </div>
        <JoinPlace record={record} />
      </main>
      <Overlays record={record} />
      {view.room.questions.value !== undefined && <SpokenQuestions />}
    </div>
  );
}

/** One part of the webinar. What is not shown stays as it is: its scroll, its draft, its selection. */
function Panel({ tab, children }: { tab: RoomTab; children: ComponentChildren }) {
  const view = useRoomView();
  const says = words.value.room;
  const classes = `panel is-${tab} ${view.shows(tab) ? '' : 'is-behind'}`;
  return widest.value ? (
    <section class={classes} aria-label={says[tab]}>{children}</section>
  ) : (
    <section class={classes} role="tabpanel" id={`panel-${tab}`} aria-labelledby={`tab-${tab}`}>{children}</section>
  );
}

/** Nothing of it is fetched before somebody looks. */
function QuestionsPart() {
  const view = useRoomView();
  const wasShown = useRef(false);
  wasShown.current ||= view.shows('questions');
  return wasShown.current ? <QuestionsPanel /> : null;
}

/** For who moderates: somebody asks for a second look. */
function Waiting() {
  const { room } = useRoomView();
  return room.moderates.value && (room.appeals.value?.waiting.value ?? 0) > 0 ? <AppealsBand /> : null;
}

function OnStage() {
  const { room, deciding, tab } = useRoomView();
  const isStaged = room.questions.value?.staged.value !== undefined;
  const hasRoom = wide.value || tab.value !== 'questions' || !deciding.value;
  return isStaged && hasRoom ? <StagedQuestion /> : null;
}

function Stage({ record }: { record: WebinarRecord }) {
  return (
    <section class="stage" aria-label={words.value.webinar.about} data-part>
      <div class="stage-inner">
        <OnStage />
        <About record={record} withTitle />
      </div>
    </section>
  );
}

function Typing() {
  const { room } = useRoomView();
  const count = room.typing.value;
  return <p class="typing">{count > 0 ? words.value.log.typing({ count }) : ''}</p>;
}

/** Below every part: whoever has not joined can only read in all of them. */
function JoinPlace({ record }: { record: WebinarRecord }) {
  const view = useRoomView();
  const justJoined = useRef(false);
  const joins = useJoins(record);
  useEffect(() => {
    if (!joins && justJoined.current) view.focusPart();
    justJoined.current = false;
  }, [joins]);
  if (!joins) return null;
  if (record.visibility === 'members') return <p class="write-note">{words.value.join.members}</p>;
  return <JoinCard onJoined={() => (justJoined.current = true)} />;
}

function useJoins(record: WebinarRecord): boolean {
  const { room } = useRoomView();
  const { session } = useClient();
  const refused = session.joining.value?.problem !== undefined;
  return session.known.value && record.state !== 'ended' && (room.role.value === 'visitor' || refused);
}

function WritingPlace({ record }: { record: WebinarRecord }) {
  const view = useRoomView();
  const { session } = useClient();
  const says = words.value;
  /** The press that brings the composer here. */
  const wantsToWrite = useRef(false);
  const willWrite = (): void => {
    wantsToWrite.current = true;
  };
  const writes = view.room.mayPost.value;
  const opens = useOpens();
  const joins = useJoins(record);
  useEffect(() => {
    if (writes && wantsToWrite.current) view.focusComposer();
    if (writes) wantsToWrite.current = false;
  }, [writes]);

  if (record.state === 'ended') return <Ended record={record} />;
  if (!session.known.value) return <p class="write-note">{'\u00a0'}</p>;
  if (joins) return null;
  if (record.state === 'scheduled') {
    return (
      <div class="write-note">
        {opens && !wide.value ? (
          <HostControls record={record} onOpen={willWrite} />
        ) : (
          <p>{opens ? says.webinar.hostScheduledNote : says.webinar.scheduledNote}</p>
        )}
      </div>
    );
  }
  return <Composer />;
}

function Ended({ record }: { record: WebinarRecord }) {
  const { room } = useRoomView();
  const says = words.value;
  if (!room.moderates.value) return <p class="write-note">{says.webinar.endedNote}</p>;
  return (
    <div class="write-note">
      <p>{says.webinar.endedNote}</p>
      <p>
        {says.room.summaryReady}{' '}
        <a href={addressOf.summary(record.id)} onClick={followLink}>{says.room.readSummary}</a>
      </p>
    </div>
  );
}

function Overlays({ record }: { record: WebinarRecord }) {
  const view = useRoomView();
  const close = (): void => {
    view.panel.value = undefined;
  };
  return (
    <>
      <ConversationOverlays />
      {view.panel.value === 'people' && <PeoplePanel />}
      {view.panel.value === 'end' && <EndDialog />}
      {view.panel.value === 'rules' && <RulesDialog />}
      {view.panel.value === 'about' && (
        <Dialog title={record.title[language.value]} kind="side" onClose={close}>
          <About record={record} withTitle={false} />
        </Dialog>
      )}
    </>
  );
}

/** Says aloud what changes the page without a message: it opened, it ended. */
function useSaidStates(record: WebinarRecord, room: Room): void {
  const state = useRef(record.state);
  useEffect(() => {
    if (state.current !== record.state) {
      if (record.state === 'live') announcer.say('state', words.value.announce.webinarOpened);
      if (record.state === 'ended') {
        const summary = room.moderates.value ? ` ${words.value.room.summaryReady}` : '';
        announcer.say('state', words.value.announce.webinarEnded + summary);
      }
    }
    state.current = record.state;
  }, [record.state]);
}
