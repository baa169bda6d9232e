import { momentOf } from '../../i18n/format';
import { boardWords, language } from '../../i18n/words';
import type { PersonRef, ThreadRecord } from '../../protocol/generated';
import { useClient } from '../client-context';
import { KindChip } from '../pieces/kind-chip';
import { LanguageTag } from '../pieces/language-tag';
import { addressOf, followLink } from '../route';
import { now } from '../today';

/** One thread of a board: what it is about, what kind it is, who wrote when. */
export function ThreadRow({ thread }: { thread: ThreadRecord }) {
  const says = boardWords.value;
  const { title, lang, author, posts, carriedFrom } = thread;
  const nameOf = useNames();
  return (
    <article class="thread-row">
      <h3 class="thread-row-title">
        <a href={addressOf.thread(thread.id)} lang={lang} dir="auto" onClick={followLink}>{title}</a>
      </h3>
      <p class="thread-row-facts">
        <KindChip thread={thread} />
        <span>{author === undefined ? says.byUnnamed : says.by({ name: nameOf(author) })}</span>
        <span>{says.posts({ count: posts })}</span>
        {posts > 1 && <span>{lastWords(thread, nameOf)}</span>}
        {posts <= 1 && <span>{momentOf(thread.at, now.value)}</span>}
        <LanguageTag tag={lang} />
      </p>
      {carriedFrom !== undefined && (
        <p class="thread-row-facts"><span>{says.fromWebinar({ title: carriedFrom.title[language.value] })}</span></p>
      )}
    </article>
  );
}

function lastWords({ lastBy, lastAt }: ThreadRecord, nameOf: (person: PersonRef) => string): string {
  const when = momentOf(lastAt, now.value);
  return lastBy === undefined ? boardWords.value.lastUnnamed({ when }) : boardWords.value.lastBy({ name: nameOf(lastBy), when });
}

/** Oneself is "you". */
export function useNames(): (person: PersonRef) => string {
  const me = useClient().session.me.value?.id;
  return ({ id, name }) => (id === me ? boardWords.value.you : name);
}
