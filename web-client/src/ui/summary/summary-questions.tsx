import { numberOf } from '../../i18n/format';
import { summaryWords } from '../../i18n/words';
import { GoesOn } from '../questions/question-card';
import { readableReason } from '../questions/reasons';
import type { Told } from './files';
import type { Entry, OutcomeName } from './outcomes';

const counted = ['answeredAloud', 'answeredInWriting', 'open', 'merged', 'dismissed'] as const;

/** What became of the questions, in numbers and then one by one with their answers. */
export function SummaryQuestions({ told: { summary, outcomes }, areThere }: { told: Told; areThere: boolean }) {
  const says = summaryWords.value;
  const { questions } = summary;
  return (
    <section class="summary-part" aria-labelledby="summary-questions">
      <h2 id="summary-questions" class="summary-heading">{says.questions}</h2>
      {questions.asked === 0 ? (
        <p>{says.noQuestions}</p>
      ) : (
        <dl class="summary-outcomes">
          {counted.map((name) => (
            <div key={name}>
              <dt>{says[name]}</dt>
              <dd>{numberOf(questions[name])}</dd>
            </div>
          ))}
        </dl>
      )}
      {questions.asked > 0 && !areThere && <p aria-busy="true">{says.questionsLoading}</p>}
      {outcomes.map(({ name, questions: entries }) => (
        <section key={name} aria-labelledby={`summary-${name}`}>
          <h3 id={`summary-${name}`} class="summary-outcome">{says[name]}</h3>
          <ul class="summary-asked">
            {entries.map((entry) => <li key={entry.question.id}><Asked entry={entry} outcome={name} /></li>)}
          </ul>
        </section>
      ))}
    </section>
  );
}

function Asked({ entry: { question, similar }, outcome }: { entry: Entry; outcome: OutcomeName }) {
  const says = summaryWords.value;
  return (
    <article>
      <p class="summary-text" lang={question.lang} dir="auto">{question.text}</p>
      <p class="field-hint">{question.author?.name ?? says.unnamed} · {says.votes({ count: question.votes })}</p>
      {question.answer !== undefined && (
        <p class="summary-answer">
          <strong>{says.answer} ({question.answer.by.name})</strong>{' '}
          <span lang={question.answer.lang} dir="auto">{question.answer.text}</span>
        </p>
      )}
      {outcome === 'open' && <GoesOn thread={question.thread} />}
      {outcome === 'dismissed' && question.reason !== undefined && <p class="summary-answer" dir="auto">{readableReason(question.reason)}</p>}
      {similar.length > 0 && (
        <>
          <p class="field-hint">{says.similar}</p>
          <ul class="summary-similar">
            {similar.map((one) => <li key={one.id} lang={one.lang} dir="auto">{one.text}</li>)}
          </ul>
        </>
      )}
    </article>
  );
}
