import { options } from 'preact';
import { useEffect, useLayoutEffect } from 'preact/hooks';

import { installLandmarkKeys, isShown } from '../a11y/landmarks';
import { warmFormats } from '../i18n/format';
import { sayLater, words, wordsReady } from '../i18n/words';
import type { Client } from '../store/api';
import { ClientContext } from './client-context';
import { InTurn, inTurn } from './in-turn';
import { lazyScreen } from './pieces/lazy-screen';
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
const SummaryPage = lazyScreen(async () => {
  const [file] = await Promise.all([import('./summary/summary-page'), sayLater('summary'), sayLater('questions')]);
  return file.default;
});
const EnterPage = lazyScreen(() => import('./you/enter-page').then((file) => file.default));

// What a frame of the socket brings and the drawing of it are two short tasks instead of a long one.
options.debounceRendering = (draw) => setTimeout(draw, 0);

/** The whole page. Draws nothing until the words of its language are there. */
export function App({ client }: { client: Client }) {
  useEffect(() => followViewHeight(document.documentElement), []);
  useEffect(() => installLandmarkKeys(document), []);
  useLayoutEffect(() => inTurn(warmFormats), []);
  if (!wordsReady.value) return null;
  const inRoom = route.value.name === 'webinar';
  return (
    <ClientContext.Provider value={client}>
      <div class={inRoom ? 'app fills-view' : 'app'}>
        <a class="skip-link" href="#content" onClick={skipToContent}>{words.value.shell.skip}</a>
        {(!inRoom || wide.value) && <TopBar />}
        <ConnectionBar />
        <ReleaseBar />
        <InTurn><Screen key={moves.value} /></InTurn>
        {!inRoom && <BottomBar />}
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
    case 'enter':
      return <EnterPage token={at.token} />;
    case 'notFound':
      return <NotFound />;
  }
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
