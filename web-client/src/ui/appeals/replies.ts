// Saved replies go in both languages, as the reasons of a removal do: nobody here knows which one their reader reads. Each
// reader's screen shows the line in theirs.

import { appealWords, language, loadLater, words, type AppealWords } from '../../i18n/words';

export const replies = {
  overturn: ['fits', 'mistake'],
  uphold: ['offTopic', 'hurtful', 'rephrase'],
} as const;

export type Reply = (typeof replies)['overturn' | 'uphold'][number];

/** In both languages; only in the reader's where the other cannot be fetched. */
export async function replyText(reply: Reply): Promise<string> {
  let there: AppealWords | undefined;
  try {
    there = await loadLater('appeals', language.value === 'en' ? 'fr' : 'en');
  } catch {
    there = undefined;
  }
  return [appealWords.value[reply], there?.[reply] ?? ''].filter(Boolean).join('\n');
}

export function readableReply(answer: string): string {
  return readable(answer, [...replies.overturn, ...replies.uphold].map((name) => appealWords.value[name]));
}

const reasons = ['offTopic', 'repeated', 'hurtful', 'private'] as const;

export function readableReason(reason: string): string {
  return readable(reason, reasons.map((name) => words.value.remove[name]));
}

/** Of a text that begins with a listed line in both languages: that line in the reader's, and what follows. */
export function readable(text: string, listed: readonly string[]): string {
  const lines = text.split('\n');
  const mine = lines.slice(0, 2).find((line) => listed.includes(line));
  return mine === undefined ? text : [mine, ...lines.slice(2)].join('\n');
}
