// The summary of one open webinar, as its page holds it.

import { effect } from '@preact/signals';
import type { Summary } from '../store/appeal-api';
import type { RoomState } from '../store/room-state';
import { SummaryState } from '../store/summary';
import type { Engine } from '../sync/engine';

export class OpenedSummary implements Summary {
  readonly status;
  readonly record;
  private readonly stopFollowing: () => void;

  constructor(room: RoomState, { rooms }: Engine) {
    const { webinar } = room;
    const state = rooms.part(webinar, 'summary', () => new SummaryState());
    ({ status: this.status, record: this.record } = state);
    this.stopFollowing = effect(() => {
      const isForReader = room.moderates.value;
      state.openDesk(isForReader);
      if (isForReader) rooms.followBeside(webinar, 'backstage', state.backstageSink);
      else rooms.unfollowBeside(webinar, 'backstage', state.backstageSink);
    });
  }

  leave(): void {
    this.stopFollowing();
  }
}
