// What waits for those who moderate a conversation is on a channel of theirs; a part of a screen follows it while its reader is
// one of them.

import { effect, untracked, type ReadonlySignal } from '@preact/signals';
import type { ConversationState } from '../store/conversation-state';
import type { Conversations } from '../sync/conversations';
import type { Sink } from '../sync/subscription';

export interface DeskPart {
  readonly deskSink: Sink;
  /// The channel is followed, or no longer.
  openDesk(isOpen: boolean): void;
}

/// Until the result is called, or the conversation is left. `isFree`: what comes first has come.
export function followDesk(
  state: ConversationState,
  conversations: Conversations,
  part: DeskPart,
  isFree?: ReadonlySignal<boolean>,
): () => void {
  let followed: string | undefined;
  return effect(() => {
    if (isFree?.value === false) return;
    const desk = state.desk.value;
    // What the sink writes when it is told what is there is no reason to follow anew.
    untracked(() => {
      if (desk !== followed && followed !== undefined) conversations.unfollowBeside(state.channel, followed, part.deskSink);
      followed = desk;
      part.openDesk(desk !== undefined);
      if (desk !== undefined) conversations.followBeside(state.channel, desk, part.deskSink);
    });
  });
}
