// One open conversation, as a screen holds it: its state, and what one can do in it, in a webinar as in a thread.

import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { ReturnedRecord } from '../protocol/generated';
import type { Conversation, Draft, Log, ReturnedText } from '../store/api';
import type { ClientState } from '../store/client-state';
import type { ConversationState } from '../store/conversation-state';
import type { Engine } from '../sync/engine';
import type { Timers } from '../sync/timers';
import type { OpenedAppeals } from './appeals';
import { LogView } from './log-view';
import { draftNote, type Notes } from './notes';
import { Reading } from './reading';

export interface ConversationParts {
  readonly engine: Engine;
  readonly state: ClientState;
  readonly notes: Notes;
  readonly timers: Timers;
}

const noDraft: Draft = { text: '' };

/// By which what was read is remembered: the removal, and then the answer to an appeal of it.
function dismissal({ id, appeal }: ReturnedRecord): string {
  return appeal?.answer === undefined ? String(id) : `${id}/answer`;
}

export abstract class OpenedConversation<State extends ConversationState> implements Conversation {
  abstract readonly noun: Conversation['noun'];
  abstract readonly typing: ReadonlySignal<number>;
  readonly log: Log;
  readonly draft = signal<Draft>(noDraft);
  readonly appeals = signal<OpenedAppeals | undefined>(undefined);
  readonly returned: ReadonlySignal<readonly ReturnedText[]>;
  readonly status;
  readonly moderates;
  readonly mayPost;
  readonly mayEdit;
  protected hasLeft = false;
  private readonly reading: Reading;
  private readonly dismissed = signal<readonly string[]>([]);
  private readonly draftNote: string;
  private readonly dismissedNote: string;

  constructor(
    protected readonly state: State,
    protected readonly parts: ConversationParts,
    firstVisit: 'read' | 'unread',
  ) {
    const { noteName } = state;
    ({ status: this.status, moderates: this.moderates, mayPost: this.mayPost, mayEdit: this.mayEdit } = state);
    this.reading = new Reading(state, parts.notes, firstVisit);
    this.log = new LogView(state, parts.engine, this.reading);
    this.draftNote = draftNote(noteName);
    this.dismissedNote = `dismissed/${noteName}`;
    this.returned = computed(() =>
      state.returned.value
        .filter((record) => !this.dismissed.value.includes(dismissal(record)))
        .map(({ type: _, rev: __, pos: ___, ...told }) => told),
    );
    void this.recall();
  }

  dismissReturned(id: number): void {
    const record = this.state.returned.peek().find((one) => one.id === id);
    if (record) this.dismissed.value = [...this.dismissed.peek(), dismissal(record)];
    this.parts.notes.write(this.dismissedNote, this.dismissed.peek());
  }

  saveDraft(draft: Draft): void {
    this.draft.value = draft;
    this.parts.notes.write(this.draftNote, { ...draft });
  }

  post(text: string, options: { replyTo?: number; lang?: string } = {}): void {
    this.state.log.look(undefined);
    this.intendPost({ text, ...options }, this.takeDraft());
  }

  edit(id: number, text: string): void {
    this.intendEdit(id, text, this.takeDraft());
  }

  abstract remove(id: number, reason?: string): void;
  abstract react(id: number, emoji: string, on: boolean): void;
  abstract sayTyping(): void;

  retry(intentKey: string): void {
    this.parts.engine.retry(intentKey);
  }

  discard(intentKey: string): string | undefined {
    const intent = this.parts.engine.discard(intentKey);
    return intent && 'text' in intent.args ? intent.args.text : undefined;
  }

  async openAppeals(): Promise<boolean> {
    try {
      const { OpenedAppeals } = await import('./appeals');
      const { engine, state } = this.parts;
      if (!this.hasLeft) this.appeals.value ??= new OpenedAppeals(this.state, engine, state.me);
      return true;
    } catch {
      return false;
    }
  }

  leave(): void {
    if (this.hasLeft) return;
    this.hasLeft = true;
    this.appeals.peek()?.leave();
    this.leaveParts();
    this.reading.stop();
    this.parts.notes.flush();
    this.parts.engine.unfollow(this.state.channel);
  }

  /// `draftNote`: the draft it was made from, to be erased with it.
  protected abstract intendPost(written: { text: string; replyTo?: number; lang?: string }, draftNote: string): void;
  protected abstract intendEdit(id: number, text: string, draftNote: string): void;
  protected abstract leaveParts(): void;

  /// Erased by the outbox in the transaction that keeps the intent: the text is never in neither and never in both.
  private takeDraft(): string {
    this.draft.value = noDraft;
    this.parts.notes.drop(this.draftNote);
    return this.draftNote;
  }

  private async recall(): Promise<void> {
    const { notes } = this.parts;
    const [draft, dismissed] = await Promise.all([notes.read(this.draftNote), notes.read(this.dismissedNote)]);
    // What was typed while the disk was read is newer.
    if (draft && 'text' in draft && this.draft.peek() === noDraft) this.draft.value = draft as unknown as Draft;
    if (Array.isArray(dismissed)) this.dismissed.value = dismissed.map(String);
  }
}
