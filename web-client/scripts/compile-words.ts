// Compiles the sentences of a catalogue (ICU MessageFormat, a tree of strings) to JavaScript functions, and writes their
// TypeScript types. What it knows is what Runtime (src/i18n/runtime.ts) can do: {name}, {count, number} and plurals; anything
// else is refused, with the key it stands at.

import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';

/// As the JSON file says it: a name leads to a sentence or to more names.
export interface Catalogue {
  readonly [name: string]: string | Catalogue;
}

type ArgumentType = 'string' | 'number';

/// One sentence: its source in JavaScript, and what it asks for, in the order in which it first asks.
interface Sentence {
  code: string;
  arguments: ReadonlyMap<string, ArgumentType>;
}

const identifier = /^[a-zA-Z][a-zA-Z0-9]*$/;

class SentenceCompiler {
  private readonly arguments = new Map<string, ArgumentType>();

  constructor(private readonly key: string) {}

  compile(message: string): Sentence {
    const code = this.join(this.elementsOf(message), undefined);
    return { code, arguments: this.arguments };
  }

  private elementsOf(message: string): MessageFormatElement[] {
    try {
      return parse(message, { ignoreTag: true, requiresOtherClause: true });
    } catch (error) {
      return this.refuse(error instanceof Error ? error.message : 'it cannot be read');
    }
  }

  private refuse(why: string): never {
    throw new Error(`${this.key}: ${why}`);
  }

  private ask(name: string, type: ArgumentType): string {
    if (!identifier.test(name)) this.refuse(`{${name}} is no name`);
    const asked = this.arguments.get(name);
    if (asked !== undefined && asked !== type) this.refuse(`{${name}} is both a ${asked} and a ${type}`);
    this.arguments.set(name, type);
    return `a.${name}`;
  }

  /// `counted`: the number a '#' stands for.
  private join(elements: readonly MessageFormatElement[], counted: string | undefined): string {
    const parts = elements.map((element) => this.element(element, counted));
    return parts.length === 0 ? '""' : parts.join('+');
  }

  private element(element: MessageFormatElement, counted: string | undefined): string {
    switch (element.type) {
      case TYPE.literal:
        return JSON.stringify(element.value);
      case TYPE.argument:
        return `text(${this.ask(element.value, 'string')})`;
      case TYPE.number:
        if (element.style) this.refuse('a number has no style here');
        return `number(${this.ask(element.value, 'number')})`;
      case TYPE.pound:
        return counted === undefined ? this.refuse('# outside a plural') : `number(${counted})`;
      case TYPE.plural: {
        if (element.offset !== 0 || element.pluralType !== 'cardinal') this.refuse('only cardinal plurals without offset');
        const count = this.ask(element.value, 'number');
        const options = Object.entries(element.options).map(
          ([name, option]) => `${JSON.stringify(name)}:${this.join(option.value, count)}`,
        );
        return `plural(${count},{${options.join(',')}})`;
      }
      default:
        return this.refuse('only {name}, {name, number} and plurals are known here');
    }
  }
}

function sentenceAt(key: string, message: string): Sentence {
  return new SentenceCompiler(key).compile(message);
}

function isSentence(entry: string | Catalogue): entry is string {
  return typeof entry === 'string';
}

/// Every sentence of a catalogue with its dotted key, in the order of the file.
export function sentencesOf(catalogue: Catalogue, above = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, entry] of Object.entries(catalogue)) {
    if (!identifier.test(name)) throw new Error(`${above}${name}: a name is letters and digits`);
    if (isSentence(entry)) found.set(above + name, entry);
    else for (const [key, sentence] of sentencesOf(entry, `${above}${name}.`)) found.set(key, sentence);
  }
  return found;
}

function codeOf(catalogue: Catalogue, above: string): string {
  const entries = Object.entries(catalogue).map(([name, entry]) => {
    const key = above + name;
    if (!isSentence(entry)) return `${name}:${codeOf(entry, `${key}.`)}`;
    const sentence = sentenceAt(key, entry);
    return `${name}:${sentence.arguments.size === 0 ? sentence.code : `(a)=>${sentence.code}`}`;
  });
  return `{${entries.join(',')}}`;
}

/// The module of one language: its default export makes the words from a Runtime. Throws where a name is none.
export function moduleOf(catalogue: Catalogue): string {
  sentencesOf(catalogue);
  return `export default (plural,number,text)=>(${codeOf(catalogue, '')});\n`;
}

function typesOf(catalogue: Catalogue, above: string, indent: string): string {
  return Object.entries(catalogue)
    .map(([name, entry]) => {
      const key = above + name;
      if (!isSentence(entry)) return `${indent}${name}: {\n${typesOf(entry, `${key}.`, `${indent}  `)}${indent}};\n`;
      const asked = Array.from(sentenceAt(key, entry).arguments, ([argument, type]) => `${argument}: ${type}`);
      return `${indent}${name}: ${asked.length === 0 ? 'string' : `(a: { ${asked.join('; ')} }) => string`};\n`;
    })
    .join('');
}

/// words.generated.ts: what every language has to say.
export function typesFileOf(catalogue: Catalogue): string {
  return (
    '// Generated from en.json by scripts/words-plugin.ts; do not edit.\n\n' +
    `export interface Words {\n${typesOf(catalogue, '', '  ')}}\n`
  );
}

/// U+00A0 or U+202F stands before ; : ! ? » and after «, so that no line begins with one (Le Ramat de la typographie).
const unspaced = /[^\u00a0\u202f\s][;!?»]|[^\u00a0\u202f\s\d]:(?=\s|$)|[\t\n\r ][:;!?»]|«[^\u00a0\u202f]/u;

/// What is wrong with the French beside the English: one line each, none when they are equals. `sameInBoth` lists the keys
/// whose sentence may be the same in both.
export function parityProblems(english: Catalogue, french: Catalogue, sameInBoth: readonly string[]): string[] {
  const [ours, theirs] = [sentencesOf(english), sentencesOf(french)];
  const problems: string[] = [];
  for (const [key, sentence] of ours) {
    const other = theirs.get(key);
    if (other === undefined) {
      problems.push(`${key}: missing in French`);
      continue;
    }
    if (other === sentence && !sameInBoth.includes(key)) problems.push(`${key}: the same in French as in English`);
    if (other !== sentence && sameInBoth.includes(key)) problems.push(`${key}: listed as the same in both, and is not`);
    const asked = (message: string): string =>
      Array.from(sentenceAt(key, message).arguments, ([name, type]) => `${name}: ${type}`).sort().join(', ');
    if (asked(sentence) !== asked(other)) problems.push(`${key}: asks for {${asked(other)}} in French, {${asked(sentence)}} in English`);
    if (unspaced.test(other)) problems.push(`${key}: a no-break space is missing before : ; ! ? » or after «`);
  }
  for (const key of theirs.keys()) if (!ours.has(key)) problems.push(`${key}: missing in English`);
  for (const key of sameInBoth) if (!ours.has(key)) problems.push(`${key}: listed as the same in both, and nowhere said`);
  return problems;
}
