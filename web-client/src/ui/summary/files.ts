// The summary as files to take along: rows for a spreadsheet, and all of it as JSON. Pure.

import type { SummaryWords } from '../../i18n/words';
import type { SummaryRecord, WebinarRecord } from '../../protocol/generated';
import type { Question } from '../../store/question-api';
import type { Cell } from './csv';
import type { Outcome } from './outcomes';

export interface Told {
  readonly webinar: WebinarRecord;
  readonly summary: SummaryRecord;
  readonly outcomes: readonly Outcome[];
}

/// UTC, as a spreadsheet sorts it.
function moment(at: number): string {
  return new Date(at).toISOString();
}

export function rowsOf({ webinar, summary, outcomes }: Told, says: SummaryWords, language: 'en' | 'fr', nameOf: (lang: string) => string): Cell[][] {
  const numbers: [string, number][] = [
    [says.rowPeople, summary.people],
    [says.rowMembers, summary.members],
    [says.rowMinutes, summary.minutes],
    [says.rowMedian, summary.medianMinutes],
    [says.rowWriters, summary.writers],
    [says.rowMessages, summary.messages],
    [says.rowReactions, summary.reactions],
    [says.rowRemoved, summary.removed],
    [says.rowAsked, summary.questions.asked],
    [says.rowAskers, summary.questions.askers],
    [says.rowVoters, summary.questions.voters],
    [says.answeredAloud, summary.questions.answeredAloud],
    [says.answeredInWriting, summary.questions.answeredInWriting],
    [says.open, summary.questions.open],
    [says.merged, summary.questions.merged],
    [says.dismissed, summary.questions.dismissed],
  ];
  return [
    [says.columnPart, says.columnWhat, says.columnNumber, says.columnText, says.columnAnswer],
    [says.partWebinar, says.webinarTitle, '', webinar.title[language], ''],
    [says.partWebinar, says.opened, '', moment(summary.openedAt), ''],
    [says.partWebinar, says.ended, '', moment(summary.closedAt), ''],
    ...numbers.map(([what, count]): Cell[] => [says.figures, what, count, '', '']),
    ...summary.languages.flatMap(({ lang, messages, people }): Cell[][] => [
      [says.languages, says.rowLanguageMessages({ language: nameOf(lang) }), messages, '', ''],
      [says.languages, says.rowLanguagePeople({ language: nameOf(lang) }), people, '', ''],
    ]),
    ...summary.quarters.flatMap(({ at, messages, people }): Cell[][] => [
      [says.quarters, says.rowQuarterPeople({ time: moment(at) }), people, '', ''],
      [says.quarters, says.rowQuarterMessages({ time: moment(at) }), messages, '', ''],
    ]),
    ...outcomes.flatMap(({ name, questions }) =>
      questions.flatMap(({ question, similar }): Cell[][] => [
        [says.partQuestions, says[name], question.votes, question.text, question.answer?.text ?? question.reason ?? ''],
        ...similar.map((one): Cell[] => [says.partQuestions, says.merged, '', one.text, '']),
      ]),
    ),
  ];
}

function plain({ id, text, lang, votes, author, answer, reason }: Question): object {
  return {
    id,
    text,
    lang,
    votes,
    ...(author === undefined ? {} : { asker: author.name }),
    ...(answer === undefined ? {} : { answer: { text: answer.text, lang: answer.lang, by: answer.by.name } }),
    ...(reason === undefined ? {} : { reason }),
  };
}

export function jsonOf({ webinar: { id, title, hosts }, summary, outcomes }: Told): string {
  const { type: _, id: __, rev: ___, pos: ____, ...counted } = summary;
  const questions = outcomes.flatMap(({ name, questions: entries }) =>
    entries.map(({ question, similar }) => ({ outcome: name, ...plain(question), similar: similar.map(plain) })),
  );
  return `${JSON.stringify({ webinar: { id, title, hosts: hosts.map(({ name }) => name) }, summary: counted, questions }, null, 2)}\n`;
}

export function fileName({ webinar, summary }: Told, extension: 'csv' | 'json'): string {
  return `plenary-${webinar.id}-${moment(summary.openedAt).slice(0, 10)}.${extension}`;
}
