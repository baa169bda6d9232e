// The words of the interface in the reader's language, as signals: a component that reads `words.value` follows a change of
// language at once and keeps what it holds. Only the language in use is loaded; the other one when somebody asks for it. What is
// said about questions, appeals, summaries, boards and news comes with their screens: the first load is for who wants to read
// and write.

import { computed, signal, type ReadonlySignal } from '@preact/signals';

import { runtimeFor } from './runtime';
import type { Words as AllWords } from './words.generated';

export type LaterPart = 'questions' | 'appeals' | 'summary' | 'boards' | 'news' | 'threads';
export type Words = Omit<AllWords, LaterPart>;
export type QuestionWords = AllWords['questions'];
export type AppealWords = AllWords['appeals'];
export type SummaryWords = AllWords['summary'];
export type BoardWords = AllWords['boards'];
export type NewsWords = AllWords['news'];
export type ThreadWords = AllWords['threads'];
export type Language = 'en' | 'fr';

type LaterWords = { readonly [Part in LaterPart]?: AllWords[Part] };

const loaders = {
  en: () => import('virtual:words/en'),
  fr: () => import('virtual:words/fr'),
};

const laterLoaders = {
  questions: { en: () => import('virtual:words/questions/en'), fr: () => import('virtual:words/questions/fr') },
  appeals: { en: () => import('virtual:words/appeals/en'), fr: () => import('virtual:words/appeals/fr') },
  summary: { en: () => import('virtual:words/summary/en'), fr: () => import('virtual:words/summary/fr') },
  boards: { en: () => import('virtual:words/boards/en'), fr: () => import('virtual:words/boards/fr') },
  news: { en: () => import('virtual:words/news/en'), fr: () => import('virtual:words/news/fr') },
  threads: { en: () => import('virtual:words/threads/en'), fr: () => import('virtual:words/threads/fr') },
};

interface Spoken {
  readonly language: Language;
  readonly words: Words;
  readonly later: LaterWords;
}

const loaded = new Map<Language, Words>();
const laterLoaded: Record<Language, LaterWords> = { en: {}, fr: {} };
const current = signal<Spoken | undefined>(undefined);
const laterSaid = new Set<LaterPart>();

export const language = computed<Language>(() => current.value?.language ?? 'en');
export const locale = computed(() => localeOf(language.value));

/** False until `setLanguage` has finished once: nothing can be said before. */
export const wordsReady = computed(() => current.value !== undefined);

/** Throws while `wordsReady` is false. */
export const words = computed<Words>(() => {
  if (current.value === undefined) throw new Error('setLanguage first');
  return current.value.words;
});

function laterWords<Part extends LaterPart>(part: Part): ReadonlySignal<AllWords[Part]> {
  return computed(() => {
    const said = current.value?.later[part];
    if (said === undefined) throw new Error('sayLater first');
    return said;
  });
}

/** These throw until `sayLater` has finished once for them. */
export const questionWords = laterWords('questions');
export const appealWords = laterWords('appeals');
export const summaryWords = laterWords('summary');
export const boardWords = laterWords('boards');
export const newsWords = laterWords('news');
export const threadWords = laterWords('threads');

export function localeOf(of: Language): string {
  return of === 'fr' ? 'fr-CA' : 'en-CA';
}

/** The words of a language, also of the one not in use. Rejects when its file cannot be fetched. */
export async function loadWords(of: Language): Promise<Words> {
  const held = loaded.get(of);
  if (held !== undefined) return held;
  const { default: make } = await loaders[of]();
  const made = make(...runtimeFor(localeOf(of)));
  loaded.set(of, made);
  return made;
}

/** As `loadWords`, for one of the parts that come later. */
export async function loadLater<Part extends LaterPart>(part: Part, of: Language): Promise<AllWords[Part]> {
  const held = laterLoaded[of][part];
  if (held !== undefined) return held;
  const { default: make } = (await laterLoaders[part][of]()) as { default: (...runtime: ReturnType<typeof runtimeFor>) => AllWords[Part] };
  const made = make(...runtimeFor(localeOf(of)));
  laterLoaded[of] = { ...laterLoaded[of], [part]: made };
  return made;
}

export const loadQuestionWords = (of: Language): Promise<QuestionWords> => loadLater('questions', of);

/** Draws everything in this language from now on. Rejects, and changes nothing, when its words cannot be fetched. */
export async function setLanguage(next: Language): Promise<void> {
  const [fresh] = await Promise.all([loadWords(next), ...Array.from(laterSaid, (part) => loadLater(part, next))]);
  current.value = { language: next, words: fresh, later: laterLoaded[next] };
  document.documentElement.lang = next;
}

/** This part can be spoken of from now on, also after a change of language. Rejects when its words cannot be fetched. */
export async function sayLater(part: LaterPart): Promise<void> {
  laterSaid.add(part);
  for (let spoken = current.value; spoken !== undefined && spoken.later[part] === undefined; spoken = current.value) {
    await loadLater(part, spoken.language);
    if (current.value === spoken) current.value = { ...spoken, later: laterLoaded[spoken.language] };
  }
}

export const sayQuestions = (): Promise<void> => sayLater('questions');

/**
 * What the reader chose, as the server reads it too: a page kept for offline may be older than the choice. Then what the
 * server wrote into the page, then the browser's wish.
 */
export function firstLanguage(): Language {
  const chosen = /(?:^|;\s*)lang=(en|fr)(?:;|$)/.exec(document.cookie)?.[1];
  if (chosen === 'en' || chosen === 'fr') return chosen;
  const written = document.documentElement.lang;
  if (written === 'en' || written === 'fr') return written;
  return /^fr\b/i.test(navigator.language) ? 'fr' : 'en';
}
