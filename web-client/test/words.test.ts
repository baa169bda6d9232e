// The compiler of the sentences, and that both catalogues are equals.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import { moduleOf, parityProblems, typesFileOf, type Catalogue } from '../scripts/compile-words';
import { runtimeFor } from '../src/i18n/runtime';

function file(name: string): string {
  return readFileSync(new URL(`../src/i18n/${name}`, import.meta.url), 'utf8');
}

type Said = Record<string, string | ((a: Record<string, string | number>) => string)>;

async function said(catalogue: Catalogue, locale = 'en-CA'): Promise<Said> {
  const module = (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(moduleOf(catalogue))}`)) as {
    default: (...runtime: ReturnType<typeof runtimeFor>) => Said;
  };
  return module.default(...runtimeFor(locale));
}

async function one(message: string, a: Record<string, string | number>, locale?: string): Promise<string> {
  const { it: sentence } = await said({ it: message }, locale);
  return typeof sentence === 'function' ? sentence(a) : (sentence ?? '');
}

describe('a compiled sentence', () => {
  it('is a plain string when it asks for nothing', async () => {
    expect((await said({ it: 'It’s “quoted” <b>\\ \u2028`$x`' })).it).toBe('It’s “quoted” <b>\\ \u2028`$x`');
    expect((await said({ it: '' })).it).toBe('');
  });

  it('holds its arguments as text, whatever they hold', async () => {
    expect(await one('{a} and {b}', { a: '`${1}`"', b: '{a}' })).toBe('`${1}`" and {a}');
    expect(await one('{name}!', { name: 'سلمى' })).toBe('\u2068سلمى\u2069!');
  });

  it('counts in the language’s own way', async () => {
    const message = '{count, plural, =0 {nobody} one {# person} other {# people}}';
    expect(await one(message, { count: 0 })).toBe('nobody');
    expect(await one(message, { count: 1 })).toBe('1 person');
    expect(await one(message, { count: 1200 })).toBe('1,200 people');
    expect(await one('{count, plural, one {# an} other {# ans}}', { count: 0 }, 'fr-CA')).toBe('0 an');
    expect(await one('{count, plural, one {{who} has #} other {{who} have #}}', { count: 2, who: 'They' })).toBe('They have 2');
  });

  it('refuses what no Runtime can say, with the key it stands at', () => {
    const refused = (message: string) => () => moduleOf({ a: { b: message } });
    expect(refused('{unclosed')).toThrow(/^a\.b: /);
    expect(refused('{n, selectordinal, other {#}}')).toThrow(/^a\.b: only cardinal/);
    expect(refused('{n, plural, offset:1 other {#}}')).toThrow(/^a\.b: only cardinal/);
    expect(refused('{d, date}')).toThrow(/^a\.b: only/);
    expect(refused('{n, number, percent}')).toThrow(/^a\.b: a number/);
    expect(refused('{n} {n, number}')).toThrow(/^a\.b: \{n\} is both/);
    expect(() => moduleOf({ 'not-a-name': '' })).toThrow(/not-a-name/);
  });
});

describe('the types', () => {
  it('name what each sentence asks for, in the order it asks', () => {
    expect(typesFileOf({ a: { plain: 'x', asks: '{who}: {n, plural, other {# {what}}}' } })).toContain(
      '  a: {\n    plain: string;\n    asks: (a: { who: string; n: number; what: string }) => string;\n  };\n',
    );
  });

  it('in the repository are those of en.json', () => {
    expect(file('words.generated.ts')).toBe(typesFileOf(JSON.parse(file('en.json')) as Catalogue));
  });
});

describe('parity', () => {
  const problems = (english: string, french: string, same: string[] = []) => parityProblems({ a: english }, { a: french }, same);

  it('holds between the two catalogues of the house', () => {
    const read = (name: string) => JSON.parse(file(name)) as Catalogue;
    expect(parityProblems(read('en.json'), read('fr.json'), JSON.parse(file('same-in-both.json')) as string[])).toEqual([]);
  });

  it('sees a sentence that is missing on one side', () => {
    expect(parityProblems({ a: 'x', b: 'y' }, { a: 'z' }, [])).toEqual(['b: missing in French']);
    expect(parityProblems({ a: 'x' }, { a: 'z', b: 'y' }, [])).toEqual(['b: missing in English']);
  });

  it('sees a French that is the English, unless it is listed', () => {
    expect(problems('Plenary', 'Plenary')).toEqual(['a: the same in French as in English']);
    expect(problems('Plenary', 'Plenary', ['a'])).toEqual([]);
  });

  it('sees a list that has grown old', () => {
    expect(problems('Yes', 'Oui', ['a'])).toEqual(['a: listed as the same in both, and is not']);
    expect(problems('Yes', 'Oui', ['b'])).toEqual(['b: listed as the same in both, and nowhere said']);
  });

  it('sees other arguments', () => {
    expect(problems('{n, number} left', 'reste {n}')).toHaveLength(1);
    expect(problems('{a} of {b}', '{b} : {a}'.replace(' ', '\u00a0'))).toEqual([]);
  });

  it.each(['Quoi?', 'Quoi ?', 'Oui; non', 'Note: ici', '«mot»', 'bien !'])('sees the missing space of %s', (french) => {
    expect(problems('x', french)).toHaveLength(1);
  });

  it.each(['Quoi\u202f?', '«\u00a0mot\u00a0»', 'à 10:30', 'https://x.ca', 'Note\u00a0: ici'])('leaves %s in peace', (french) => {
    expect(problems('x', french)).toEqual([]);
  });
});
