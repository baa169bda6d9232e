// One open thread, as a screen holds it: its conversation, and what only a thread has. Loaded with the first thread's page.

import { computed, effect, signal, untracked, type ReadonlySignal } from '@preact/signals';
import type { BoardRecord } from '../protocol/generated';
import type { BoardOfThread, Outcome, Thread } from '../store/api';
import { ThreadState } from '../store/thread-state';
import { threadChannel, type MakeState } from '../sync/conversations';
import type { Note } from '../sync/disk';
import { OpenedConversation, type ConversationParts } from './conversation';
import { readerOf } from './reader';

/// Who could read the board as that person was told; 0: nobody.
interface Remembered extends BoardOfThread {
  readonly person: number;
}

export function openThread(parts: ConversationParts, thread: number): Thread {
  const make: MakeState<ThreadState> = (channel, me, timers) => new ThreadState(thread, channel, me, timers);
  return new OpenedThread(parts.engine.follow(threadChannel(thread), make), parts);
}

class OpenedThread extends OpenedConversation<ThreadState> implements Thread {
  readonly noun = 'post';
  readonly board = signal<BoardOfThread | undefined>(undefined);
  readonly thread;
  readonly record;
  readonly typing;
  readonly mayAccept;
  private readonly reader: ReadonlySignal<number | undefined>;
  private readonly stopAsking: () => void;
  /// Of which board, and for whom, the server is being asked or has told.
  private asked = '';

  constructor(state: ThreadState, parts: ConversationParts) {
    super(state, parts, 'unread');
    ({ thread: this.thread, record: this.record, typing: this.typing, mayAccept: this.mayAccept } = state);
    this.reader = readerOf(parts.state);
    // Not the record: it changes with every post.
    const boardId = computed(() => state.record.value?.board);
    const isCurrent = computed(() => state.wasCurrent.value && parts.state.connection.value === 'online');
    this.stopAsking = effect(() => {
      const [board, reader, isAsking] = [boardId.value, this.reader.value, isCurrent.value];
      if (board !== undefined && reader !== undefined) untracked(() => this.learnOfBoard(board, reader, isAsking));
    });
  }

  remove(post: number, reason?: string): void {
    const args = reason === undefined ? { post } : { post, reason };
    this.parts.engine.intend('post.remove', this.state.channel, args);
  }

  react(post: number, emoji: string, on: boolean): void {
    this.parts.engine.intend('post.react', this.state.channel, { post, emoji, on });
  }

  sayTyping(): void {
    // A thread is written in over days: nobody waits for the next word.
  }

  async accept(post: number | undefined): Promise<Outcome<true>> {
    const args = { thread: this.thread, ...(post === undefined ? {} : { post }) };
    const outcome = await this.parts.engine.ask('thread.answer', args, true);
    return 'ok' in outcome ? { ok: true } : outcome;
  }

  async removeThread(firstPost: number, reason: string): Promise<Outcome<true>> {
    const outcome = await this.parts.engine.ask('post.remove', { post: firstPost, reason }, true);
    return 'ok' in outcome ? { ok: true } : outcome;
  }

  protected intendPost(written: { text: string; replyTo?: number; lang?: string }, draftNote: string): void {
    this.parts.engine.intend('post.write', this.state.channel, { thread: this.thread, ...written }, draftNote);
  }

  protected intendEdit(post: number, text: string, draftNote: string): void {
    this.parts.engine.intend('post.edit', this.state.channel, { post, text }, draftNote);
  }

  protected leaveParts(): void {
    this.stopAsking();
  }

  private learnOfBoard(board: number, reader: number, isCurrent: boolean): void {
    if (this.board.peek()?.id !== board) void this.recallBoard(board, reader);
    const asked = `${board} ${reader}`;
    if (!isCurrent || this.asked === asked) return;
    this.asked = asked;
    void this.askForBoard(board, reader).then((isTold) => {
      // After a refusal it is asked again when the line comes back.
      if (!isTold && this.asked === asked) this.asked = '';
    });
  }

  private async recallBoard(board: number, reader: number): Promise<void> {
    const note = (await this.parts.notes.read(boardNote(board))) as unknown as Remembered | undefined;
    if (note === undefined || this.board.peek()?.id === board) return;
    // What one person could read is not the next one's to know.
    if (note.visibility === 'public' || note.person === reader) this.board.value = told(note);
  }

  /// Without following it: who may read a board does not change, and its threads are of no interest here.
  private async askForBoard(board: number, reader: number): Promise<boolean> {
    const outcome = await this.parts.engine.ask('subscribe', { channel: `board/${board}`, page: 'none' }, false);
    if (this.hasLeft || !('ok' in outcome)) return false;
    const record = outcome.ok.records.find((one): one is BoardRecord => one.type === 'board' && !('gone' in one));
    if (record === undefined) return false;
    this.board.value = told(record);
    const remembered: Remembered = { ...told(record), person: reader };
    this.parts.notes.write(boardNote(board), remembered as unknown as Note);
    return true;
  }
}

function boardNote(board: number): string {
  return `board/${board}`;
}

function told({ id, name, visibility }: BoardOfThread): BoardOfThread {
  return { id, name, visibility };
}
