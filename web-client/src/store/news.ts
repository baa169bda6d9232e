// What's New as a screen shows it: what everyone may know of, what members may, and one's own mark over both.

import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { ActivityRecord, Me } from '../protocol/generated';
import type { Change } from '../sync/channel';
import type { Sink } from '../sync/subscription';
import { batch } from './client-state';
import type { Of } from './conversation-state';
import type { News } from './news-api';

/// Of one channel.
class Part {
  readonly state = signal<'closed' | 'loading' | 'ready' | 'failed'>('loading');
  readonly isCurrent = signal(false);
  readonly held = signal<ReadonlyMap<number, ActivityRecord>>(new Map());

  readonly sink: Sink = {
    changed: (change) => batch(() => this.take(change)),
    signalled: () => undefined,
    became: (status) => {
      if (status === 'gone') this.close();
      else if (status === 'live') this.becameLive();
      else if (this.state.peek() === 'loading') this.state.value = 'failed';
    },
  };

  private becameLive(): void {
    batch(() => {
      this.state.value = 'ready';
      this.isCurrent.value = true;
    });
  }

  open(): void {
    if (this.state.peek() === 'closed') this.state.value = 'loading';
  }

  close(): void {
    batch(() => {
      this.state.value = 'closed';
      this.isCurrent.value = false;
      this.held.value = new Map();
    });
  }

  private take(change: Change): void {
    const held = new Map(change.reset ? [] : this.held.peek());
    for (const { id } of change.gone) held.delete(id);
    for (const record of change.put) if (record.type === 'activity') held.set(record.id, record);
    this.held.value = held;
    if (change.cursor) this.state.value = 'ready';
  }
}

/// The newest first. What stands on both channels for a moment is shown as it is on the one that was told last.
export function merged(...parts: readonly ReadonlyMap<number, ActivityRecord>[]): readonly ActivityRecord[] {
  const newest = new Map<number, ActivityRecord>();
  for (const part of parts) {
    for (const [id, activity] of part) if (activity.seq > (newest.get(id)?.seq ?? -1)) newest.set(id, activity);
  }
  return Array.from(newest.values()).sort((a, b) => b.seq - a.seq);
}

/// How many of them are new to this person.
export function unseenOf(activities: readonly ActivityRecord[], mark: number, me: number | undefined): number {
  return activities.filter(({ seq, by }) => seq > mark && (by === undefined || by.id !== me)).length;
}

export class NewsState {
  readonly everyones = new Part();
  readonly members = new Part();
  readonly state: ReadonlySignal<Of<News['state']>>;
  readonly isCurrent: ReadonlySignal<boolean>;
  readonly activities: News['activities'];
  /// Of who has no account; on this device. `isKnown`: it has been read.
  readonly kept = signal<{ readonly seq?: number; readonly isKnown: boolean }>({ isKnown: false });
  readonly mark: News['mark'];
  readonly unseen: News['unseen'];

  constructor(me: ReadonlySignal<Me | undefined>, seen: ReadonlySignal<{ readonly seq?: number; readonly isKnown: boolean }>) {
    const { everyones, members } = this;
    members.close();
    this.state = computed(() => {
      const states = [everyones.state.value, members.state.value];
      return states.includes('ready') ? 'ready' : states.includes('failed') ? 'failed' : 'loading';
    });
    this.isCurrent = computed(() => everyones.isCurrent.value && (members.state.value === 'closed' || members.isCurrent.value));
    this.activities = computed(() => merged(everyones.held.value, members.held.value));
    const isMember = computed(() => me.value?.kind === 'member');
    this.mark = computed(() => (isMember.value ? seen.value.seq : this.kept.value.seq));
    this.unseen = computed(() => {
      // A member who has no mark has seen nothing; whoever has no account begins with what there is at the first visit.
      const first = isMember.value && seen.value.isKnown ? 0 : undefined;
      const mark = this.mark.value ?? first;
      return mark === undefined ? 0 : unseenOf(this.activities.value, mark, me.value?.id);
    });
  }

  /// What the device remembers.
  recallKept(seq: number | undefined): void {
    this.kept.value = { ...this.higher(seq), isKnown: true };
  }

  raiseKept(seq: number): void {
    this.kept.value = { ...this.higher(seq), isKnown: this.kept.peek().isKnown };
  }

  private higher(seq: number | undefined): { seq?: number } {
    const known = this.kept.peek().seq;
    if (seq === undefined) return known === undefined ? {} : { seq: known };
    return { seq: Math.max(seq, known ?? 0) };
  }
}
