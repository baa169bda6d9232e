// The webinars this page follows: each with its channel, the reader's own channel under it, and the channels that a part of
// its page follows beside them.

import type { ClientState } from '../store/client-state';
import { RoomState, type RoomPart } from '../store/room-state';
import type { Intent } from './intent';
import type { SendState } from './outbox';
import { SharedSink } from './shared-sink';
import type { Sink } from './subscription';
import type { Timers } from './timers';

interface OpenRoom {
  readonly state: RoomState;
  /// One's own channel under the webinar, while it is known who one is.
  ownChannel: string | undefined;
  /// By their last name.
  readonly beside: Map<string, SharedSink>;
  readonly parts: Map<string, RoomPart>;
  holders: number;
}

export interface RoomsOwner {
  readonly me: ClientState['me'];
  readonly timers: Timers;
  open(channel: string, sink: Sink): void;
  close(channel: string): void;
  /// What is wanted of a channel and not over yet.
  wishesIn(lane: string): Iterable<{ readonly intent: Intent; readonly state: SendState }>;
}

export function roomChannel(webinar: number): string {
  return `webinar/${webinar}`;
}

export class Rooms {
  private readonly byWebinar = new Map<number, OpenRoom>();

  constructor(private readonly owner: RoomsOwner) {}

  state(webinar: number): RoomState | undefined {
    return this.byWebinar.get(webinar)?.state;
  }

  follow(webinar: number): RoomState {
    const known = this.byWebinar.get(webinar);
    if (known) {
      known.holders += 1;
      return known.state;
    }
    const state = new RoomState(webinar, this.owner.me, this.owner.timers);
    const room: OpenRoom = { state, ownChannel: undefined, beside: new Map(), parts: new Map(), holders: 1 };
    this.byWebinar.set(webinar, room);
    const channel = roomChannel(webinar);
    this.owner.open(channel, state.roomSink);
    this.followOwn(room);
    state.viewerChanged();
    this.tellWishes(channel, state);
    return state;
  }

  unfollow(webinar: number): void {
    const room = this.byWebinar.get(webinar);
    if (!room) return;
    room.holders -= 1;
    if (room.holders > 0) return;
    this.byWebinar.delete(webinar);
    this.owner.close(roomChannel(webinar));
    if (room.ownChannel !== undefined) this.owner.close(room.ownChannel);
    for (const name of room.beside.keys()) this.owner.close(`${roomChannel(webinar)}/${name}`);
  }

  /// What a screen opens beside the conversation; one for as long as the webinar is followed.
  part<Part extends RoomPart>(webinar: number, name: string, make: () => Part): Part {
    const room = this.byWebinar.get(webinar);
    const known = room?.parts.get(name);
    if (known) return known as Part;
    const part = make();
    if (!room) return part;
    room.parts.set(name, part);
    room.state.attach(part);
    this.tellWishes(roomChannel(webinar), part);
    return part;
  }

  /// Follows a channel under a webinar that is followed, beside whoever else does; until `unfollowBeside`, or with the webinar.
  followBeside(webinar: number, name: string, sink: Sink): void {
    const room = this.byWebinar.get(webinar);
    if (!room) return;
    const known = room.beside.get(name);
    if (known) return known.add(sink);
    const shared = new SharedSink();
    shared.add(sink);
    room.beside.set(name, shared);
    this.owner.open(`${roomChannel(webinar)}/${name}`, shared);
  }

  unfollowBeside(webinar: number, name: string, sink: Sink): void {
    const beside = this.byWebinar.get(webinar)?.beside;
    const shared = beside?.get(name);
    shared?.remove(sink);
    if (!beside || !shared?.isEmpty) return;
    this.owner.close(`${roomChannel(webinar)}/${name}`);
    beside.delete(name);
  }

  lineLost(): void {
    for (const { state } of this.byWebinar.values()) state.lineLost();
  }

  viewerChanged(): void {
    for (const room of this.byWebinar.values()) {
      this.followOwn(room);
      room.state.viewerChanged();
    }
  }

  wish(intent: Intent, state: SendState | undefined): void {
    for (const room of this.byWebinar.values()) {
      if (roomChannel(room.state.webinar) === intent.lane) room.state.wish(intent, state);
    }
  }

  private tellWishes(lane: string, to: Pick<RoomPart, 'wish'>): void {
    for (const { intent, state } of this.owner.wishesIn(lane)) to.wish(intent, state);
  }

  private followOwn(room: OpenRoom): void {
    const person = this.owner.me.peek()?.id ?? 0;
    const channel = person === 0 ? undefined : `${roomChannel(room.state.webinar)}/person/${person}`;
    if (channel === room.ownChannel) return;
    if (room.ownChannel !== undefined) {
      this.owner.close(room.ownChannel);
      room.state.forgetOwn();
    }
    room.ownChannel = channel;
    if (channel !== undefined) this.owner.open(channel, room.state.ownSink);
  }
}
