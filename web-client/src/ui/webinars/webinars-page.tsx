import { Plus } from 'lucide-preact';
import { useEffect } from 'preact/hooks';

import { dateOf } from '../../i18n/format';
import { language, sayLater, words } from '../../i18n/words';
import type { WebinarState, WebinarSummary } from '../../protocol/generated';
import { useClient } from '../client-context';
import { InTurn } from '../in-turn';
import { Hall } from '../pieces/hall';
import { lazyScreen } from '../pieces/lazy-screen';
import { Notice } from '../pieces/notice';
import { StateChip } from '../pieces/state-chip';
import { addressOf, followLink } from '../route';
import { usePageTitle } from '../shell/page-title';

const loadNewsHome = async () => {
  const [file] = await Promise.all([import('../news/news-home'), sayLater('news')]);
  return file.default;
};
// Beside webinars that are there, "no connection" would be said of the wrong thing.
const NewsHome = lazyScreen(loadNewsHome, { mayBeAbsent: true });

/** What is on, what comes, what was; and below it what is new. */
export function WebinarsPage() {
  const { webinars, session } = useClient();
  const says = words.value.webinars;
  const member = session.me.value?.kind === 'member';
  usePageTitle(says.title);
  useEffect(() => webinars.refresh(), []);

  return (
    <main class="page" id="content" data-part>
      <div class="page-head">
        <div class="page-head-words">
          <h1 tabIndex={-1}>{says.title}</h1>
          <p class="page-lead">{says.lead}</p>
        </div>
        {member && (
          <a class="button is-main" href={addressOf.create} onClick={followLink}>
            <Plus size={20} aria-hidden="true" />
            <span>{says.create}</span>
          </a>
        )}
      </div>
      <WebinarLists member={member} />
      <InTurn><NewsHome /></InTurn>
    </main>
  );
}

function WebinarLists({ member }: { member: boolean }) {
  const { webinars } = useClient();
  const says = words.value.webinars;
  const list = webinars.webinars.value;
  const state = webinars.state.value;
  if (list.length === 0 && state === 'loading') return <LoadingList />;
  if (list.length === 0 && state === 'failed') {
    return (
      <Notice
        said
        title={says.failedTitle}
        actions={<button type="button" class="button is-main" onClick={() => webinars.refresh()}>{says.retry}</button>}
      >
        {says.failed}
      </Notice>
    );
  }
  if (list.length === 0) return <Notice title={says.emptyTitle}>{member ? says.emptyMember : says.empty}</Notice>;
  const inState = (wanted: WebinarState): WebinarSummary[] =>
    list.filter((webinar) => webinar.state === wanted).sort((a, b) => b.createdAt - a.createdAt);
  return (
    <>
      <Section title={says.live} webinars={inState('live')} />
      <Section title={says.scheduled} webinars={inState('scheduled')} />
      <Section title={says.ended} webinars={inState('ended')} />
    </>
  );
}

function Section({ title, webinars }: { title: string; webinars: readonly WebinarSummary[] }) {
  if (webinars.length === 0) return null;
  return (
    <section class="webinars">
      <h2 class="webinars-title">{title}</h2>
      <ul>
        {webinars.map((webinar) => <li key={webinar.id}><WebinarCard webinar={webinar} /></li>)}
      </ul>
    </section>
  );
}

function WebinarCard({ webinar }: { webinar: WebinarSummary }) {
  const says = words.value.webinars;
  const act = { live: says.join, scheduled: says.open, ended: says.read }[webinar.state];
  return (
    <a class={`webinar-card is-${webinar.state}`} href={addressOf.webinar(webinar.id)} onClick={followLink}>
      <Hall light={webinar.state === 'live' ? 'on' : 'off'} />
      <span class="webinar-card-words">
        <span class="webinar-card-title" dir="auto">{webinar.title[language.value]}</span>
        <span class="webinar-card-facts">
          <StateChip state={webinar.state} />
          {webinar.state !== 'live' && <span>{says.prepared({ when: dateOf(webinar.createdAt) })}</span>}
          {webinar.visibility === 'members' && <span>{says.membersOnly}</span>}
        </span>
      </span>
      <span class="webinar-card-act">{act}</span>
    </a>
  );
}

function LoadingList() {
  return (
    <div class="list-loading" aria-busy="true">
      <p class="only-read-aloud">{words.value.webinars.loading}</p>
      <div class="card-shape" aria-hidden="true" />
      <div class="card-shape" aria-hidden="true" />
    </div>
  );
}
