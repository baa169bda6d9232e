// What the compiled sentences call. `Runtime` is the order of their parameters: plural, number, text.

export type PluralOptions = Readonly<Record<string, string>> & { readonly other: string };
export type Runtime = [
  plural: (count: number, options: PluralOptions) => string,
  number: (value: number) => string,
  text: (value: string) => string,
];

// A name in a right-to-left script would pull the punctuation around it to its side (UAX #9, isolates).
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

export function runtimeFor(locale: string): Runtime {
  const rules = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  return [
    (count, options) => options[`=${count}`] ?? options[rules.select(count)] ?? options.other,
    (value) => numbers.format(value),
    (value) => (rightToLeft.test(value) ? `\u2068${value}\u2069` : value),
  ];
}
