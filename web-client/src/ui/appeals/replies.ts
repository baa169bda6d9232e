// Saved replies go in both languages, as the reasons of a removal do: nobody here knows which one their reader reads. Each
// reader's screen shows the line in theirs.

import { appealWords, language, loadLater, type AppealWords, type Words } from '../../i18n/words';
import type { AppealTarget } from '../../protocol/generated';

const replies = {
  overturn: ['fits', 'mistake'],
  uphold: ['offTopic', 'hurtful', 'rephrase'],
  upholdPost: ['offTopicPost', 'hurtful', 'rephrase'],
} as const;

export type Verdict = 'overturn' | 'uphold';
export type Reply = (typeof replies)[keyof typeof replies][number];

export function repliesTo(target: AppealTarget, verdict: Verdict): readonly Reply[] {
  return verdict === 'uphold' && target === 'post' ? replies.upholdPost : replies[verdict];
}

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
  const all: readonly Reply[] = [...replies.overturn, ...replies.uphold, ...replies.upholdPost];
  return readable(answer, all.map((name) => appealWords.value[name]));
}

const reasons = ['offTopic', 'repeated', 'hurtful', 'private'] as const;

/** `says`: of the kind of conversation it was given in. */
export function readableReason(reason: string, says: Words['remove']): string {
  return readable(reason, reasons.map((name) => says[name]));
}

/** Of a text that begins with a listed line in both languages: that line in the reader's, and what follows. */
export function readable(text: string, listed: readonly string[]): string {
  const lines = text.split('\n');
  const mine = lines.slice(0, 2).find((line) => listed.includes(line));
  return mine === undefined ? text : [mine, ...lines.slice(2)].join('\n');
}
