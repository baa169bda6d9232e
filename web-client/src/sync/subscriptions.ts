// All channels this page follows. One that fails stops none of the others.

import type { HelloOk, HistoryArgs, Page, SubscribeArgs, SubscriptionAnswer, Error as WireError } from '../protocol/generated';
import type { ChannelFrame } from './connection';
import type { Disk } from './disk';
import { Subscription, type Line, type Sink } from './subscription';
import type { Timers } from './timers';

type Answered = (answer: SubscriptionAnswer | { error: WireError }) => void;

export class Subscriptions {
  private byName = new Map<string, Subscription>();
  private askedInHello: Answered[] = [];

  constructor(
    private readonly line: Line,
    private readonly disk: Disk,
    private readonly timers: Timers,
    private readonly loaded: () => void,
  ) {}

  /// Shows what the disk holds, then follows the channel. Until `close`.
  open(name: string, sink: Sink, page?: Page): void {
    const subscription = new Subscription(name, sink, this.line, this.disk, this.timers, page);
    this.byName.set(name, subscription);
    void subscription.load().then(() => {
      if (this.line.isOpen()) subscription.ask();
      this.loaded();
    });
  }

  close(name: string): void {
    this.byName.get(name)?.close();
    this.byName.delete(name);
  }

  /// For hello; undefined while the disk is being read.
  helloArgs(): SubscribeArgs[] | undefined {
    const all = Array.from(this.byName.values());
    if (all.some((one) => one.isLoading)) return undefined;
    this.askedInHello = all.map((one) => one.begin());
    return all.map((one) => one.args());
  }

  /// P20: answered in the order asked. What was opened meanwhile is asked for now.
  welcomed(hello: HelloOk): void {
    hello.subscriptions.forEach((answer, index) => this.askedInHello[index]?.(answer));
    this.askedInHello = [];
    for (const one of this.byName.values()) one.askIfIdle();
  }

  received(frame: ChannelFrame): void {
    this.byName.get(frame.ch)?.received(frame);
  }

  lost(): void {
    for (const one of this.byName.values()) one.lost();
  }

  heads(): { channel: string; rev: number }[] {
    return Array.from(this.byName.values()).flatMap((one) => one.head ?? []);
  }

  history(name: string, args: Omit<HistoryArgs, 'channel'>, done: (error: WireError | undefined) => void): void {
    const subscription = this.byName.get(name);
    if (subscription) subscription.history(args, done);
    else done({ code: 'not_subscribed' });
  }
}
