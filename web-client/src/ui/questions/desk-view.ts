// What a host looks at on their desk: which questions, which one of them, and how far its verb has come.

import { signal } from '@preact/signals';

import type { Question, Questions } from '../../store/question-api';
import { byVotes } from '../../store/question-order';
import type { Step } from './verb-list';

export const segments = ['review', 'published', 'shortlist', 'answered', 'dismissed'] as const;
export type Segment = (typeof segments)[number];

export function questionsIn(segment: Segment, questions: Questions): readonly Question[] {
  switch (segment) {
    case 'review':
      return questions.toReview.value;
    case 'published':
      return publishedOf(questions);
    case 'shortlist':
      return questions.shortlist.value;
    case 'answered':
      return questions.answered.value;
    case 'dismissed':
      return questions.dismissed.value;
  }
}

/** The one on stage first: it is the next to be answered. */
function publishedOf(questions: Questions): Question[] {
  const sorted = byVotes(questions.open.value);
  return [...sorted.filter(({ state }) => state === 'staged'), ...sorted.filter(({ state }) => state !== 'staged')];
}

export class DeskView {
  readonly segment = signal<Segment>('review');
  readonly selected = signal<number | undefined>(undefined);
  readonly step = signal<Step | undefined>(undefined);
  /** A text that did not arrive, to be written on. */
  readonly written = signal('');
  /** Where the keyboard goes once this is drawn: the row of a question, or what the list says where it is empty. */
  readonly focusOn = signal<number | 'list' | undefined>(undefined);

  constructor(private readonly questions: Questions) {}

  show(segment: Segment): void {
    this.segment.value = segment;
    this.select(undefined);
  }

  select(question: number | undefined): void {
    this.selected.value = question;
    this.step.value = undefined;
    this.written.value = '';
  }

  /** Shows the verbs of a question wherever it stands. */
  ask(question: Question): void {
    const found = segments.find((segment) => questionsIn(segment, this.questions).some(({ id }) => id === question.id));
    if (found !== undefined) this.segment.value = found;
    this.select(question.id);
  }

  begin(step: Step | undefined, written = ''): void {
    this.step.value = step;
    this.written.value = written;
  }

  /** Closes the verbs; the keyboard is back on the row. */
  leave(): void {
    this.focusOn.value = this.selected.value;
    this.select(undefined);
  }

  /** Closes the verbs of a question that is about to leave this list: the keyboard goes on to the next one. */
  goOn(): void {
    const list = questionsIn(this.segment.value, this.questions);
    const at = list.findIndex(({ id }) => id === this.selected.value);
    this.focusOn.value = list[at + 1]?.id ?? list[at - 1]?.id ?? 'list';
    this.select(undefined);
  }
}
