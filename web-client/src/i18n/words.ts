// The words of the interface in the reader's language, as signals: a component that reads `words.value` follows a change of
// language at once and keeps what it holds. Only the language in use is loaded; the other one when somebody asks for it. What is
// said about questions comes with their screens: the first load is for who wants to read and write.

import { computed, signal } from '@preact/signals';

import { runtimeFor } from './runtime';
import type { Words as AllWords } from './words.generated';

export type Words = Omit<AllWords, 'questions'>;
export type QuestionWords = AllWords['questions'];
export type Language = 'en' | 'fr';

const loaders = {
  en: () => import('virtual:words/en'),
  fr: () => import('virtual:words/fr'),
};

const questionLoaders = {
  en: () => import('virtual:words/questions/en'),
  fr: () => import('virtual:words/questions/fr'),
};

interface Spoken {
  readonly language: Language;
  readonly words: Words;
  readonly questions: QuestionWords | undefined;
}

const loaded = new Map<Language, Words>();
const questionsLoaded = new Map<Language, QuestionWords>();
const current = signal<Spoken | undefined>(undefined);
let saysQuestions = false;

export const language = computed<Language>(() => current.value?.language ?? 'en');
export const locale = computed(() => localeOf(language.value));

/** False until `setLanguage` has finished once: nothing can be said before. */
export const wordsReady = computed(() => current.value !== undefined);

/** Throws while `wordsReady` is false. */
export const words = computed<Words>(() => {
  if (current.value === undefined) throw new Error('setLanguage first');
  return current.value.words;
});

/** Throws until `sayQuestions` has finished once. */
export const questionWords = computed<QuestionWords>(() => {
  const questions = current.value?.questions;
  if (questions === undefined) throw new Error('sayQuestions first');
  return questions;
});

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

/** As `loadWords`, for what is said about questions. */
export async function loadQuestionWords(of: Language): Promise<QuestionWords> {
  const held = questionsLoaded.get(of);
  if (held !== undefined) return held;
  const { default: make } = await questionLoaders[of]();
  const made = make(...runtimeFor(localeOf(of)));
  questionsLoaded.set(of, made);
  return made;
}

/** Draws everything in this language from now on. Rejects, and changes nothing, when its words cannot be fetched. */
export async function setLanguage(next: Language): Promise<void> {
  const fresh = await loadWords(next);
  if (saysQuestions) await loadQuestionWords(next);
  current.value = { language: next, words: fresh, questions: questionsLoaded.get(next) };
  document.documentElement.lang = next;
}

/** Questions can be spoken of from now on, also after a change of language. Rejects when the words cannot be fetched. */
export async function sayQuestions(): Promise<void> {
  saysQuestions = true;
  for (let spoken = current.value; spoken !== undefined && spoken.questions === undefined; spoken = current.value) {
    const questions = await loadQuestionWords(spoken.language);
    if (current.value === spoken) current.value = { ...spoken, questions };
  }
}

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
