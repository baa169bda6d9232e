// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';

import { dateOf, dayOf, momentOf, timeOf } from './format';
import { language, setLanguage, words } from './words';

const afternoon = new Date(2026, 2, 14, 14, 5).getTime();
const day = 86_400_000;
const spaces = (text: string): string => text.replace(/\s/gu, ' ');

describe('in English', () => {
  beforeEach(() => setLanguage('en'));

  it('times and dates are Canadian', () => {
    expect(spaces(timeOf(afternoon))).toBe('2:05 p.m.');
    expect(dateOf(afternoon)).toBe('March 14');
  });

  it('a day is named by how far it is', () => {
    expect(dayOf(afternoon, afternoon)).toBe('Today');
    expect(dayOf(afternoon - day, afternoon)).toBe('Yesterday');
    expect(dayOf(afternoon - 2 * day, afternoon)).toBe('Thursday, March 12');
    expect(dayOf(afternoon - 365 * day, afternoon)).toBe('Friday, March 14, 2025');
    expect(dayOf(new Date(2026, 2, 13, 23, 59).getTime(), new Date(2026, 2, 14, 0, 1).getTime())).toBe('Yesterday');
  });
});

it('a moment is as short as the reader needs it', async () => {
  await setLanguage('en');
  expect(spaces(momentOf(afternoon, afternoon + 60_000))).toBe('2:05 p.m.');
  expect(spaces(momentOf(afternoon, afternoon + day))).toBe('March 14, 2:05 p.m.');
  expect(momentOf(afternoon - 365 * day, afternoon)).toBe('March 14, 2025');
  await setLanguage('fr');
  expect(momentOf(new Date(2025, 4, 1).getTime(), afternoon)).toBe('1er mai 2025');
});

describe('in French', () => {
  beforeEach(() => setLanguage('fr'));

  it('times and dates are Canadian', () => {
    expect(spaces(timeOf(afternoon))).toBe('14 h 05');
    expect(dateOf(afternoon)).toBe('14 mars');
  });

  it('the first of a month is « 1er », and no other number is', () => {
    expect(dateOf(new Date(2026, 2, 1).getTime())).toBe('1er mars');
    expect(dayOf(new Date(2026, 2, 1).getTime(), afternoon)).toBe('dimanche 1er mars');
    expect(dateOf(new Date(2026, 2, 11).getTime())).toBe('11 mars');
    expect(spaces(timeOf(new Date(2026, 2, 14, 1, 5).getTime()))).toBe('1 h 05');
  });

  it('a day is named by how far it is', () => {
    expect(dayOf(afternoon, afternoon)).toBe('Aujourd’hui');
    expect(dayOf(afternoon - day, afternoon)).toBe('Hier');
    expect(dayOf(afternoon - 2 * day, afternoon)).toBe('jeudi 12 mars');
  });
});

it('a change of language shows in the words and in the page', async () => {
  await setLanguage('en');
  expect([language.value, words.value.shell.webinars, document.documentElement.lang]).toEqual(['en', 'Webinars', 'en']);
  await setLanguage('fr');
  expect([language.value, words.value.shell.webinars, document.documentElement.lang]).toEqual(['fr', 'Webinaires', 'fr']);
});
