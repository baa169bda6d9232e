// The summary of one webinar, as the backstage has it.

import { signal } from '@preact/signals';
import type { SummaryRecord } from '../protocol/generated';
import type { Change } from '../sync/channel';
import type { Sink } from '../sync/subscription';
import type { Summary } from './appeal-api';
import type { ConversationPart, Of } from './conversation-state';

export class SummaryState implements ConversationPart {
  readonly status = signal<Of<Summary['status']>>('closed');
  readonly record = signal<SummaryRecord | undefined>(undefined);

  readonly deskSink: Sink = {
    changed: (change) => this.take(change),
    signalled: () => undefined,
    became: (status) => {
      if (status === 'gone') this.openDesk(false);
      else if (status === 'live') this.settle();
      else if (this.status.peek() === 'loading') this.status.value = 'failed';
    },
  };

  /// That channel is followed, or no longer.
  openDesk(isOpen: boolean): void {
    if (isOpen === (this.status.peek() !== 'closed')) return;
    this.status.value = isOpen ? 'loading' : 'closed';
    this.record.value = undefined;
  }

  takeOwn(): void {
    // Nothing of it is one reader's own.
  }

  wish(): void {
    // Nobody changes it.
  }

  private take(change: Change): void {
    if (change.reset) this.record.value = undefined;
    for (const record of change.gone) if (record.type === 'summary') this.record.value = undefined;
    for (const record of change.put) if (record.type === 'summary') this.record.value = record;
    if (change.cursor) this.settle();
  }

  private settle(): void {
    if (this.status.peek() !== 'closed') this.status.value = this.record.peek() ? 'ready' : 'none';
  }
}
