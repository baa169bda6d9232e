// One connection to the fake server. Answers are queued when they are made; pushes are made when `flush` is called, so that
// they may cover many revs (P22), and never before the answer of their subscription.

import type {
  Error as WireError,
  HelloArgs,
  HistoryArgs,
  OperationName,
  PingArgs,
  SubscribeArgs,
  SubscriptionAnswer,
} from '../../src/protocol/generated';
import { channelOf } from './database';
import type { Caller } from './domain';
import type { FakeServer } from './server';

interface Request {
  id: number;
  op: OperationName;
  key?: string;
  args: object;
}

export class Session {
  /// channel → the last rev handed to the socket.
  readonly handed = new Map<string, number>();
  private welcomed = false;
  private held: (() => void)[] = [];
  private isEnded = false;
  /// Whether histories wait for `release`: answers may come in any order, and later than pushes.
  holdsHistories = false;

  constructor(
    private readonly server: FakeServer,
    readonly caller: Caller,
    private readonly send: (text: string) => void,
    private readonly close: (code: number) => void,
  ) {}

  receive(text: string): void {
    for (const line of text.split('\n')) if (!this.isEnded) this.handle(JSON.parse(line) as Request);
  }

  /// The connection is over, whoever ended it.
  end(code?: number): void {
    if (this.isEnded) return;
    this.isEnded = true;
    this.server.sessions.delete(this);
    if (code !== undefined) this.close(code);
  }

  get heldCount(): number {
    return this.held.length;
  }

  release(index: number): void {
    this.held.splice(index, 1)[0]?.();
  }

  changed(channels: readonly string[]): void {
    this.onChange?.(channels.filter((channel) => this.handed.has(channel)));
  }

  /// Told which followed channels changed; pushes go out when `flush` is called.
  onChange: ((channels: readonly string[]) => void) | undefined;

  /// One push of everything since the last one, where there is anything.
  flush(channel: string): void {
    const from = this.handed.get(channel);
    const { rev, floor } = channelOf(this.server.database, channel);
    if (from === undefined || from >= rev) return;
    if (from < floor) {
      this.stale(channel);
      return;
    }
    this.handed.set(channel, rev);
    const put = this.server.changedSince(channel, from);
    this.emit({ ch: channel, from, rev, c: this.server.database.commit, put });
  }

  /// As flush, and the push is lost on its way.
  lose(channel: string): void {
    if (this.handed.has(channel)) this.handed.set(channel, channelOf(this.server.database, channel).rev);
  }

  /// Too far behind (P26).
  stale(channel: string): void {
    if (this.handed.delete(channel)) this.emit({ ch: channel, stale: true });
  }

  signal(channel: string, signal: object): void {
    if (this.handed.has(channel)) this.emit({ ch: channel, signal });
  }

  /// The right to a channel was lost (P27).
  revoke(channel: string): void {
    if (this.handed.delete(channel)) this.emit({ ch: channel, gone: true });
  }

  private emit(frame: object): void {
    if (!this.isEnded) this.send(JSON.stringify(frame));
  }

  private answer(id: number, answer: { ok: unknown } | { error: WireError }): void {
    this.emit({ id, ...answer });
  }

  private handle({ id, op, key, args }: Request): void {
    if (op === 'hello') this.hello(id, args as HelloArgs);
    else if (!this.welcomed) this.answer(id, { error: { code: 'hello_required' } });
    else if (op === 'subscribe') this.answer(id, this.subscribe(args as SubscribeArgs));
    else if (op === 'unsubscribe') this.unsubscribe(id, args as { channel: string });
    else if (op === 'history') this.history(id, args as HistoryArgs);
    else if (op === 'ping') this.ping(id, args as PingArgs);
    else if (op === 'session.guest' || op === 'session.redeem') this.answer(id, { error: { code: 'http_only' } });
    else this.answer(id, this.server.perform(this.caller, op, args, key));
  }

  private hello(id: number, { subscriptions = [] }: HelloArgs): void {
    if (this.welcomed) {
      this.answer(id, { error: { code: 'hello_repeated' } });
      return;
    }
    this.welcomed = true;
    const answers = subscriptions.map((one) => {
      const answer = this.subscribe(one);
      return 'ok' in answer ? answer.ok : { channel: one.channel, error: answer.error };
    });
    this.answer(id, { ok: { ...this.server.hello(this.caller), subscriptions: answers } });
  }

  private subscribe(args: SubscribeArgs): { ok: SubscriptionAnswer } | { error: WireError } {
    if (!this.server.mayFollow(this.caller.person, args.channel)) return { error: { code: 'not_found' } };
    const answer = this.server.read(args);
    this.handed.set(args.channel, answer.rev);
    return { ok: answer };
  }

  private unsubscribe(id: number, { channel }: { channel: string }): void {
    this.handed.delete(channel);
    this.answer(id, { ok: { channel } });
  }

  private history(id: number, args: HistoryArgs): void {
    if (!this.handed.has(args.channel)) {
      this.answer(id, { error: { code: 'not_subscribed' } });
      return;
    }
    const ok = this.server.history(args);
    const reply = (): void => this.answer(id, { ok });
    if (this.holdsHistories) this.held.push(reply);
    else reply();
  }

  /// P25: what the client lacks of what it was handed comes again.
  private ping(id: number, { heads = [] }: PingArgs): void {
    for (const { channel, rev } of heads) {
      if (!this.handed.has(channel)) continue;
      this.handed.set(channel, Math.min(rev, this.handed.get(channel) ?? 0));
      this.flush(channel);
    }
    this.answer(id, { ok: { at: 0, c: this.server.database.commit } });
  }
}
