// The files of a summary, and what became of the questions in it.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import type { SummaryRecord, WebinarRecord } from '../src/protocol/generated';
import type { Question } from '../src/store/question-api';
import { csvOf } from '../src/ui/summary/csv';
import { fileName, jsonOf, rowsOf } from '../src/ui/summary/files';
import { outcomesOf } from '../src/ui/summary/outcomes';
import { moduleOf, type Catalogue } from '../scripts/compile-words';
import { runtimeFor } from '../src/i18n/runtime';
import type { SummaryWords } from '../src/i18n/words';

const catalogue = JSON.parse(readFileSync(new URL('../src/i18n/en.json', import.meta.url), 'utf8')) as Record<string, Catalogue>;
const module = (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(moduleOf(catalogue['summary'] ?? {}))}`)) as {
  default: (...runtime: ReturnType<typeof runtimeFor>) => SummaryWords;
};
const says = module.default(...runtimeFor('en-CA'));

const webinar: WebinarRecord = {
  type: 'webinar', id: 7, rev: 1, title: { en: '=Housing', fr: 'Le logement' }, state: 'ended', visibility: 'public',
  peopleVisible: 'count', hosts: [{ id: 1, name: 'Salma', role: 'host' }], createdAt: 0,
  questions: { open: true, review: false, names: 'optional' },
};

const summary: SummaryRecord = {
  type: 'summary', id: 7, rev: 9, madeAt: 3_600_000, openedAt: 0, closedAt: 3_600_000, people: 3, members: 1, minutes: 90,
  medianMinutes: 30, writers: 2, messages: 4, removed: 1, reactions: 5,
  questions: { asked: 4, answeredAloud: 1, answeredInWriting: 1, open: 1, merged: 1, dismissed: 0, askers: 2, voters: 3 },
  languages: [{ lang: 'fr', messages: 3, people: 1 }, { lang: 'en', messages: 1, people: 1 }],
  quarters: [{ at: 0, people: 3, messages: 4 }],
};

function question(id: number, more: Partial<Question> = {}): Question {
  const base = { id, state: 'published', mine: false, anonymous: false, text: `Question ${id}`, body: [], lang: 'en', at: id };
  return { ...base, translations: [], merged: [], votes: 0, voted: false, starred: false, ...more } as unknown as Question;
}

function deskOf(parts: Partial<Record<'open' | 'answered' | 'toReview' | 'dismissed', Question[]>>, merged: Question[] = []) {
  return { open: [], answered: [], toReview: [], dismissed: [], ...parts, find: (id: number) => merged.find((one) => one.id === id) };
}

describe('comma-separated values', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '=HYPERLINK("https://example.org")'])('never open %j as a formula', (attack) => {
    const [, cell = ''] = /^\ufeff(.*)\r\n$/s.exec(csvOf([[attack]])) ?? [];
    expect(cell.replace(/^"/, '').startsWith("'")).toBe(true);
  });

  it('leave a number, and a text that only holds such a sign, as they are', () => {
    expect(csvOf([[-3, 'a=b', '3 + 4', "l’été"]])).toBe("\ufeff-3,a=b,3 + 4,l’été\r\n");
  });

  it('quote what would end a cell, and double the quotation marks in it (RFC 4180)', () => {
    expect(csvOf([['a,b', 'say "yes"', 'one\ntwo']])).toBe('\ufeff"a,b","say ""yes""","one\ntwo"\r\n');
    expect(csvOf([['="a"']])).toBe('\ufeff"\'=""a"""\r\n');
  });

  it('begin with a byte order mark, once, and end each row with CR LF', () => {
    expect(csvOf([['a'], ['b']])).toBe('\ufeffa\r\nb\r\n');
  });
});

describe('what became of the questions', () => {
  it('is told by outcome, most votes first, a merged one under its head', () => {
    const merged = [question(9, { state: 'merged', mergedInto: 2 })];
    const outcomes = outcomesOf(deskOf({
      open: [question(1, { votes: 1 }), question(2, { votes: 4, merged: [9] })],
      toReview: [question(3, { state: 'pending' })],
      answered: [question(4, { state: 'answered' }), question(5, { state: 'answered', answer: { text: 'Yes', lang: 'en', body: [], by: { id: 1, name: 'Salma' }, at: 1 } })],
    }, merged));
    expect(outcomes.map(({ name, questions }) => [name, questions.map(({ question: { id } }) => id)])).toEqual([
      ['answeredAloud', [4]],
      ['answeredInWriting', [5]],
      ['open', [2, 1, 3]],
    ]);
    expect(outcomes[2]?.questions[0]?.similar.map(({ id }) => id)).toEqual([9]);
  });
});

describe('the files of a summary', () => {
  const outcomes = outcomesOf(deskOf({ open: [question(1, { votes: 2, text: '=cmd|calc' })] }));
  const told = { webinar, summary, outcomes };

  it('have a row for each number and each question, all as wide', () => {
    const rows = rowsOf(told, says, 'en', (lang) => lang);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([5]));
    expect(rows).toContainEqual([says.figures, says.rowPeople, 3, '', '']);
    expect(rows).toContainEqual([says.languages, 'fr: messages', 3, '', '']);
    expect(rows).toContainEqual([says.quarters, '1970-01-01T00:00:00.000Z: people', 3, '', '']);
    expect(rows).toContainEqual([says.partQuestions, says.open, 2, '=cmd|calc', '']);
    const text = csvOf(rows);
    expect(text).toContain("'=Housing");
    expect(text).toContain("'=cmd|calc");
  });

  it('hold all of it as JSON, without what is the wire’s alone', () => {
    const all = JSON.parse(jsonOf(told)) as { summary: object; questions: object[] };
    expect(all.summary).toMatchObject({ people: 3, quarters: [{ at: 0, people: 3, messages: 4 }] });
    expect(all.summary).not.toHaveProperty('rev');
    expect(all.questions).toEqual([{ outcome: 'open', id: 1, text: '=cmd|calc', lang: 'en', votes: 2, similar: [] }]);
  });

  it('are named for the webinar and its day', () => {
    expect(fileName(told, 'csv')).toBe('plenary-7-1970-01-01.csv');
  });
});
