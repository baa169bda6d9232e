// One open webinar, as a screen holds it: its state, and what one can do in it.

import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { PeopleListOk, ReturnedRecord } from '../protocol/generated';
import type { Connection, Draft, Item, Log, Outcome, Problem, ReturnedText, Room } from '../store/api';
import type { ClientState } from '../store/client-state';
import type { RoomState } from '../store/room-state';
import type { Engine } from '../sync/engine';
import { rangeHolding } from '../sync/ranges';
import type { Timers } from '../sync/timers';
import { draftNote, type Notes } from './notes';
import type { OpenedAppeals } from './appeals';
import type { OpenedQuestions } from './questions';
import { Reading } from './reading';
import type { OpenedSummary } from './summary';

export const typingEveryMs = 3_000;
/// How long the server counts somebody as typing, and a little for the way.
const countedTypingMs = 6_500;

const noDraft: Draft = { text: '' };

/// By which what was read is remembered: the removal, and then the answer to an appeal of it.
function dismissal({ id, appeal }: ReturnedRecord): string {
  return appeal?.answer === undefined ? String(id) : `${id}/answer`;
}

class RoomLogView implements Log {
  readonly loading = signal<'older' | 'newer' | 'around' | undefined>(undefined);
  readonly version;
  readonly hasOlder;
  readonly hasNewer;
  readonly newestPos;
  readonly readPos;
  readonly unreadLinePos;
  readonly unreadCount;
  private underWay: Promise<Problem | undefined> | undefined;

  constructor(
    private readonly state: RoomState,
    private readonly engine: Engine,
    private readonly reading: Reading,
  ) {
    ({ version: this.version, hasOlder: this.hasOlder, hasNewer: this.hasNewer, newestPos: this.newestPos } = state.log);
    ({ readPos: this.readPos, linePos: this.unreadLinePos, unreadCount: this.unreadCount } = reading);
  }

  get items(): readonly Item[] {
    return this.state.log.items;
  }

  indexOfKey(key: string): number {
    return this.state.log.indexOfKey(key);
  }

  indexOfPos(pos: number): number {
    return this.state.log.indexOfPos(pos);
  }

  find(message: number): Item | undefined {
    return this.state.log.find(message);
  }

  loadOlder(): Promise<Problem | undefined> {
    if (!this.hasOlder.peek()) return Promise.resolve(undefined);
    return this.load('older', { before: this.state.log.stretch.from });
  }

  loadNewer(): Promise<Problem | undefined> {
    if (!this.hasNewer.peek()) return Promise.resolve(undefined);
    return this.load('newer', { after: this.state.log.stretch.to });
  }

  async showAround(pos: number): Promise<Problem | undefined> {
    const isHeld = (): boolean => rangeHolding(this.state.log.held, pos) !== undefined;
    await this.underWay;
    if (!isHeld()) {
      const problem = await this.load('around', { around: pos });
      if (problem) return problem;
      if (!isHeld()) return { code: 'not_found' };
    }
    this.state.log.look(pos);
    return undefined;
  }

  showNewest(): void {
    this.state.log.look(undefined);
  }

  markRead(pos: number): void {
    this.reading.mark(pos);
  }

  moveUnreadLine(): void {
    this.reading.moveLine();
  }

  /// One at a time: who asks meanwhile waits for the one under way.
  private load(
    what: 'older' | 'newer' | 'around',
    args: { before: number } | { after: number } | { around: number },
  ): Promise<Problem | undefined> {
    this.underWay ??= this.fetch(what, args).finally(() => {
      this.underWay = undefined;
    });
    return this.underWay;
  }

  private async fetch(
    what: 'older' | 'newer' | 'around',
    args: { before: number } | { after: number } | { around: number },
  ): Promise<Problem | undefined> {
    this.loading.value = what;
    const problem = await this.engine.history(this.state.webinar, args);
    this.loading.value = undefined;
    return problem;
  }
}

export class OpenedRoom implements Room {
  readonly log: Log;
  readonly draft = signal<Draft>(noDraft);
  readonly questions = signal<OpenedQuestions | undefined>(undefined);
  readonly appeals = signal<OpenedAppeals | undefined>(undefined);
  readonly summary = signal<OpenedSummary | undefined>(undefined);
  readonly returned: ReadonlySignal<readonly ReturnedText[]>;
  readonly webinar;
  readonly status;
  readonly record;
  readonly people;
  readonly typing: ReadonlySignal<number>;
  readonly role;
  readonly moderates;
  readonly mayPost;
  readonly mayListPeople;
  private readonly reading: Reading;
  private readonly dismissed = signal<readonly string[]>([]);
  private readonly dismissedNote: string;
  private saidTypingAt = 0;
  /// The server's count of who is typing holds the reader too.
  private readonly isCountedTyping = signal(false);
  private cancelCounted: (() => void) | undefined;
  private hasLeft = false;

  constructor(
    private readonly state: RoomState,
    private readonly engine: Engine,
    private readonly notes: Notes,
    private readonly timers: Timers,
    private readonly connection: Connection['state'],
    private readonly me: ClientState['me'],
  ) {
    ({ webinar: this.webinar, status: this.status, record: this.record, people: this.people } = state);
    ({ role: this.role, moderates: this.moderates } = state);
    this.typing = computed(() => Math.max(0, state.typing.value - (this.isCountedTyping.value ? 1 : 0)));
    ({ mayPost: this.mayPost, mayListPeople: this.mayListPeople } = state);
    this.reading = new Reading(state, notes);
    this.log = new RoomLogView(state, engine, this.reading);
    this.dismissedNote = `dismissed/${state.webinar}`;
    this.returned = computed(() =>
      state.returned.value
        .filter((record) => !this.dismissed.value.includes(dismissal(record)))
        .map(({ type: _, rev: __, pos: ___, id, ...told }) => ({ ...told, message: id })),
    );
    void this.recall();
  }

  dismissReturned(message: number): void {
    const record = this.state.returned.peek().find(({ id }) => id === message);
    if (record) this.dismissed.value = [...this.dismissed.peek(), dismissal(record)];
    this.notes.write(this.dismissedNote, this.dismissed.peek());
  }

  saveDraft(draft: Draft): void {
    this.draft.value = draft;
    this.notes.write(draftNote(this.webinar), { ...draft });
  }

  post(text: string, options: { replyTo?: number; lang?: string } = {}): void {
    this.state.log.look(undefined);
    this.engine.intend('message.post', this.webinar, { webinar: this.webinar, text, ...options }, this.takeDraft());
  }

  edit(message: number, text: string): void {
    this.engine.intend('message.edit', this.webinar, { message, text }, this.takeDraft());
  }

  remove(message: number, reason?: string): void {
    const args = reason === undefined ? { message } : { message, reason };
    this.engine.intend('message.remove', this.webinar, args);
  }

  react(message: number, emoji: string, on: boolean): void {
    this.engine.intend('message.react', this.webinar, { message, emoji, on });
  }

  retry(intentKey: string): void {
    this.engine.retry(intentKey);
  }

  discard(intentKey: string): string | undefined {
    const intent = this.engine.discard(intentKey);
    return intent && 'text' in intent.args ? intent.args.text : undefined;
  }

  sayTyping(): void {
    const now = this.timers.now();
    if (now - this.saidTypingAt < typingEveryMs) return;
    this.saidTypingAt = now;
    this.engine.sayTyping(this.webinar);
    this.cancelCounted?.();
    this.isCountedTyping.value = true;
    this.cancelCounted = this.timers.after(countedTypingMs, () => {
      this.isCountedTyping.value = false;
    });
  }

  async setLive(live: boolean): Promise<Outcome<true>> {
    const outcome = await this.engine.ask(live ? 'webinar.open' : 'webinar.close', { webinar: this.webinar }, true);
    return 'ok' in outcome ? { ok: true } : outcome;
  }

  findPeople(query: { search?: string; after?: string }): Promise<Outcome<PeopleListOk>> {
    return this.engine.ask('people.list', { webinar: this.webinar, ...query }, false);
  }

  async openQuestions(): Promise<boolean> {
    try {
      const { OpenedQuestions } = await import('./questions');
      const { state, engine, notes, timers, connection } = this;
      if (!this.hasLeft) this.questions.value ??= new OpenedQuestions(state, engine, notes, timers, connection);
      return true;
    } catch {
      return false;
    }
  }

  async openAppeals(): Promise<boolean> {
    try {
      const { OpenedAppeals } = await import('./appeals');
      if (!this.hasLeft) this.appeals.value ??= new OpenedAppeals(this.state, this.engine, this.me);
      return true;
    } catch {
      return false;
    }
  }

  async openSummary(): Promise<boolean> {
    try {
      const { OpenedSummary } = await import('./summary');
      if (!this.hasLeft) this.summary.value ??= new OpenedSummary(this.state, this.engine);
      return true;
    } catch {
      return false;
    }
  }

  leave(): void {
    if (this.hasLeft) return;
    this.hasLeft = true;
    for (const part of [this.questions, this.appeals, this.summary]) part.peek()?.leave();
    this.cancelCounted?.();
    this.reading.stop();
    this.notes.flush();
    this.engine.unfollow(this.webinar);
  }

  /// Erased by the outbox in the transaction that keeps the intent: the text is never in neither and never in both.
  private takeDraft(): string {
    const name = draftNote(this.webinar);
    this.draft.value = noDraft;
    this.notes.drop(name);
    return name;
  }

  private async recall(): Promise<void> {
    const [draft, dismissed] = await Promise.all([
      this.notes.read(draftNote(this.webinar)),
      this.notes.read(this.dismissedNote),
    ]);
    // What was typed while the disk was read is newer.
    if (draft && 'text' in draft && this.draft.peek() === noDraft) this.draft.value = draft as unknown as Draft;
    if (Array.isArray(dismissed)) this.dismissed.value = dismissed.map(String);
  }
}
