// Channels that several parts of conversations may follow at once, each through a sink of its own: asked for once, and closed when
// nobody follows them any more.

import { SharedSink } from './shared-sink';
import type { Sink } from './subscription';

export interface ChannelOwner {
  open(channel: string, sink: Sink): void;
  close(channel: string): void;
}

export class SharedChannels {
  private readonly byName = new Map<string, SharedSink>();

  constructor(private readonly owner: ChannelOwner) {}

  follow(channel: string, sink: Sink): void {
    const known = this.byName.get(channel);
    if (known) return known.add(sink);
    const shared = new SharedSink();
    shared.add(sink);
    this.byName.set(channel, shared);
    this.owner.open(channel, shared);
  }

  unfollow(channel: string, sink: Sink): void {
    const shared = this.byName.get(channel);
    shared?.remove(sink);
    if (!shared?.isEmpty) return;
    this.byName.delete(channel);
    this.owner.close(channel);
  }
}
