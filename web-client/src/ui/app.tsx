import { options, type ComponentType } from 'preact';
import { useEffect, useLayoutEffect } from 'preact/hooks';

import { installLandmarkKeys, isShown } from '../a11y/landmarks';
import { warmFormats } from '../i18n/format';
import { sayLater, words, wordsReady, type LaterPart } from '../i18n/words';
import type { Client } from '../store/api';
import { ClientContext, useClient } from './client-context';
import { InTurn, inTurn } from './in-turn';
import { lazyScreen } from './pieces/lazy-screen';
import { FollowNews } from './news/follow-news';
import { Notice } from './pieces/notice';
import { RoomPage } from './room/room-page';
import { addressOf, followLink, moves, route } from './route';
import { ConnectionBar, ReleaseBar } from './shell/connection-bar';
import { usePageTitle } from './shell/page-title';
import { BottomBar, TopBar } from './shell/top-bar';
import { followViewHeight } from './view-height';
import { spoken } from './voice';
import { WebinarsPage } from './webinars/webinars-page';
import { wide } from './wide';
import './styles.css';

const CreatePage = lazyScreen(() => import('./webinars/create-page').then((file) => file.default));
const YouPage = lazyScreen(() => import('./you/you-page').then((file) => file.default));
const SummaryPage = speakingScreen(() => import('./summary/summary-page'), 'summary', 'questions');
const BoardsPage = speakingScreen(() => import('./boards/boards-page'), 'boards');
const CreateBoardPage = speakingScreen(() => import('./boards/create-board-page'), 'boards');
const BoardPage = speakingScreen(() => import('./boards/board-page'), 'boards', 'threads');
const NewThreadPage = speakingScreen(() => import('./boards/new-thread-page'), 'boards');
const ThreadPage = speakingScreen(() => import('./threads/thread-page'), 'threads');
const NewsPage = speakingScreen(() => import('./news/news-page'), 'news');
const EnterPage = lazyScreen(() => import('./you/enter-page').then((file) => file.default));

/** A screen with words of its own, which come beside it. */
function speakingScreen<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>, ...parts: LaterPart[]) {
  return lazyScreen(async () => {
    const [file] = await Promise.all([load(), ...parts.map(sayLater)]);
    return file.default;
  });
}

// What a frame of the socket brings and the drawing of it are two short tasks instead of a long one.
options.debounceRendering = (draw) => setTimeout(draw, 0);

/** The whole page. Draws nothing until the words of its language are there. */
export function App({ client }: { client: Client }) {
  useEffect(() => followViewHeight(document.documentElement), []);
  useEffect(() => installLandmarkKeys(document), []);
  useLayoutEffect(() => inTurn(warmFormats), []);
  if (!wordsReady.value) return null;
  // A conversation fills what is seen, and has a head of its own.
  const fillsView = route.value.name === 'webinar' || route.value.name === 'thread';
  return (
    <ClientContext.Provider value={client}>
      <div class={fillsView ? 'app fills-view' : 'app'}>
        <a class="skip-link" href="#content" onClick={skipToContent}>{words.value.shell.skip}</a>
        {(!fillsView || wide.value) && <TopBar />}
        <ConnectionBar />
        <ReleaseBar />
        <InTurn><Screen key={moves.value} /></InTurn>
        {!fillsView && <BottomBar />}
        <FollowNews inConversation={fillsView} showsPlaces={!fillsView || wide.value} />
      </div>
      <p class="only-read-aloud" role="status" aria-live="polite" data-announcer>{spoken.value}</p>
    </ClientContext.Provider>
  );
}

function Screen() {
  const at = route.value;
  switch (at.name) {
    case 'webinars':
      return <WebinarsPage />;
    case 'create':
      return <CreatePage />;
    case 'you':
      return <YouPage />;
    case 'webinar':
      return <RoomPage webinar={at.webinar} />;
    case 'summary':
      return <SummaryPage webinar={at.webinar} />;
    case 'boards':
      return <BoardsPage />;
    case 'createBoard':
      return <CreateBoardPage />;
    case 'board':
      return <BoardPage board={at.board} />;
    case 'newThread':
      return <NewThreadPage board={at.board} />;
    case 'thread':
      return <ThreadScreen thread={at.thread} />;
    case 'news':
      return <NewsPage />;
    case 'enter':
      return <EnterPage token={at.token} />;
    case 'notFound':
      return <NotFound />;
  }
}

/** The page of a thread, and the program of threads beside it and not after it. */
function ThreadScreen({ thread }: { thread: number }) {
  const client = useClient();
  useLayoutEffect(() => void client.bringThreads(), []);
  return <ThreadPage thread={thread} />;
}

function NotFound() {
  const says = words.value.notFound;
  usePageTitle(says.title);
  return (
    <main class="page" id="content" data-part>
      <Notice page title={says.title} actions={<a class="button is-main" href={addressOf.webinars} onClick={followLink}>{says.home}</a>}>
        {says.body}
      </Notice>
    </main>
  );
}

/** Best first: where one writes, where one gets in, what there is to read. */
const skipTargets = ['textarea', '#join-name', 'main [tabindex="0"]', 'main h1', 'main a', 'main button'];

// The address stays as it is: it says which webinar this is.
function skipToContent(event: MouseEvent): void {
  event.preventDefault();
  const found = skipTargets.flatMap((target) => Array.from(document.querySelectorAll<HTMLElement>(target)));
  found.find(isShown)?.focus();
}
