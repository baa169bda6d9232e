// One channel this page follows: asked for in hello and by subscribe, caught up after gaps, kept on the disk, shown through
// its sink. Rules: P21–P27.
//
// A frame changes the Channel at once; what is shown follows when the change is on the disk, so that nothing was seen that a
// reload would take back. Changes that arrive meanwhile go out together.

import type {
  AnySignal,
  Error as WireError,
  HistoryArgs,
  Page,
  SubscribeArgs,
  SubscriptionAnswer,
} from '../protocol/generated';
import type { Problem } from '../store/api';
import { Channel, type Change } from './channel';
import type { Answer, ChannelFrame } from './connection';
import type { Disk } from './disk';
import { isRetryable } from './intent';
import { Keeper } from './keeper';
import type { Timers } from './timers';

/// Where a channel is shown.
export interface Sink {
  changed(change: Change): void;
  signalled(signal: AnySignal): void;
  /// `live`: current as long as the connection is. `gone`: there is no such channel for this reader; what was shown has been
  /// erased. `refused`: not now; it is asked again.
  became(status: 'live' | 'gone' | 'refused'): void;
}

/// The connection, as far as this needs it.
export interface Line {
  subscribe(args: SubscribeArgs, answered: (answer: Answer<'subscribe'>) => void): void;
  unsubscribe(channel: string): void;
  history(args: HistoryArgs, answered: (answer: Answer<'history'>) => void): void;
  isOpen(): boolean;
}

/// Whoever wants no page of the timeline has it from a list of its own, asked for at each visit: what changed since the last
/// visit is in that one, and need not come once more.
const noDisk: Pick<Disk, 'readChannel' | 'writeChannel' | 'eraseChannel'> = {
  readChannel: () => Promise.resolve(undefined),
  writeChannel: ({ cursor }) => Promise.resolve(cursor),
  eraseChannel: () => Promise.resolve(),
};

/// After a refusal that does not say when.
const askAgainMs = 5_000;

export function isFinalRefusal({ code }: Pick<Problem, 'code'>): boolean {
  return code === 'not_found' || code === 'forbidden' || code === 'sign_in_required';
}

export class Subscription {
  private readonly channel: Channel;
  private readonly keeper: Keeper;
  private phase: 'loading' | 'idle' | 'asked' | 'live' = 'loading';
  private question = 0;
  private flushing: Promise<void> | undefined;
  private isClosed = false;
  private cancelRetry: () => void = () => undefined;

  constructor(
    private readonly name: string,
    private readonly sink: Sink,
    private readonly line: Line,
    disk: Disk,
    private readonly timers: Timers,
    private readonly page: Page = 'last',
  ) {
    this.channel = new Channel(name);
    this.keeper = new Keeper(page === 'none' ? noDisk : disk, this.channel);
  }

  get isLoading(): boolean {
    return this.phase === 'loading';
  }

  get head(): { channel: string; rev: number } | undefined {
    const rev = this.channel.cursor?.rev;
    return this.phase === 'live' && rev !== undefined ? { channel: this.name, rev } : undefined;
  }

  /// Shows what the last visit left.
  async load(): Promise<void> {
    const stored = await this.keeper.load();
    if (this.isClosed) return;
    this.phase = 'idle';
    if (!stored) return;
    this.channel.restore(stored.cursor, stored.records, stored.range);
    const change = this.channel.takeChange();
    if (change) this.sink.changed(change);
  }

  args(): SubscribeArgs {
    const cursor = this.channel.cursor;
    const args: SubscribeArgs = { channel: this.name, page: this.page };
    return cursor ? { ...args, epoch: cursor.epoch, c: cursor.c, since: cursor.rev } : args;
  }

  /// Subscribes (again), from what is held.
  ask(): void {
    if (this.phase === 'loading' || this.isClosed) return;
    const answered = this.begin();
    this.line.subscribe(this.args(), (answer) => {
      if ('ok' in answer) answered(answer.ok);
      else if ('error' in answer) answered(answer);
    });
  }

  askIfIdle(): void {
    if (this.phase === 'idle') this.ask();
  }

  /// For a question asked in another way: what to do with its answer. It is dropped if the channel was asked for anew since.
  begin(): (answer: SubscriptionAnswer | { error: WireError }) => void {
    this.phase = 'asked';
    this.question += 1;
    this.cancelRetry();
    const mine = this.question;
    return (answer) => {
      if (mine !== this.question || this.isClosed) return;
      if ('error' in answer) this.refused(answer.error);
      else this.answered(answer);
    };
  }

  lost(): void {
    this.cancelRetry();
    if (this.phase === 'loading') return;
    this.phase = 'idle';
    this.question += 1;
  }

  received(frame: ChannelFrame): void {
    if (this.phase !== 'live' && this.phase !== 'asked') return;
    if ('put' in frame) {
      if (this.channel.push(frame) === 'gap' && this.phase === 'live') this.ask();
      this.flush();
    } else if ('signal' in frame) {
      this.sink.signalled(frame.signal);
    } else if ('gone' in frame) {
      this.end();
    } else if (this.phase === 'live') {
      this.ask();
    }
  }

  history(args: Omit<HistoryArgs, 'channel'>, done: (error: WireError | undefined) => void): void {
    if (this.phase !== 'live') {
      done({ code: 'not_subscribed' });
      return;
    }
    const ticket = this.channel.beginHistory();
    const asked: HistoryArgs = { channel: this.name, ...args };
    this.line.history(asked, (answer) => {
      if (!('ok' in answer)) {
        this.channel.endHistory(ticket);
        done('error' in answer ? answer.error : { code: 'unavailable' });
      } else if (this.channel.endHistory(ticket, asked, answer.ok) === 'again') {
        this.history(args, done);
      } else {
        this.flush(() => done(undefined));
      }
    });
  }

  close(): void {
    this.isClosed = true;
    this.cancelRetry();
    if (this.line.isOpen() && this.phase !== 'idle') this.line.unsubscribe(this.name);
  }

  /// Erases what is held, in memory and on the disk (P27).
  erase(): void {
    this.channel.erase();
    this.flush();
  }

  private answered(answer: SubscriptionAnswer): void {
    this.phase = 'live';
    this.channel.answer(answer);
    for (const signal of answer.signals) this.sink.signalled(signal);
    this.flush(() => this.sink.became('live'));
  }

  private refused(error: WireError): void {
    if (isFinalRefusal(error)) {
      this.end();
      return;
    }
    this.phase = 'idle';
    this.sink.became('refused');
    const wait = (isRetryable(error) ? error.retryAfterMs : undefined) ?? askAgainMs;
    this.cancelRetry = this.timers.after(wait, () => this.ask());
  }

  private end(): void {
    this.phase = 'idle';
    this.question += 1;
    this.erase();
    this.sink.became('gone');
  }

  /// `then`: when everything held now is shown.
  private flush(then: () => void = () => undefined): void {
    this.flushing ??= this.write();
    void this.flushing.then(() => {
      if (!this.isClosed) then();
    });
  }

  private async write(): Promise<void> {
    // What arrived in one message of the socket goes out as one change.
    await undefined;
    for (let change = this.channel.takeChange(); change; change = this.channel.takeChange()) {
      await this.keeper.keep(change);
      if (!this.isClosed) this.sink.changed(change);
    }
    this.flushing = undefined;
  }
}
