// The appeals of one open webinar, as a screen holds them. Loaded when there is something to appeal or to decide.

import { effect } from '@preact/signals';
import type { Appeal, AppealAct, Appeals, Taken } from '../store/appeal-api';
import { AppealsState } from '../store/appeals';
import type { ClientState } from '../store/client-state';
import type { RoomState } from '../store/room-state';
import type { Engine } from '../sync/engine';

export class OpenedAppeals implements Appeals {
  readonly desk;
  readonly open;
  readonly waiting;
  readonly decided;
  private readonly state: AppealsState;
  private readonly webinar: number;
  private readonly stopFollowing: () => void;

  constructor(
    room: RoomState,
    private readonly engine: Engine,
    me: ClientState['me'],
  ) {
    const { webinar } = room;
    this.webinar = webinar;
    const { rooms } = engine;
    const state = (this.state = rooms.part(webinar, 'appeals', () => new AppealsState(me)));
    ({ desk: this.desk, open: this.open, waiting: this.waiting, decided: this.decided } = state);
    this.stopFollowing = effect(() => {
      const hasDesk = room.moderates.value;
      state.openDesk(hasDesk);
      if (hasDesk) rooms.followBeside(webinar, 'backstage', state.backstageSink);
      else rooms.unfollowBeside(webinar, 'backstage', state.backstageSink);
    });
  }

  find(appeal: number): Appeal | undefined {
    return this.state.all.value.find(({ id }) => id === appeal);
  }

  asked(taken: Taken): AppealAct | undefined {
    return this.state.asked(taken);
  }

  make({ target, id }: Taken, text: string): void {
    this.engine.intend('appeal.make', this.webinar, { [target]: id, text });
  }

  decide(appeal: number, overturn: boolean, answer: string): void {
    this.engine.intend('appeal.decide', this.webinar, { appeal, overturn, answer });
  }

  retry(actKey: string): void {
    this.engine.retry(actKey);
  }

  discard(actKey: string): string | undefined {
    const intent = this.engine.discard(actKey);
    if (intent?.op === 'appeal.make') return intent.args.text;
    return intent?.op === 'appeal.decide' ? intent.args.answer : undefined;
  }

  leave(): void {
    this.stopFollowing();
  }
}
