import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';

import { threadWords, words } from '../../i18n/words';
import type { RemovedThreadRecord, ThreadRecord } from '../../protocol/generated';
import { AppealsBand, AppealsDialog, ReturnedTexts } from '../appeals/lazy';
import { useClient } from '../client-context';
import { ConversationOverlays, fetchOverlaysAhead } from '../conversation/conversation-overlays';
import { ConversationViewProvider } from '../conversation/conversation-view';
import { LoadingLog } from '../conversation/loading-log';
import { useSaidReturned } from '../conversation/use-said-returned';
import { focusHeading } from '../focus-heading';
import { InTurn } from '../in-turn';
import { MessageLog } from '../log/message-log';
import { Notice } from '../pieces/notice';
import { problemSentence } from '../problem';
import { addressOf, followLink } from '../route';
import { usePageTitle } from '../shell/page-title';
import { announcer, useSaid } from '../voice';
import { RemoveThreadDialog } from './remove-thread-dialog';
import { ThreadBar, ThreadHead } from './thread-head';
import { ThreadView, useThreadView } from './thread-view';
import { UnsentTexts } from './unsent-posts';
import { WritingPlace } from './writing-place';

/** Long enough after the posts are there that nothing a reader waits for is slowed. */
const fetchAheadAfter = 3_000;
const appealsAfter = 1_000;

/** One thread: what it is about, its posts, and where one writes. It fills what is seen and scrolls inside. */
export default function ThreadPage({ thread }: { thread: number }) {
  return useClient().hasThreads.value ? <OpenedPage thread={thread} /> : <AwaitedPage />;
}

/** Until the program of threads is here. */
function AwaitedPage() {
  const client = useClient();
  const failed = useSignal(false);
  usePageTitle(threadWords.value.title);
  const bring = (): void => {
    failed.value = false;
    void client.bringThreads().then((isHere) => (failed.value = !isHere));
  };
  useLayoutEffect(bring, []);
  const retry = (): void => {
    client.connection.retryNow();
    bring();
  };
  return <AbsentThread failed={failed.value} retry={retry} />;
}

function OpenedPage({ thread }: { thread: number }) {
  const client = useClient();
  const view = useMemo(() => new ThreadView(client.openThread(thread)), [thread]);
  useEffect(() => () => view.thread.leave(), [view]);
  useEffect(() => {
    const timer = setTimeout(fetchOverlaysAhead, fetchAheadAfter);
    return () => clearTimeout(timer);
  }, []);
  const { status, record, moderates, log } = view.thread;
  const decides = status.value === 'ready' && moderates.value;
  useEffect(() => {
    if (!decides) return undefined;
    const timer = setTimeout(() => void view.thread.openAppeals(), appealsAfter);
    return () => clearTimeout(timer);
  }, [view, decides]);
  usePageTitle(view.record?.title ?? threadWords.value.title, view.record === undefined ? 0 : log.unreadCount.value);
  return (
    <ConversationViewProvider value={view}>
      <Content record={status.value === 'gone' ? undefined : record.value} isGone={status.value === 'gone'} />
    </ConversationViewProvider>
  );
}

function Content({ record, isGone }: { record: ThreadRecord | RemovedThreadRecord | undefined; isGone: boolean }) {
  const { connection } = useClient();
  const { thread } = useThreadView();
  const says = threadWords.value;
  const [kind, title] = isGone
    ? ['gone', says.goneTitle]
    : record === undefined
      ? ['absent', says.title]
      : 'state' in record
        ? ['removed', says.removedTitle]
        : ['open', record.title];
  useChangeOfKind(kind, title);
  if (isGone) return <GoneThread />;
  if (record === undefined) return <AbsentThread failed={thread.status.value === 'failed'} retry={() => connection.retryNow()} />;
  return 'state' in record ? <RemovedThread record={record} /> : <OpenThread record={record} />;
}

/** Another page stands there now, while one reads: the focus is not lost with the old one, and who does not see it is told. */
function useChangeOfKind(kind: string, title: string): void {
  const view = useThreadView();
  const before = useRef(kind);
  useLayoutEffect(() => {
    if (kind !== 'open') view.leaveQuestions();
  }, [kind]);
  useEffect(() => {
    const wasThere = before.current !== 'absent' && before.current !== kind;
    before.current = kind;
    if (!wasThere) return;
    const heading = document.querySelector<HTMLElement>('main h1');
    if (document.activeElement === null || document.activeElement === document.body) heading?.focus();
    if (document.activeElement !== heading) announcer.say('thread', title);
  }, [kind]);
}

function OpenThread({ record }: { record: ThreadRecord }) {
  const view = useThreadView();
  useSaidReturned(view);
  return (
    <div class="thread">
      <main class="conversation thread-conversation" id="content">
        <ThreadHead record={record} />
        <WaitingAppeals />
        <InTurn meanwhile={<LoadingPosts />}>
          <MessageLog shown empty={<p class="log-empty">{threadWords.value.onlyPosts}</p>} />
        </InTurn>
        <NotAccepted />
        {view.thread.returned.value.length > 0 && <ReturnedTexts />}
        <WritingPlace />
      </main>
      <ConversationOverlays />
      {view.removingThread.value !== undefined && <RemoveThreadDialog firstPost={view.removingThread.value} />}
    </div>
  );
}

function LoadingPosts() {
  return <LoadingLog>{threadWords.value.loading}</LoadingLog>;
}

/** For who moderates: somebody asks for a second look on this board. */
function WaitingAppeals() {
  const { thread } = useThreadView();
  return thread.moderates.value && (thread.appeals.value?.waiting.value ?? 0) > 0 ? <AppealsBand /> : null;
}

/** The post was not marked as the answer: why, until the reader has read it. */
function NotAccepted() {
  const view = useThreadView();
  const { problem } = view;
  const says = threadWords.value;
  const sentence = problem.value === undefined ? undefined : `${says.notAccepted} ${problemSentence(words.value, problem.value)}`;
  useSaid('answer', sentence);
  if (sentence === undefined) return null;
  const close = (event: Event): void => {
    if (!view.focusComposer()) focusHeading(event);
    problem.value = undefined;
  };
  return (
    <div class="thread-problem">
      <p class="field-error">{sentence}</p>
      <button type="button" class="button" onClick={close}>{says.understood}</button>
    </div>
  );
}

/** One sentence says who took it away; its author finds the text and the way to a second look. */
function RemovedThread({ record }: { record: RemovedThreadRecord }) {
  const view = useThreadView();
  const says = threadWords.value;
  useSaidReturned(view);
  return (
    <div class="room-absent">
      <main class="page" id="content" data-part>
        <ThreadBar board={record.board} of={view.thread} />
        <h1 tabIndex={-1}>{says.removedTitle}</h1>
        <p class="page-lead">{record.by === 'author' ? says.removedByAuthor : says.removedByModerator}</p>
        <WaitingAppeals />
        {view.thread.returned.value.length > 0 && <ReturnedTexts />}
        <UnsentTexts />
      </main>
      {view.appealsShown.value && <AppealsDialog />}
    </div>
  );
}

function GoneThread() {
  const says = threadWords.value;
  const actions = <a class="button is-main" href={addressOf.boards} onClick={followLink}>{says.toBoards}</a>;
  return (
    <div class="room-absent">
      <main class="page" id="content" data-part>
        <ThreadBar />
        <Notice page title={says.goneTitle} actions={actions}>{says.gone}</Notice>
        <UnsentTexts />
      </main>
    </div>
  );
}

/** Nothing of it is known on this device yet: loading, or why not. */
function AbsentThread({ failed, retry }: { failed: boolean; retry(): void }) {
  const { connection } = useClient();
  const says = threadWords.value;
  const isOffline = connection.state.value === 'offline';
  const isReachable = !isOffline && connection.state.value !== 'waiting' && !failed;
  const again = <button type="button" class="button is-main" onClick={retry}>{words.value.webinars.retry}</button>;
  return (
    <div class="room-absent">
      {isReachable ? (
        <main class="conversation thread-conversation" id="content">
          <ThreadBar />
          <h1 class="only-read-aloud">{says.title}</h1>
          <LoadingPosts />
        </main>
      ) : (
        <main class="page" id="content" data-part>
          <ThreadBar />
          <Notice page title={isOffline ? says.offlineTitle : says.failedTitle} actions={again}>
            {isOffline ? says.offline : says.failed}
          </Notice>
        </main>
      )}
    </div>
  );
}
