// The summary of one open webinar, as its page holds it.

import type { Summary } from '../store/appeal-api';
import type { RoomState } from '../store/room-state';
import { SummaryState } from '../store/summary';
import type { Engine } from '../sync/engine';
import { followDesk } from './desk';

export class OpenedSummary implements Summary {
  readonly status;
  readonly record;
  private readonly stopFollowing: () => void;

  constructor(room: RoomState, { conversations }: Engine) {
    const state = conversations.part(room.channel, 'summary', () => new SummaryState());
    ({ status: this.status, record: this.record } = state);
    this.stopFollowing = followDesk(room, conversations, state);
  }

  leave(): void {
    this.stopFollowing();
  }
}
