import { MessagesSquare } from 'lucide-preact';
import { useRef } from 'preact/hooks';

import { newsWords } from '../../i18n/words';
import type { ActivityRecord } from '../../protocol/generated';
import type { News } from '../../store/news-api';
import { useClient } from '../client-context';
import { addressOf, followLink } from '../route';
import { NewsEntry } from './news-entry';
import { NewsLoading } from './news-loading';
import { sectionsOf, stillShown } from './still-news';
import { useNews } from './use-news';

const shownAtHome = 3;

/** On the first page, for who comes for the first time: the newest of it, and where there is more. */
export default function NewsHome() {
  const { connection } = useClient();
  const { news, failed } = useNews();
  const says = newsWords.value;
  const isThereALine = connection.state.value === 'connecting' || connection.state.value === 'online';
  const isRefused = failed || news?.state.value === 'failed';
  const isOnItsWay = isThereALine && !isRefused && news?.isCurrent.value !== true;
  const shown = useTakenOnce(news, isOnItsWay);
  const { since } = sectionsOf(shown, news?.mark.value);
  const isEmpty = shown.length === 0 && !isOnItsWay && news?.state.value === 'ready';
  return (
    <section class="news-home" aria-labelledby="news-home">
      <h2 id="news-home" class="webinars-title">{says.homeTitle}</h2>
      {shown.length > 0 && (
        <ul class="news-entries">
          {shown.map((activity) => <li key={activity.id}><NewsEntry activity={activity} isNew={since.includes(activity)} /></li>)}
        </ul>
      )}
      {shown.length === 0 && isOnItsWay && <NewsLoading />}
      {isEmpty && <p class="page-lead">{says.empty}</p>}
      <div class="button-row news-home-ways">
        <a class="button" href={addressOf.news} onClick={followLink}>{says.homeAll}</a>
        <a class="button" href={addressOf.boards} onClick={followLink}>
          <MessagesSquare size={20} aria-hidden="true" />
          <span>{says.homeBoards}</span>
        </a>
      </div>
    </section>
  );
}

/** Once: when all of it has come, or nothing is coming. What is newer then has its number at the name of the page of news. */
function useTakenOnce(news: News | undefined, isOnItsWay: boolean): readonly ActivityRecord[] {
  const taken = useRef<readonly ActivityRecord[]>([]);
  const now = news?.activities.value ?? [];
  const shown = stillShown(taken.current, now);
  if (shown.length > 0 || isOnItsWay) return shown;
  return (taken.current = now.slice(0, shownAtHome));
}
