// The questions of one open webinar, as a screen holds them. Loaded when the conversation is there, so that it waits for
// nothing here.

import { computed, effect, signal, untracked, type ReadonlySignal } from '@preact/signals';
import type { QuestionRules } from '../protocol/generated';
import type { Connection, Outcome } from '../store/api';
import { textOf, type QuestionIntent } from '../store/question';
import type { OwnQuestion, Question, QuestionDraft, Questions } from '../store/question-api';
import { QuestionsState } from '../store/questions';
import type { RoomState } from '../store/room-state';
import type { Engine } from '../sync/engine';
import type { Timers } from '../sync/timers';
import { followDesk } from './desk';
import type { Notes } from './notes';

const noDraft: QuestionDraft = { text: '' };

/// A question that is dismissed again, for another reason, is another dismissal.
function dismissalOf({ id, reason = '', appeal }: OwnQuestion): string {
  return `${id} ${appeal?.answer ?? reason}`;
}

export class OpenedQuestions implements Questions {
  readonly status;
  readonly desk;
  readonly version;
  readonly staged;
  readonly open;
  readonly answered;
  readonly own: Questions['own'];
  readonly toReview;
  readonly dismissed;
  readonly shortlist;
  readonly stopped;
  readonly draft = signal<QuestionDraft>(noDraft);
  readonly unseen: ReadonlySignal<number>;
  private readonly state: QuestionsState;
  private readonly webinar: number;
  private readonly lane: string;
  /// When what this reader saw last was published.
  private readonly seenAt = signal(0);
  private readonly isRecalled = signal(false);
  /// Dismissals that their asker has read.
  private readonly closed = signal<readonly string[]>([]);
  private readonly closedNote: string;
  private readonly draftNote: string;
  private readonly seenNote: string;
  private readonly stopFollowing: () => void;

  constructor(
    room: RoomState,
    private readonly engine: Engine,
    private readonly notes: Notes,
    timers: Timers,
    connection: Connection['state'],
  ) {
    const { webinar } = room;
    this.webinar = webinar;
    this.lane = room.channel;
    this.draftNote = `question-draft/${webinar}`;
    this.seenNote = `questions-seen/${webinar}`;
    this.closedNote = `dismissals-read/${webinar}`;
    const { conversations } = engine;
    const state = (this.state = conversations.part(room.channel, 'questions', () => new QuestionsState(timers)));
    ({ status: this.status, desk: this.desk, version: this.version, staged: this.staged, open: this.open } = state);
    ({ answered: this.answered, toReview: this.toReview, dismissed: this.dismissed } = state);
    ({ shortlist: this.shortlist, stopped: this.stopped } = state);
    this.own = computed(() =>
      state.own.value.filter((own) => own.state !== 'dismissed' || !this.closed.value.includes(dismissalOf(own))),
    );
    this.unseen = computed(() => {
      const isUnseen = ({ mine, publishedAt = 0 }: Question): boolean => !mine && publishedAt > this.seenAt.value;
      return this.isRecalled.value ? state.open.value.filter(isUnseen).length : 0;
    });
    // The conversation comes first; without a line, what the disk holds comes at once.
    const isFree = computed(() => room.wasCurrent.value || connection.value === 'waiting' || connection.value === 'offline');
    const stopQuestions = effect(() => {
      if (!isFree.value) return;
      untracked(() => conversations.followBeside(room.channel, `${room.channel}/questions`, state.questionsSink));
    });
    const stopDesk = followDesk(room, conversations, state, isFree);
    this.stopFollowing = () => {
      stopQuestions();
      stopDesk();
    };
    void this.recall();
  }

  find(question: number): Question | undefined {
    return this.state.all.value.get(question);
  }

  closeDismissal(question: OwnQuestion): void {
    this.closed.value = [...this.closed.peek(), dismissalOf(question)];
    this.notes.write(this.closedNote, this.closed.peek());
  }

  markSeen(): void {
    const newest = Math.max(0, ...this.open.peek().map(({ publishedAt = 0 }) => publishedAt));
    if (newest <= this.seenAt.peek()) return;
    this.seenAt.value = newest;
    this.notes.write(this.seenNote, { at: newest });
  }

  saveDraft(draft: QuestionDraft): void {
    this.draft.value = draft;
    this.notes.write(this.draftNote, { ...draft });
  }

  ask(text: string, lang: string, anonymous?: boolean): void {
    this.draft.value = noDraft;
    this.notes.drop(this.draftNote);
    const args = { webinar: this.webinar, text, lang, ...(anonymous === undefined ? {} : { anonymous }) };
    this.engine.intend('question.ask', this.lane, args, this.draftNote);
  }

  withdraw(question: number): void {
    this.engine.intend('question.withdraw', this.lane, { question });
  }

  vote(question: number, on: boolean): void {
    this.engine.intend('question.vote', this.lane, { question, on });
  }

  publish(question: number): void {
    this.engine.intend('question.publish', this.lane, { question });
  }

  dismiss(question: number, reason: string): void {
    this.engine.intend('question.dismiss', this.lane, { question, reason });
  }

  stage(question: number, on: boolean): void {
    this.engine.intend('question.stage', this.lane, { question, on });
  }

  answer(question: number, written?: { text: string; lang: string }): void {
    this.engine.intend('question.answer', this.lane, { question, ...written });
  }

  reopen(question: number): void {
    this.engine.intend('question.reopen', this.lane, { question });
  }

  translate(question: number, lang: string, text?: string): void {
    this.engine.intend('question.translate', this.lane, { question, lang, ...(text === undefined ? {} : { text }) });
  }

  merge(question: number, into: number): void {
    this.engine.intend('question.merge', this.lane, { question, into });
  }

  unmerge(question: number): void {
    this.engine.intend('question.unmerge', this.lane, { question });
  }

  star(question: number, on: boolean, before?: number): void {
    this.engine.intend('question.star', this.lane, { question, on, ...(before === undefined ? {} : { before }) });
  }

  retry(actKey: string): void {
    this.engine.retry(actKey);
  }

  discard(actKey: string): string | undefined {
    const intent = this.engine.discard(actKey);
    return intent && textOf(intent as QuestionIntent);
  }

  async setRules(rules: QuestionRules): Promise<Outcome<true>> {
    const { open, review, names } = rules;
    const outcome = await this.engine.ask('webinar.questions', { webinar: this.webinar, open, review, names }, true);
    return 'ok' in outcome ? { ok: true } : outcome;
  }

  leave(): void {
    this.stopFollowing();
  }

  private async recall(): Promise<void> {
    const { notes } = this;
    const names = [this.draftNote, this.seenNote, this.closedNote];
    const [draft, seen, closed] = await Promise.all(names.map((name) => notes.read(name)));
    // What was typed or seen while the disk was read is newer.
    if (draft && 'text' in draft && this.draft.peek() === noDraft) this.draft.value = draft as unknown as QuestionDraft;
    if (seen && 'at' in seen) this.seenAt.value = Math.max(this.seenAt.peek(), Number(seen.at));
    if (Array.isArray(closed)) this.closed.value = [...this.closed.peek(), ...(closed as readonly string[])];
    this.isRecalled.value = true;
  }
}
