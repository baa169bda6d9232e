import { momentOf } from '../../i18n/format';
import { language, questionWords, words } from '../../i18n/words';
import type { QuestionAnswer } from '../../protocol/generated';
import type { Question } from '../../store/question-api';
import { useClient } from '../client-context';
import { LanguageTag } from '../pieces/language-tag';
import { Moment } from '../pieces/moment';
import { addressOf, followLink } from '../route';
import { now } from '../today';
import { QuestionText, translationFor, Written } from './question-text';
import { askerName } from './use-questions';
import { VoteTile } from './vote-tile';

/** One question as everybody sees it. It reads signals, so it is drawn again only when the question is another object. */
export function QuestionCard({ question }: { question: Question }) {
  return (
    <article class="question" data-question={question.id} tabIndex={-1}>
      <VoteTile question={question} />
      <div class="question-main">
        <QuestionText question={question} />
        <QuestionFacts question={question} />
        {question.state === 'answered' && <Answer answer={question.answer} />}
        <GoesOn thread={question.thread} />
      </div>
    </article>
  );
}

/** Who asked, when, in which language, and how many asked the same. */
export function QuestionFacts({ question }: { question: Question }) {
  const isTranslated = translationFor(question, language.value) !== undefined;
  const similar = question.merged.length;
  return (
    <p class="question-facts">
      <span class="question-asker" dir="auto">{askerName(question)}</span>
      {question.author?.role === 'host' && <span>{words.value.message.host}</span>}
      <Moment at={question.at} />
      {!isTranslated && <LanguageTag tag={question.lang} />}
      {similar > 0 && <span>{questionWords.value.similar({ count: similar })}</span>}
    </p>
  );
}

/** Where it goes on after the webinar; nothing where it does not. */
export function GoesOn({ thread }: { thread: number | undefined }) {
  if (thread === undefined) return null;
  return (
    <p class="question-goes-on">
      <a href={addressOf.thread(thread)} onClick={followLink}>{questionWords.value.goesOn}</a>
    </p>
  );
}

/** What was answered in writing; or that it was answered aloud. */
export function Answer({ answer }: { answer: QuestionAnswer | undefined }) {
  const { session } = useClient();
  const says = questionWords.value;
  if (answer === undefined) return <p class="answer-aloud">{says.answeredAloud}</p>;
  const isOwn = answer.by.id === 0 || answer.by.id === session.me.value?.id;
  const name = isOwn ? words.value.message.you : answer.by.name;
  return (
    <div class="answer">
      <p class="answer-head">
        <strong>{says.answeredWriting}</strong>
        <span dir="auto">{says.answeredBy({ name, time: momentOf(answer.at, now.value) })}</span>
        <LanguageTag tag={answer.lang} />
      </p>
      <Written text={answer.text} body={answer.body} lang={answer.lang} />
    </div>
  );
}
