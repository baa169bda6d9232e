import { dateOf, dayNumber, numberOf, timeOf } from '../../i18n/format';
import { messageLanguages } from '../../i18n/languages';
import { language, summaryWords } from '../../i18n/words';
import type { SummaryRecord } from '../../protocol/generated';
import type { Question } from '../../store/question-api';
import { addressOf, followLink } from '../route';
import { announcer } from '../voice';
import { CarryOver } from './carry-over';
import { csvOf } from './csv';
import { fileName, jsonOf, rowsOf, type Told } from './files';
import { SummaryQuarters } from './summary-quarters';
import { SummaryQuestions } from './summary-questions';

export function languageName(tag: string): string {
  const known = messageLanguages.find(([one]) => one === tag)?.[1];
  return known ?? (tag === 'und' ? summaryWords.value.noLanguage : tag);
}

interface BodyProps {
  told: Told;
  /** The questions have come. */
  areThere: boolean;
  /** Those that everybody reads and that were not answered. */
  open: readonly Question[];
}

export function SummaryBody({ told, areThere, open }: BodyProps) {
  const { webinar, summary } = told;
  const says = summaryWords.value;
  const names = webinar.hosts.map(({ name }) => name);
  return (
    <>
      <header class="summary-head">
        <p class="summary-back"><a href={addressOf.webinar(webinar.id)} onClick={followLink}>{says.back}</a></p>
        <p class="summary-kind">{says.title}</p>
        <h1 tabIndex={-1} dir="auto">{webinar.title[language.value]}</h1>
        <p class="page-lead">{whenOf(summary)}</p>
        {names.length > 0 && <p class="page-lead">{says.hosts({ count: names.length, names: names.join(', ') })}</p>}
      </header>
      <Figures summary={summary} />
      {areThere && <CarryOver webinar={webinar} questions={open} />}
      <Take told={told} areThere={areThere} />
      <SummaryQuarters quarters={summary.quarters} />
      <Languages summary={summary} />
      <SummaryQuestions told={told} areThere={areThere} />
      <p class="field-hint">{says.madeAt({ day: dateOf(summary.madeAt), time: timeOf(summary.madeAt) })}</p>
    </>
  );
}

function whenOf({ openedAt, closedAt }: SummaryRecord): string {
  const says = summaryWords.value;
  const when = { day: dateOf(openedAt), from: timeOf(openedAt), to: timeOf(closedAt) };
  return dayNumber(openedAt) === dayNumber(closedAt) ? says.when(when) : says.whenDays({ ...when, lastDay: dateOf(closedAt) });
}

function Figures({ summary }: { summary: SummaryRecord }) {
  const says = summaryWords.value;
  const { people, members, minutes, medianMinutes, messages, writers, reactions, removed, questions } = summary;
  const figures: [number, string, string][] = [
    [people, says.people({ count: people }), says.peopleOf({ count: members })],
    [minutes, says.minutes({ count: minutes }), says.minutesOf({ count: medianMinutes })],
    [messages, says.messages({ count: messages }), says.messagesOf({ count: writers })],
    [questions.asked, says.asked({ count: questions.asked }), says.askedOf({ count: questions.voters })],
  ];
  return (
    <section aria-labelledby="summary-figures">
      <h2 id="summary-figures" class="only-read-aloud">{says.figures}</h2>
      <ul class="summary-figures">
        {figures.map(([count, what, more]) => (
          <li key={what} class="summary-figure">
            <span class="summary-number">{numberOf(count)}</span> <span class="summary-what">{what}</span>
            <span class="summary-more">{more}</span>
          </li>
        ))}
      </ul>
      <p class="page-lead">{says.reactions({ count: reactions })} · {says.removed({ count: removed })}</p>
    </section>
  );
}

function Take({ told, areThere }: { told: Told; areThere: boolean }) {
  const says = summaryWords.value;
  const take = (extension: 'csv' | 'json'): void => {
    if (!areThere) return announcer.say('file', says.questionsLoading);
    const text = extension === 'csv' ? csvOf(rowsOf(told, says, language.value, languageName)) : jsonOf(told);
    const type = extension === 'csv' ? 'text/csv;charset=utf-8' : 'application/json';
    handOver(new Blob([text], { type }), fileName(told, extension));
    announcer.say('file', says.saved);
  };
  return (
    <section class="summary-take" aria-labelledby="summary-take">
      <h2 id="summary-take" class="summary-heading">{says.take}</h2>
      <div class="button-row">
        <button type="button" class="button" aria-disabled={!areThere} onClick={() => take('csv')}>{says.csv}</button>
        <button type="button" class="button" aria-disabled={!areThere} onClick={() => take('json')}>{says.json}</button>
        <button type="button" class="button" onClick={() => window.print()}>{says.print}</button>
      </div>
    </section>
  );
}

function handOver(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function Languages({ summary: { languages } }: { summary: SummaryRecord }) {
  const says = summaryWords.value;
  return (
    <section class="summary-part" aria-labelledby="summary-languages">
      <h2 id="summary-languages" class="summary-heading">{says.languages}</h2>
      {languages.length === 0 ? (
        <p>{says.noLanguages}</p>
      ) : (
        <table class="summary-table">
          <thead>
            <tr>
              <th scope="col">{says.languageColumn}</th>
              <th scope="col" class="is-number">{says.messagesColumn}</th>
              <th scope="col" class="is-number">{says.peopleColumn}</th>
            </tr>
          </thead>
          <tbody>
            {languages.map(({ lang, messages, people }) => (
              <tr key={lang}>
                <th scope="row"><span lang={lang} dir="auto">{languageName(lang)}</span></th>
                <td class="is-number">{numberOf(messages)}</td>
                <td class="is-number">{numberOf(people)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
