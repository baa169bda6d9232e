// The signals of one conversation: of a webinar's, or of a thread. Written by sync/ alone, through two sinks: for its channel,
// and for one's own under it.

import { batch, signal, type ReadonlySignal } from '@preact/signals';
import type { AnySignal, Me, PersonRef, ReturnedRecord } from '../protocol/generated';
import { recordName, type Change, type LiveRecord } from '../sync/channel';
import type { Intent } from '../sync/intent';
import type { SendState } from '../sync/outbox';
import type { Sink } from '../sync/subscription';
import type { Timers } from '../sync/timers';
import type { Conversation } from './api';
import { isAboutEntry } from './entries';
import type { Viewer } from './item';
import { ConversationLog } from './log';

const nothingLeft: Change = { reset: true, put: [], gone: [], cursor: undefined, ranges: [], newestPos: 0 };

export type Of<T> = T extends { readonly value: infer V } ? V : never;

/// What a screen opens beside the conversation: channels of its own come to sinks of its own; from here it gets the reader's
/// own channel and what the reader wants.
export interface ConversationPart {
  takeOwn(change: Change): void;
  wish(intent: Intent, state: SendState | undefined): void;
}

export function isModerator(me: Me | undefined): boolean {
  return me?.siteRole === 'moderator' || me?.siteRole === 'admin';
}

export abstract class ConversationState {
  readonly log: ConversationLog;
  readonly status = signal<Of<Conversation['status']>>('loading');
  readonly typing = signal(0);
  /// Whether what is shown has been current at least once since it was opened.
  readonly wasCurrent = signal(false);
  readonly returned = signal<readonly ReturnedRecord[]>([]);
  abstract readonly moderates: ReadonlySignal<boolean>;
  abstract readonly mayPost: ReadonlySignal<boolean>;
  abstract readonly mayEdit: ReadonlySignal<boolean>;
  /// The channel of those who moderate, for who does.
  abstract readonly desk: ReadonlySignal<string | undefined>;
  private readonly parts: ConversationPart[] = [];
  /// All of the reader's own channel, for a part that comes later.
  private readonly own = new Map<string, LiveRecord>();

  constructor(
    /// Its records are there, and what one wants of them waits in the lane of this name.
    readonly channel: string,
    /// As what it is remembered on this device.
    readonly noteName: string,
    protected readonly me: ReadonlySignal<Me | undefined>,
    timers: Timers,
  ) {
    this.log = new ConversationLog(timers);
  }

  readonly channelSink: Sink = {
    changed: (change) => batch(() => this.takeChannel(change)),
    signalled: (told) => this.takeSignal(told),
    became: (status) => this.takeStatus(status),
  };

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
  attach(part: ConversationPart): void {
    this.parts.push(part);
    part.takeOwn({ ...nothingLeft, put: Array.from(this.own.values()) });
  }

  wish(intent: Intent, state: SendState | undefined): void {
    if (isAboutEntry(intent)) this.log.applyWish(intent, state);
    for (const part of this.parts) part.wish(intent, state);
  }

  /// Who reads has changed, or what they may do here.
  viewerChanged(): void {
    const me = this.me.peek();
    this.log.applyViewer(me && this.authorOf(me), { person: me?.id ?? 0, removesAs: this.removesAs() });
  }

  /// Takes the record of what is talked in.
  protected abstract takeHead(change: Change): void;
  protected abstract hasHead(): boolean;
  /// How what the reader writes will be signed.
  protected abstract authorOf(me: Me): PersonRef;
  protected abstract removesAs(): Viewer['removesAs'];

  protected takeSignal(told: AnySignal): void {
    if (told.type === 'typing') this.typing.value = told.count;
  }

  /// There is no such channel for this reader.
  protected lose(): void {
    this.takeHead(nothingLeft);
    this.typing.value = 0;
    this.status.value = 'gone';
  }

  private takeChannel(change: Change): void {
    this.takeHead(change);
    this.viewerChanged();
    this.log.applyTimeline(change);
    if (this.hasHead()) this.status.value = 'ready';
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

  private takeStatus(status: 'live' | 'gone' | 'refused'): void {
    if (status === 'gone') {
      batch(() => this.lose());
    } else if (status === 'refused') {
      if (this.status.peek() === 'loading') this.status.value = 'failed';
    } else if (this.hasHead()) {
      batch(() => {
        this.status.value = 'ready';
        this.wasCurrent.value = true;
      });
    }
  }
}
