import { useEffect, useMemo } from 'preact/hooks';

import { language, summaryWords, words } from '../../i18n/words';
import type { Room } from '../../store/api';
import type { Questions } from '../../store/question-api';
import { useClient } from '../client-context';
import { Notice } from '../pieces/notice';
import { addressOf, followLink } from '../route';
import { usePageTitle } from '../shell/page-title';
import { outcomesOf, type Desk } from './outcomes';
import { SummaryBody } from './summary-body';

/** What a webinar was, counted when it ended: for its hosts, and for who funds it. */
export default function SummaryPage({ webinar }: { webinar: number }) {
  const client = useClient();
  const room = useMemo(() => client.openRoom(webinar), [webinar]);
  useEffect(() => () => room.leave(), [room]);
  useEffect(() => {
    void room.openSummary();
    void room.openQuestions();
  }, [room]);
  const title = room.record.value?.title[language.value];
  usePageTitle(title === undefined ? summaryWords.value.title : `${summaryWords.value.title} – ${title}`);
  return (
    <main class="page summary" id="content" data-part>
      <Content room={room} />
    </main>
  );
}

function deskOf(questions: Questions): Desk {
  return {
    open: questions.open.value,
    answered: questions.answered.value,
    toReview: questions.toReview.value,
    dismissed: questions.dismissed.value,
    find: (question) => questions.find(question),
  };
}

function Content({ room }: { room: Room }) {
  const { connection, session } = useClient();
  const says = summaryWords.value;
  const record = room.record.value;
  const summary = room.summary.value;
  const counted = summary?.record.value;
  const questions = room.questions.value;
  const back = <a class="button is-main" href={addressOf.webinar(room.webinar)} onClick={followLink}>{says.back}</a>;

  if (room.status.value === 'gone') {
    return (
      <Notice page title={words.value.webinar.goneTitle} actions={<a class="button is-main" href={addressOf.webinars} onClick={followLink}>{words.value.notFound.home}</a>}>
        {words.value.webinar.gone}
      </Notice>
    );
  }
  if (record !== undefined && counted !== undefined) {
    const outcomes = questions === undefined ? [] : outcomesOf(deskOf(questions));
    const areThere = questions !== undefined && questions.status.value === 'ready' && questions.desk.value === 'ready';
    return <SummaryBody told={{ webinar: record, summary: counted, outcomes }} areThere={areThere} open={questions?.open.value ?? []} />;
  }
  if (record !== undefined && session.known.value && !room.moderates.value) {
    return <Notice page title={says.notYoursTitle} actions={back}>{says.notYours}</Notice>;
  }
  if (summary?.status.value === 'none') return <Notice page title={says.noneTitle} actions={back}>{says.none}</Notice>;
  const isOffline = connection.state.value === 'offline' || connection.state.value === 'waiting';
  if (isOffline || room.status.value === 'failed' || summary?.status.value === 'failed') {
    const retry = <button type="button" class="button is-main" onClick={() => connection.retryNow()}>{words.value.webinars.retry}</button>;
    return <Notice page title={says.failedTitle} actions={retry}>{says.failed}</Notice>;
  }
  return (
    <div aria-busy="true">
      <h1 tabIndex={-1}>{says.title}</h1>
      <p class="page-lead">{says.loading}</p>
    </div>
  );
}
