// The words of the interface in the reader's language, as signals: a component that reads `words.value` follows a change of
// language at once and keeps what it holds. Only the language in use is loaded; the other one when somebody asks for it.

import { computed, signal } from '@preact/signals';

import { runtimeFor } from './runtime';
import type { Words } from './words.generated';

export type { Words } from './words.generated';
export type Language = 'en' | 'fr';

const loaders = {
  en: () => import('virtual:words/en'),
  fr: () => import('virtual:words/fr'),
};

const loaded = new Map<Language, Words>();
const current = signal<{ language: Language; words: Words } | undefined>(undefined);

export const language = computed<Language>(() => current.value?.language ?? 'en');
export const locale = computed(() => localeOf(language.value));

/** False until `setLanguage` has finished once: nothing can be said before. */
export const wordsReady = computed(() => current.value !== undefined);

/** Throws while `wordsReady` is false. */
export const words = computed<Words>(() => {
  if (current.value === undefined) throw new Error('setLanguage first');
  return current.value.words;
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

/** Draws everything in this language from now on. Rejects, and changes nothing, when its words cannot be fetched. */
export async function setLanguage(next: Language): Promise<void> {
  const fresh = await loadWords(next);
  current.value = { language: next, words: fresh };
  document.documentElement.lang = next;
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
