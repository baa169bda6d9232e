// The conversations this page follows, of webinars and of threads: each with its channel, the reader's own channel under it, and
// the channels that a part of its page follows beside them.

import type { ClientState } from '../store/client-state';
import type { ConversationPart, ConversationState } from '../store/conversation-state';
import type { Intent } from './intent';
import type { SendState } from './outbox';
import { SharedChannels, type ChannelOwner } from './shared-channels';
import type { Sink } from './subscription';
import type { Timers } from './timers';

interface OpenConversation {
  readonly state: ConversationState;
  /// One's own channel under it, while it is known who one is.
  ownChannel: string | undefined;
  readonly beside: Map<string, Set<Sink>>;
  readonly parts: Map<string, ConversationPart>;
  holders: number;
}

export interface ConversationsOwner extends ChannelOwner {
  readonly me: ClientState['me'];
  readonly timers: Timers;
  /// What is wanted of a channel and not over yet.
  wishesIn(lane: string): Iterable<{ readonly intent: Intent; readonly state: SendState }>;
}

export type MakeState<State> = (channel: string, me: ClientState['me'], timers: Timers) => State;

export function roomChannel(webinar: number): string {
  return `webinar/${webinar}`;
}

export function threadChannel(thread: number): string {
  return `thread/${thread}`;
}

export class Conversations {
  private readonly byChannel = new Map<string, OpenConversation>();
  /// Two threads of one board have one channel of moderation.
  private readonly shared: SharedChannels;

  constructor(private readonly owner: ConversationsOwner) {
    this.shared = new SharedChannels(owner);
  }

  state(channel: string): ConversationState | undefined {
    return this.byChannel.get(channel)?.state;
  }

  follow<State extends ConversationState>(channel: string, make: MakeState<State>): State {
    const known = this.byChannel.get(channel);
    if (known) {
      known.holders += 1;
      return known.state as State;
    }
    const state = make(channel, this.owner.me, this.owner.timers);
    const opened: OpenConversation = { state, ownChannel: undefined, beside: new Map(), parts: new Map(), holders: 1 };
    this.byChannel.set(channel, opened);
    this.owner.open(channel, state.channelSink);
    this.followOwn(opened);
    state.viewerChanged();
    this.tellWishes(channel, state);
    return state;
  }

  unfollow(channel: string): void {
    const opened = this.byChannel.get(channel);
    if (!opened) return;
    opened.holders -= 1;
    if (opened.holders > 0) return;
    this.byChannel.delete(channel);
    this.owner.close(channel);
    if (opened.ownChannel !== undefined) this.owner.close(opened.ownChannel);
    for (const [name, sinks] of opened.beside) for (const sink of sinks) this.shared.unfollow(name, sink);
  }

  /// What a screen opens beside the conversation; one for as long as it is followed.
  part<Part extends ConversationPart>(channel: string, name: string, make: () => Part): Part {
    const opened = this.byChannel.get(channel);
    const known = opened?.parts.get(name);
    if (known) return known as Part;
    const part = make();
    if (!opened) return part;
    opened.parts.set(name, part);
    opened.state.attach(part);
    this.tellWishes(channel, part);
    return part;
  }

  /// Follows another channel as long as the conversation of `channel`, beside whoever else does; or until `unfollowBeside`.
  followBeside(channel: string, other: string, sink: Sink): void {
    const opened = this.byChannel.get(channel);
    if (!opened) return;
    const sinks = opened.beside.get(other) ?? new Set();
    opened.beside.set(other, sinks.add(sink));
    this.shared.follow(other, sink);
  }

  unfollowBeside(channel: string, other: string, sink: Sink): void {
    if (this.byChannel.get(channel)?.beside.get(other)?.delete(sink)) this.shared.unfollow(other, sink);
  }

  lineLost(): void {
    for (const { state } of this.byChannel.values()) state.lineLost();
  }

  viewerChanged(): void {
    for (const opened of this.byChannel.values()) {
      this.followOwn(opened);
      opened.state.viewerChanged();
    }
  }

  wish(intent: Intent, state: SendState | undefined): void {
    this.byChannel.get(intent.lane)?.state.wish(intent, state);
  }

  private tellWishes(lane: string, to: Pick<ConversationPart, 'wish'>): void {
    for (const { intent, state } of this.owner.wishesIn(lane)) to.wish(intent, state);
  }

  private followOwn(opened: OpenConversation): void {
    const person = this.owner.me.peek()?.id ?? 0;
    const channel = person === 0 ? undefined : `${opened.state.channel}/person/${person}`;
    if (channel === opened.ownChannel) return;
    if (opened.ownChannel !== undefined) {
      this.owner.close(opened.ownChannel);
      opened.state.forgetOwn();
    }
    opened.ownChannel = channel;
    if (channel !== undefined) this.owner.open(channel, opened.state.ownSink);
  }
}
