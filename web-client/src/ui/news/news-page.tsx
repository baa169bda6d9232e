import { ArrowUp } from 'lucide-preact';
import type { RefObject } from 'preact';
import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';

import { newsWords } from '../../i18n/words';
import type { ActivityRecord } from '../../protocol/generated';
import type { Problem } from '../../store/api';
import type { News } from '../../store/news-api';
import { useClient } from '../client-context';
import { focusHeading } from '../focus-heading';
import { Notice } from '../pieces/notice';
import { ProblemLine } from '../pieces/problem-line';
import { addressOf, followLink } from '../route';
import { usePageTitle } from '../shell/page-title';
import { announcer, useSaid } from '../voice';
import { NewsEntry } from './news-entry';
import { NewsLoading } from './news-loading';
import { freshSince, sectionsOf, stillShown } from './still-news';
import { useNews } from './use-news';

/** What the reader has not seen yet, and what they have. */
export default function NewsPage() {
  const { news, failed, retry } = useNews();
  const says = newsWords.value;
  usePageTitle(says.title);
  // The button is about to go.
  const onClick = (event: Event): void => {
    focusHeading(event);
    retry();
  };
  const again = <button type="button" class="button is-main" onClick={onClick}>{says.retry}</button>;
  return (
    <main class="page" id="content" data-part>
      <div class="page-head">
        <div class="page-head-words">
          <h1 tabIndex={-1}>{says.title}</h1>
          <p class="page-lead">{says.lead}</p>
        </div>
      </div>
      {news !== undefined && <NewsLists news={news} />}
      {news === undefined && (failed ? <Notice said title={says.failedTitle} actions={again}>{says.failed}</Notice> : <NewsLoading />)}
    </main>
  );
}

function NewsLists({ news }: { news: News }) {
  const { connection } = useClient();
  const says = newsWords.value;
  const list = useRef<HTMLDivElement>(null);
  const { shown, fresh, show } = useStillNews(news, list);
  const { since, earlier } = sectionsOf(shown, useFirstMark(news));
  const state = news.state.value;
  if (shown.length === 0 && state === 'loading' && connection.state.value !== 'offline') return <NewsLoading />;
  if (shown.length === 0 && state !== 'ready') {
    const retry = <button type="button" class="button is-main" onClick={() => connection.retryNow()}>{says.retry}</button>;
    return <Notice said title={says.failedTitle} actions={retry}>{says.failed}</Notice>;
  }
  if (shown.length === 0) {
    const boards = <a class="button" href={addressOf.boards} onClick={followLink}>{says.toBoards}</a>;
    return <Notice title={says.emptyTitle} actions={boards}>{says.empty}</Notice>;
  }
  return (
    <div ref={list} class="news-list">
      <Fresh count={fresh} show={show} />
      {since.length > 0 && (
        <section class="news-part" aria-labelledby="news-since">
          <div class="news-part-head">
            <h2 id="news-since" class="news-part-title">{says.since}</h2>
            <MarkSeen news={news} upTo={shown[0]?.seq ?? 0} list={list} />
          </div>
          <Entries activities={since} areNew />
        </section>
      )}
      {earlier.length > 0 && (
        <section class="news-part" aria-labelledby="news-earlier">
          <h2 id="news-earlier" class={since.length > 0 ? 'news-part-title' : 'only-read-aloud'} tabIndex={-1}>{says.earlier}</h2>
          <Entries activities={earlier} />
        </section>
      )}
    </div>
  );
}

/** A member who has no mark has seen nothing yet: all of it is new to them. */
function useFirstMark(news: News): number | undefined {
  const isMember = useClient().session.me.value?.kind === 'member';
  return news.mark.value ?? (isMember && news.isCurrent.value ? 0 : undefined);
}

function Entries({ activities, areNew = false }: { activities: readonly ActivityRecord[]; areNew?: boolean }) {
  return (
    <ul class="news-entries">
      {activities.map((activity) => <li key={activity.id}><NewsEntry activity={activity} isNew={areNew} /></li>)}
    </ul>
  );
}

interface StillNews {
  shown: readonly ActivityRecord[];
  fresh: number;
  show(): void;
}

/** Until all of it has come, and while nobody has begun to read, it is shown as it comes; then only on demand. */
function useStillNews(news: News, list: RefObject<HTMLElement>): StillNews {
  const now = news.activities.value;
  const taken = useRef<readonly ActivityRecord[]>(now);
  const isSettled = useRef(false);
  const shows = useSignal(0);
  void shows.value;
  const isRead = window.scrollY > 0 || (list.current?.contains(document.activeElement) ?? false);
  if (!isSettled.current && !isRead) taken.current = now;
  if (news.isCurrent.value) isSettled.current = true;
  const wasAsked = useRef(false);
  useLayoutEffect(() => {
    if (!wasAsked.current) return;
    wasAsked.current = false;
    list.current?.querySelector<HTMLElement>('.news-title > a')?.focus();
  });
  const show = (): void => {
    taken.current = news.activities.peek();
    wasAsked.current = true;
    shows.value += 1;
    window.scrollTo(0, 0);
  };
  const shown = stillShown(taken.current, now);
  // An empty list has nothing that could move.
  return shown.length === 0 ? { shown: (taken.current = now), fresh: 0, show } : { shown, fresh: freshSince(shown, now), show };
}

function Fresh({ count, show }: { count: number; show(): void }) {
  const says = newsWords.value;
  useSaid('fresh-news', count > 0 ? says.freshSaid({ count }) : undefined);
  if (count === 0) return null;
  const press = (): void => {
    show();
    announcer.say('fresh-news', says.shown);
  };
  return (
    <p class="fresh-line">
      <button type="button" class="button fresh-button" onClick={press}>
        <ArrowUp size={18} aria-hidden="true" />
        <span>{says.fresh({ count })}</span>
      </button>
    </p>
  );
}

/** `upTo`: what the reader has before their eyes, and not what came since. */
function MarkSeen({ news, upTo, list }: { news: News; upTo: number; list: RefObject<HTMLElement> }) {
  const says = newsWords.value;
  const marking = useSignal(false);
  const problem = useSignal<Problem | undefined>(undefined);
  const mark = async (): Promise<void> => {
    if (marking.value) return;
    marking.value = true;
    problem.value = undefined;
    const outcome = await news.markSeen(upTo);
    marking.value = false;
    if ('problem' in outcome) {
      problem.value = outcome.problem;
      return;
    }
    announcer.say('seen', says.marked);
    // The button is about to go.
    list.current?.closest('main')?.querySelector<HTMLElement>('h1')?.focus();
  };
  return (
    <div class="news-mark">
      <button type="button" class="button is-plain" aria-disabled={marking.value} onClick={() => void mark()}>
        {marking.value ? says.marking : says.markSeen}
      </button>
      <ProblemLine problem={problem.value} />
    </div>
  );
}
