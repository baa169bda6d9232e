// The signals of one thread: its conversation, and what only a thread has.

import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { Me, PersonRef, RemovedThreadRecord, ThreadRecord } from '../protocol/generated';
import type { Change } from '../sync/channel';
import type { Timers } from '../sync/timers';
import { ConversationState, isModerator } from './conversation-state';

export class ThreadState extends ConversationState {
  readonly record = signal<ThreadRecord | RemovedThreadRecord | undefined>(undefined);
  readonly moderates: ReadonlySignal<boolean>;
  readonly mayPost: ReadonlySignal<boolean>;
  readonly mayEdit: ReadonlySignal<boolean>;
  readonly mayAccept: ReadonlySignal<boolean>;
  readonly desk: ReadonlySignal<string | undefined>;

  constructor(
    readonly thread: number,
    channel: string,
    me: ReadonlySignal<Me | undefined>,
    timers: Timers,
  ) {
    super(channel, channel, me, timers);
    const open = computed(() => (this.record.value && !('state' in this.record.value) ? this.record.value : undefined));
    this.moderates = computed(() => isModerator(me.value));
    this.mayPost = computed(() => open.value !== undefined && me.value?.kind === 'member');
    // Also a guest's question that was carried over from a webinar.
    this.mayEdit = computed(() => open.value !== undefined && me.value !== undefined && me.value.id !== 0);
    this.mayAccept = computed(() => {
      const isAuthor = me.value !== undefined && open.value?.author?.id === me.value.id;
      return open.value?.kind === 'question' && (isAuthor || this.moderates.value);
    });
    this.desk = computed(() => {
      const board = this.record.value?.board;
      return this.moderates.value && board !== undefined ? `board/${board}/moderation` : undefined;
    });
  }

  protected takeHead(change: Change): void {
    if (change.reset || change.gone.some(({ type }) => type === 'thread')) this.record.value = undefined;
    for (const record of change.put) if (record.type === 'thread') this.record.value = record;
  }

  protected hasHead(): boolean {
    return this.record.peek() !== undefined;
  }

  protected authorOf({ id, name }: Me): PersonRef {
    return { id, name };
  }

  protected removesAs(): 'moderator' {
    return 'moderator';
  }
}
