// The signals of the page as a whole. Written by sync/ alone.

import { computed, signal } from '@preact/signals';
import { defaultLimits, type Limits, type Me, type SeenRecord, type WebinarSummary } from '../protocol/generated';
import type { Client, Connection, Session, WebinarList } from './api';
import type { Of } from './conversation-state';

/// For sync/, which writes signals and knows of no screen: several writes, one change.
export { batch } from '@preact/signals';

export class ClientState {
  readonly connection = signal<Of<Connection['state']>>('connecting');
  readonly retryAt = signal<number | undefined>(undefined);
  readonly everOnline = signal(false);
  readonly releaseChanged = signal(false);
  readonly me = signal<Me | undefined>(undefined);
  readonly known = signal(false);
  readonly joining = signal<Of<Session['joining']>>(undefined);
  readonly disk = signal<Of<Client['disk']>>('opening');
  readonly limits = signal<Limits>(defaultLimits);
  readonly unsent = signal(0);
  readonly listState = signal<Of<WebinarList['state']>>('loading');
  readonly webinars = signal<readonly WebinarSummary[]>([]);
  /// How far the member who reads here has seen What's New. `isKnown`: having no mark means that there is none.
  readonly seen = signal<{ readonly seq?: number; readonly isKnown: boolean }>({ isKnown: false });
  readonly reloadReady = computed(() => this.releaseChanged.value && this.unsent.value === 0);

  /// The mark never goes back.
  raiseSeen({ seq }: Pick<SeenRecord, 'seq'>): void {
    this.seen.value = { seq: Math.max(seq, this.seen.peek().seq ?? 0), isKnown: true };
  }
}
