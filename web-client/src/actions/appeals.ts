// The appeals of one open webinar or thread, as a screen holds them. Loaded when there is something to appeal or to decide.

import type { Appeal, AppealAct, Appeals, Taken } from '../store/appeal-api';
import { AppealsState } from '../store/appeals';
import type { ClientState } from '../store/client-state';
import type { ConversationState } from '../store/conversation-state';
import type { Engine } from '../sync/engine';
import { followDesk } from './desk';

export class OpenedAppeals implements Appeals {
  readonly desk;
  readonly open;
  readonly waiting;
  readonly decided;
  private readonly state: AppealsState;
  private readonly lane: string;
  private readonly stopFollowing: () => void;

  constructor(
    conversation: ConversationState,
    private readonly engine: Engine,
    me: ClientState['me'],
  ) {
    this.lane = conversation.channel;
    const { conversations } = engine;
    const state = (this.state = conversations.part(this.lane, 'appeals', () => new AppealsState(me)));
    ({ desk: this.desk, open: this.open, waiting: this.waiting, decided: this.decided } = state);
    this.stopFollowing = followDesk(conversation, conversations, state);
  }

  find(appeal: number): Appeal | undefined {
    return this.state.all.value.find(({ id }) => id === appeal);
  }

  asked(taken: Taken): AppealAct | undefined {
    return this.state.asked(taken);
  }

  make({ target, id }: Taken, text: string): void {
    this.engine.intend('appeal.make', this.lane, { [target]: id, text });
  }

  decide(appeal: number, overturn: boolean, answer: string): void {
    this.engine.intend('appeal.decide', this.lane, { appeal, overturn, answer });
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
