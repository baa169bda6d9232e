// The signals of the page as a whole. Written by sync/ alone.

import { computed, signal } from '@preact/signals';
import { defaultLimits, type Limits, type Me, type WebinarSummary } from '../protocol/generated';
import type { Client, Connection, Session, WebinarList } from './api';

/// For sync/, which writes signals and knows of no screen: several writes, one change.
export { batch } from '@preact/signals';

type Of<T> = T extends { readonly value: infer V } ? V : never;

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
  readonly reloadReady = computed(() => this.releaseChanged.value && this.unsent.value === 0);
}
