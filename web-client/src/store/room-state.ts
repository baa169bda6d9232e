// The signals of one webinar. Written by sync/ alone, through the two sinks: the webinar's channel, and one's own under it.

import { batch, computed, signal, type ReadonlySignal } from '@preact/signals';
import type { AnySignal, Me, ReturnedRecord, WebinarRecord } from '../protocol/generated';
import { recordName, type Change, type LiveRecord } from '../sync/channel';
import { isAbout, type Intent } from '../sync/intent';
import type { SendState } from '../sync/outbox';
import type { Sink } from '../sync/subscription';
import type { Timers } from '../sync/timers';
import type { Room } from './api';
import { RoomLog } from './log';

const nothingLeft: Change = { reset: true, put: [], gone: [], cursor: undefined, ranges: [], newestPos: 0 };

type Of<T> = T extends { readonly value: infer V } ? V : never;

/// What a screen opens beside the conversation: channels of its own come to sinks of its own; from here it gets the reader's
/// own channel and what the reader wants.
export interface RoomPart {
  takeOwn(change: Change): void;
  wish(intent: Intent, state: SendState | undefined): void;
}

function isHost(webinar: WebinarRecord | undefined, me: Me | undefined): boolean {
  return me !== undefined && (webinar?.hosts.some((host) => host.id === me.id) ?? false);
}

function isModerator(me: Me | undefined): boolean {
  return me?.siteRole === 'moderator' || me?.siteRole === 'admin';
}

function hasJoined(webinar: number, me: Me | undefined): boolean {
  return me !== undefined && (me.kind === 'member' || me.guestOf.includes(webinar));
}

export class RoomState {
  readonly log: RoomLog;
  readonly status = signal<Of<Room['status']>>('loading');
  readonly record = signal<WebinarRecord | undefined>(undefined);
  readonly people = signal<number | undefined>(undefined);
  readonly typing = signal(0);
  /// Whether what is shown has been current at least once since the room was opened.
  readonly wasCurrent = signal(false);
  readonly returned = signal<readonly ReturnedRecord[]>([]);
  readonly role: ReadonlySignal<Of<Room['role']>>;
  readonly moderates: ReadonlySignal<boolean>;
  readonly mayPost: ReadonlySignal<boolean>;
  readonly mayListPeople: ReadonlySignal<boolean>;
  private readonly parts: RoomPart[] = [];
  /// All of the reader's own channel, for a part that comes later.
  private readonly own = new Map<string, LiveRecord>();

  constructor(
    readonly webinar: number,
    private readonly me: ReadonlySignal<Me | undefined>,
    timers: Timers,
  ) {
    this.log = new RoomLog(timers);
    this.role = computed(() => {
      if (isHost(this.record.value, me.value)) return 'host';
      return hasJoined(webinar, me.value) ? 'attendee' : 'visitor';
    });
    this.moderates = computed(() => isHost(this.record.value, me.value) || isModerator(me.value));
    this.mayPost = computed(() => hasJoined(webinar, me.value) && this.record.value?.state === 'live');
    this.mayListPeople = computed(
      () => this.moderates.value || (hasJoined(webinar, me.value) && this.record.value?.peopleVisible === 'names'),
    );
  }

  /// For the channel of the webinar.
  readonly roomSink: Sink = {
    changed: (change) => batch(() => this.takeRoom(change)),
    signalled: (told) => this.takeSignal(told),
    became: (status) => this.takeStatus(status),
  };

  /// For the channel of this reader under the webinar.
  readonly ownSink: Sink = {
    changed: (change) => batch(() => this.takeOwn(change)),
    signalled: () => undefined,
    became: () => undefined,
  };

  /// Who reads has changed: what was theirs alone goes.
  forgetOwn(): void {
    batch(() => this.takeOwn(nothingLeft));
  }

  /// Who was writing when the line was lost may have stopped since.
  lineLost(): void {
    this.typing.value = 0;
  }

  /// Tells it what is there already.
  attach(part: RoomPart): void {
    this.parts.push(part);
    part.takeOwn({ ...nothingLeft, put: Array.from(this.own.values()) });
  }

  wish(intent: Intent, state: SendState | undefined): void {
    if (isAbout('message', intent)) this.log.applyWish(intent, state);
    for (const part of this.parts) part.wish(intent, state);
  }

  /// Who reads has changed, or what they may do here.
  viewerChanged(): void {
    const me = this.me.peek();
    const isHostHere = isHost(this.record.peek(), me);
    const author = me && { id: me.id, name: me.name, ...(isHostHere ? { role: 'host' as const } : {}) };
    this.log.applyViewer(author, { person: me?.id ?? 0, removesAs: isHostHere ? 'host' : 'moderator' });
  }

  private takeRoom(change: Change): void {
    if (change.reset) this.record.value = undefined;
    for (const record of change.put) if (record.type === 'webinar') this.record.value = record;
    this.viewerChanged();
    this.log.applyMessages(change);
    if (this.record.value) this.status.value = 'ready';
  }

  private takeOwn(change: Change): void {
    const isReturned = (record: LiveRecord): record is ReturnedRecord => record.type === 'returned';
    const kept = change.reset ? [] : this.returned.peek();
    const changed = new Set([...change.put, ...change.gone].filter(isReturned).map(({ id }) => id));
    if (change.reset || changed.size > 0) {
      this.returned.value = kept
        .filter(({ id }) => !changed.has(id))
        .concat(change.put.filter(isReturned))
        .sort((a, b) => a.at - b.at);
    }
    this.log.applyOwn(change);
    if (change.reset) this.own.clear();
    for (const record of change.gone) this.own.delete(recordName(record));
    for (const record of change.put) this.own.set(recordName(record), record);
    for (const part of this.parts) part.takeOwn(change);
  }

  private takeSignal(told: AnySignal): void {
    if (told.type === 'people') this.people.value = told.count;
    else this.typing.value = told.count;
  }

  private takeStatus(status: 'live' | 'gone' | 'refused'): void {
    if (status === 'gone') {
      batch(() => {
        this.record.value = undefined;
        this.people.value = undefined;
        this.typing.value = 0;
        this.status.value = 'gone';
      });
    } else if (status === 'refused') {
      if (this.status.peek() === 'loading') this.status.value = 'failed';
    } else if (this.record.peek()) {
      batch(() => {
        this.status.value = 'ready';
        this.wasCurrent.value = true;
      });
    }
  }
}
