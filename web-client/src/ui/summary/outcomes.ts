// What became of the questions of a webinar, from what its desk holds. Pure.

import type { Question } from '../../store/question-api';

export type OutcomeName = 'answeredAloud' | 'answeredInWriting' | 'open' | 'dismissed';

export interface Outcome {
  readonly name: OutcomeName;
  readonly questions: readonly Entry[];
}

export interface Entry {
  readonly question: Question;
  /// Those that were merged into it.
  readonly similar: readonly Question[];
}

export interface Desk {
  readonly open: readonly Question[];
  readonly answered: readonly Question[];
  readonly toReview: readonly Question[];
  readonly dismissed: readonly Question[];
  find(question: number): Question | undefined;
}

/// Most votes first; of as many, the one asked first.
function ranked(a: Question, b: Question): number {
  return b.votes - a.votes || a.id - b.id;
}

export function outcomesOf(desk: Desk): readonly Outcome[] {
  const entries = (questions: readonly Question[]): Entry[] =>
    [...questions].sort(ranked).map((question) => ({
      question,
      similar: question.merged.flatMap((id) => desk.find(id) ?? []),
    }));
  const outcomes: Outcome[] = [
    { name: 'answeredAloud', questions: entries(desk.answered.filter(({ answer }) => answer === undefined)) },
    { name: 'answeredInWriting', questions: entries(desk.answered.filter(({ answer }) => answer !== undefined)) },
    { name: 'open', questions: entries([...desk.open, ...desk.toReview]) },
    { name: 'dismissed', questions: entries(desk.dismissed) },
  ];
  return outcomes.filter(({ questions }) => questions.length > 0);
}
