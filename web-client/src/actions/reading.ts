// How far one has read in a conversation, on this device, and where the line "new messages" stands.

import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import type { ConversationState } from '../store/conversation-state';
import type { Notes } from './notes';

export class Reading {
  readonly readPos = signal(0);
  readonly linePos = signal<number | undefined>(undefined);
  readonly unreadCount: ReadonlySignal<number>;
  /// Until the note has been read and the conversation has been current, it is not known what is new.
  readonly isSettled = signal(false);
  private hasNote = false;
  private readonly noteName: string;
  private readonly stopFollowing: () => void;

  constructor(
    private readonly conversation: ConversationState,
    private readonly notes: Notes,
    /// Who comes for the first time finds nothing new, or all of it.
    private readonly firstVisit: 'read' | 'unread',
  ) {
    this.noteName = `read/${conversation.noteName}`;
    this.unreadCount = computed(() => Math.max(0, conversation.log.newestPos.value - this.readPos.value));
    const isLoaded = signal(false);
    this.stopFollowing = effect(() => {
      if (!isLoaded.value || !conversation.wasCurrent.value) return;
      this.follow(conversation.log.version.value);
    });
    void notes.read(this.noteName).then((note) => {
      this.hasNote = note !== undefined;
      if (note && 'pos' in note) this.readPos.value = Math.max(this.readPos.peek(), Number(note.pos));
      isLoaded.value = true;
    });
  }

  mark(pos: number): void {
    if (pos <= this.readPos.peek()) return;
    this.move(pos);
  }

  moveLine(): void {
    this.linePos.value = this.conversation.log.newestPos.peek() > this.readPos.peek() ? this.readPos.peek() + 1 : undefined;
  }

  stop(): void {
    this.stopFollowing();
  }

  private follow(_version: number): void {
    const { log } = this.conversation;
    const newest = log.newestPos.peek();
    if (!this.isSettled.peek()) {
      this.isSettled.value = true;
      if (!this.hasNote && this.firstVisit === 'read') this.move(newest);
      this.moveLine();
    }
    // The file of the server was put back from a copy: places are given anew.
    if (this.readPos.peek() > newest) this.move(newest);
    this.passOwn();
  }

  /// What one has written oneself is not new.
  private passOwn(): void {
    const { log } = this.conversation;
    let pos = this.readPos.peek();
    let index = log.indexOfPos(pos + 1);
    for (let item = log.items[index]; item?.mine && item.pos === pos + 1; item = log.items[index]) {
      pos += 1;
      index += 1;
    }
    this.mark(pos);
  }

  private move(pos: number): void {
    this.readPos.value = pos;
    this.notes.write(this.noteName, { pos });
  }
}
