// One open webinar, as a screen holds it: its conversation, and what only a webinar has.

import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { PeopleListOk } from '../protocol/generated';
import type { Outcome, Room } from '../store/api';
import type { RoomState } from '../store/room-state';
import { OpenedConversation, type ConversationParts } from './conversation';
import type { OpenedQuestions } from './questions';
import type { OpenedSummary } from './summary';

export const typingEveryMs = 3_000;
/// How long the server counts somebody as typing, and a little for the way.
const countedTypingMs = 6_500;

export class OpenedRoom extends OpenedConversation<RoomState> implements Room {
  readonly noun = 'message';
  readonly questions = signal<OpenedQuestions | undefined>(undefined);
  readonly summary = signal<OpenedSummary | undefined>(undefined);
  readonly webinar;
  readonly record;
  readonly people;
  readonly typing: ReadonlySignal<number>;
  readonly role;
  readonly mayListPeople;
  private saidTypingAt = 0;
  /// The server's count of who is typing holds the reader too.
  private readonly isCountedTyping = signal(false);
  private cancelCounted: (() => void) | undefined;

  constructor(state: RoomState, parts: ConversationParts) {
    super(state, parts, 'read');
    ({ webinar: this.webinar, record: this.record, people: this.people } = state);
    ({ role: this.role, mayListPeople: this.mayListPeople } = state);
    this.typing = computed(() => Math.max(0, state.typing.value - (this.isCountedTyping.value ? 1 : 0)));
  }

  remove(message: number, reason?: string): void {
    const args = reason === undefined ? { message } : { message, reason };
    this.parts.engine.intend('message.remove', this.state.channel, args);
  }

  react(message: number, emoji: string, on: boolean): void {
    this.parts.engine.intend('message.react', this.state.channel, { message, emoji, on });
  }

  sayTyping(): void {
    const { engine, timers } = this.parts;
    const now = timers.now();
    if (now - this.saidTypingAt < typingEveryMs) return;
    this.saidTypingAt = now;
    engine.sayTyping(this.webinar);
    this.cancelCounted?.();
    this.isCountedTyping.value = true;
    this.cancelCounted = timers.after(countedTypingMs, () => {
      this.isCountedTyping.value = false;
    });
  }

  async setLive(live: boolean): Promise<Outcome<true>> {
    const outcome = await this.parts.engine.ask(live ? 'webinar.open' : 'webinar.close', { webinar: this.webinar }, true);
    return 'ok' in outcome ? { ok: true } : outcome;
  }

  findPeople(query: { search?: string; after?: string }): Promise<Outcome<PeopleListOk>> {
    return this.parts.engine.ask('people.list', { webinar: this.webinar, ...query }, false);
  }

  async openQuestions(): Promise<boolean> {
    try {
      const { OpenedQuestions } = await import('./questions');
      const { engine, notes, timers, state } = this.parts;
      if (!this.hasLeft) this.questions.value ??= new OpenedQuestions(this.state, engine, notes, timers, state.connection);
      return true;
    } catch {
      return false;
    }
  }

  async openSummary(): Promise<boolean> {
    try {
      const { OpenedSummary } = await import('./summary');
      if (!this.hasLeft) this.summary.value ??= new OpenedSummary(this.state, this.parts.engine);
      return true;
    } catch {
      return false;
    }
  }

  protected intendPost(written: { text: string; replyTo?: number; lang?: string }, draftNote: string): void {
    this.parts.engine.intend('message.post', this.state.channel, { webinar: this.webinar, ...written }, draftNote);
  }

  protected intendEdit(message: number, text: string, draftNote: string): void {
    this.parts.engine.intend('message.edit', this.state.channel, { message, text }, draftNote);
  }

  protected leaveParts(): void {
    for (const part of [this.questions, this.summary]) part.peek()?.leave();
    this.cancelCounted?.();
  }
}
