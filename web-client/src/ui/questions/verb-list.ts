// What a host can do with a question in the state it is in: the likeliest first.

import type { Question } from '../../store/question-api';

export type Verb =
  | 'publish'
  | 'restore'
  | 'stage'
  | 'unstage'
  | 'answerAloud'
  | 'answerWrite'
  | 'answerChange'
  | 'reopen'
  | 'star'
  | 'unstar'
  | 'vote'
  | 'unvote'
  | 'merge'
  | 'mergedList'
  | 'translate'
  | 'dismiss';

/** Those that ask for more before they are done. */
export type Step = 'answerWrite' | 'answerChange' | 'merge' | 'mergedList' | 'translate' | 'dismiss';

const steps: ReadonlySet<Verb> = new Set<Step>(['answerWrite', 'answerChange', 'merge', 'mergedList', 'translate', 'dismiss']);

export function isStep(verb: Verb): verb is Step {
  return steps.has(verb);
}

export function verbsOf({ state, starred, voted, answer, merged }: Question): Verb[] {
  const star = starred ? 'unstar' : 'star';
  const vote = voted ? 'unvote' : 'vote';
  const mergedList: Verb[] = merged.length > 0 ? ['mergedList'] : [];
  switch (state) {
    case 'pending':
      return ['publish', 'dismiss', 'stage', 'answerAloud', 'answerWrite', 'merge', ...mergedList];
    case 'published':
      return ['stage', 'answerAloud', 'answerWrite', star, 'translate', 'merge', vote, 'dismiss', ...mergedList];
    case 'staged':
      return ['answerAloud', 'unstage', 'answerWrite', star, 'translate', vote, 'dismiss', ...mergedList];
    case 'answered':
      return ['reopen', answer === undefined ? 'answerWrite' : 'answerChange', 'stage', 'translate', 'dismiss', ...mergedList];
    case 'dismissed':
      return ['restore', ...mergedList];
    case 'merged':
    case 'withdrawn':
      return [];
  }
}
