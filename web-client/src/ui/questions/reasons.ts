// Why a question is dismissed. A reason of the list goes to its asker in both languages, since nobody here knows which one
// they read; their screen shows the line in theirs.

import { language, loadQuestionWords, questionWords, type QuestionWords } from '../../i18n/words';

export const reasons = ['alreadyAnswered', 'offTopic', 'noTime', 'private', 'hurtful', 'other'] as const;
export type Reason = (typeof reasons)[number];

export async function reasonText(reason: Exclude<Reason, 'other'> | undefined, own: string): Promise<string> {
  if (reason === undefined) return own;
  let there: QuestionWords | undefined;
  try {
    there = await loadQuestionWords(language.value === 'en' ? 'fr' : 'en');
  } catch {
    there = undefined;
  }
  return [questionWords.value[reason], there?.[reason] ?? '', own].filter(Boolean).join('\n');
}

export function readableReason(reason: string): string {
  const lines = reason.split('\n');
  const listed = reasons.map((name) => questionWords.value[name]);
  const mine = lines.slice(0, 2).find((line) => listed.includes(line));
  return mine === undefined ? reason : [mine, ...lines.slice(2)].join('\n');
}
