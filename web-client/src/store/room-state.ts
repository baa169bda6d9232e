// The signals of one webinar: its conversation, and what only a webinar has.

import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { AnySignal, Me, PersonRef, WebinarRecord } from '../protocol/generated';
import type { Change } from '../sync/channel';
import type { Timers } from '../sync/timers';
import type { Room } from './api';
import { ConversationState, isModerator, type Of } from './conversation-state';

function isHost(webinar: WebinarRecord | undefined, me: Me | undefined): boolean {
  return me !== undefined && (webinar?.hosts.some((host) => host.id === me.id) ?? false);
}

function hasJoined(webinar: number, me: Me | undefined): boolean {
  return me !== undefined && (me.kind === 'member' || me.guestOf.includes(webinar));
}

export class RoomState extends ConversationState {
  readonly record = signal<WebinarRecord | undefined>(undefined);
  readonly people = signal<number | undefined>(undefined);
  readonly role: ReadonlySignal<Of<Room['role']>>;
  readonly moderates: ReadonlySignal<boolean>;
  readonly mayPost: ReadonlySignal<boolean>;
  readonly mayEdit: ReadonlySignal<boolean>;
  readonly mayListPeople: ReadonlySignal<boolean>;
  readonly desk: ReadonlySignal<string | undefined>;

  constructor(
    readonly webinar: number,
    channel: string,
    me: ReadonlySignal<Me | undefined>,
    timers: Timers,
  ) {
    super(channel, String(webinar), me, timers);
    this.role = computed(() => {
      if (isHost(this.record.value, me.value)) return 'host';
      return hasJoined(webinar, me.value) ? 'attendee' : 'visitor';
    });
    this.moderates = computed(() => isHost(this.record.value, me.value) || isModerator(me.value));
    this.mayPost = computed(() => hasJoined(webinar, me.value) && this.record.value?.state === 'live');
    this.mayEdit = this.mayPost;
    this.mayListPeople = computed(
      () => this.moderates.value || (hasJoined(webinar, me.value) && this.record.value?.peopleVisible === 'names'),
    );
    this.desk = computed(() => (this.moderates.value ? `${channel}/backstage` : undefined));
  }

  protected takeHead(change: Change): void {
    if (change.reset) this.record.value = undefined;
    for (const record of change.put) if (record.type === 'webinar') this.record.value = record;
  }

  protected hasHead(): boolean {
    return this.record.peek() !== undefined;
  }

  protected authorOf({ id, name }: Me): PersonRef {
    return { id, name, ...(this.isHosted() ? { role: 'host' as const } : {}) };
  }

  protected removesAs(): 'host' | 'moderator' {
    return this.isHosted() ? 'host' : 'moderator';
  }

  protected override takeSignal(told: AnySignal): void {
    if (told.type === 'people') this.people.value = told.count;
    else super.takeSignal(told);
  }

  protected override lose(): void {
    super.lose();
    this.people.value = undefined;
  }

  /// By who reads.
  private isHosted(): boolean {
    return isHost(this.record.peek(), this.me.peek());
  }
}
