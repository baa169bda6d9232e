import { language, newsWords } from '../../i18n/words';
import type { ActivityRecord, CarriedActivity, PersonRef, ThreadActivity, WebinarActivity } from '../../protocol/generated';
import { useClient } from '../client-context';
import { LanguageTag } from '../pieces/language-tag';
import { Moment } from '../pieces/moment';
import { addressOf, followLink } from '../route';

/** One thing that is new: its name leads to it, one plain sentence says what is new about it. */
export function NewsEntry({ activity, isNew, heading: Heading = 'h3' }: { activity: ActivityRecord; isNew: boolean; heading?: 'h2' | 'h3' }) {
  const { thread, webinar, carried, at, by } = activity;
  return (
    <article class={isNew ? 'news-entry is-new' : 'news-entry'}>
      {thread !== undefined && <ThreadNews thread={thread} by={by} Heading={Heading} />}
      {webinar !== undefined && <WebinarNews webinar={webinar} Heading={Heading} />}
      {carried !== undefined && <CarriedNews carried={carried} Heading={Heading} />}
      <p class="news-facts">
        {thread !== undefined && (
          <a href={addressOf.board(thread.board)} dir="auto" onClick={followLink}>{thread.boardName[language.value]}</a>
        )}
        <Moment at={at} />
        {thread !== undefined && <LanguageTag tag={thread.lang} />}
      </p>
    </article>
  );
}

type Of<Name extends string, Value> = { readonly [N in Name]: Value } & { Heading: 'h2' | 'h3' };

function ThreadNews({ thread, by, Heading }: Of<'thread', ThreadActivity> & { by: PersonRef | undefined }) {
  const me = useClient().session.me.value?.id;
  const name = by === undefined ? undefined : by.id === me ? newsWords.value.you : by.name;
  return (
    <>
      <Heading class="news-title">
        <a href={addressOf.thread(thread.thread)} lang={thread.lang} dir="auto" onClick={followLink}>{thread.title}</a>
      </Heading>
      <p>{threadSentence(thread, name)}</p>
    </>
  );
}

/** `name`: of who made the news; undefined where nobody is named. */
export function threadSentence({ kind, posts, answered }: ThreadActivity, name: string | undefined): string {
  const says = newsWords.value;
  if (answered) return says.answered({ count: posts });
  if (posts <= 1) {
    if (kind === 'question') return name === undefined ? says.newQuestionUnnamed : says.newQuestion({ name });
    if (kind === 'announcement') return name === undefined ? says.newAnnouncementUnnamed : says.newAnnouncement({ name });
    return name === undefined ? says.newThreadUnnamed : says.newDiscussion({ name });
  }
  if (name === undefined) return says.postsUnnamed({ count: posts });
  return kind === 'announcement' ? says.announcementPosts({ count: posts, name }) : says.posts({ count: posts, name });
}

function WebinarNews({ webinar: { webinar, title, state }, Heading }: Of<'webinar', WebinarActivity>) {
  const says = newsWords.value;
  const sentence = { scheduled: says.webinarScheduled, live: says.webinarLive, ended: says.webinarEnded }[state];
  return (
    <>
      <Heading class="news-title">
        <a href={addressOf.webinar(webinar)} dir="auto" onClick={followLink}>{title[language.value]}</a>
      </Heading>
      <p>{sentence}</p>
    </>
  );
}

function CarriedNews({ carried, Heading }: Of<'carried', CarriedActivity>) {
  const { webinar, title, board, boardName, threads } = carried;
  const sentence = newsWords.value.carried({ count: threads, title: title[language.value], board: boardName[language.value] });
  return (
    <>
      <Heading class="news-title"><a href={addressOf.board(board)} onClick={followLink}>{sentence}</a></Heading>
      <p><a href={addressOf.webinar(webinar)} dir="auto" onClick={followLink}>{title[language.value]}</a></p>
    </>
  );
}
