// One live connection at a time, kept up for as long as the page is open: hello first (P20), requests and their replies
// (P5), growing and jittered waits between attempts, pings that notice a dead line and a lost push (P25), close codes (P8).
//
// Everything is a callback, in the order of the wire: the reply of a subscription is handled before the push behind it.

import type {
  ClosingFrame,
  Error as WireError,
  GoneFrame,
  HelloArgs,
  HelloOk,
  OperationName,
  Operations,
  PingArgs,
  Push,
  SignalFrame,
  StaleFrame,
} from '../protocol/generated';
import type { Random, Timers } from './timers';
import type { Link, Transport } from './transport';

export type ChannelFrame = Push | SignalFrame | GoneFrame | StaleFrame;

/// `closed`: the connection ended, with that code, before a reply came.
export type Answer<Name extends OperationName> =
  { ok: Operations[Name]['ok'] } | { error: WireError } | { closed: number };

export type ConnectionState = 'connecting' | 'online' | 'waiting' | 'stopped';

export interface ConnectionOwner {
  /// What to say first; undefined: not yet, `ready()` will be called.
  helloArgs(): HelloArgs | undefined;
  /// The connection is usable from here on.
  welcomed(hello: HelloOk): void;
  received(frame: ChannelFrame): void;
  /// For the pings.
  heads(): NonNullable<PingArgs['heads']>;
  /// After the requests outstanding were answered with `closed`.
  lost(code: number): void;
  stateChanged(state: ConnectionState, retryAt: number | undefined): void;
}

export const firstWaitMs = 500;
export const longestWaitMs = 30_000;
export const pingEveryMs = 25_000;
/// From opening to the reply of hello.
export const openingMs = 15_000;
/// An attempt older than this, at waking, was made on a network that is gone.
export const stuckMs = 4_000;
/// How long a line may be silent after a ping.
export const pingReplyMs = 10_000;
export const pingReplyAfterWakingMs = 4_000;
/// A connection that lasted this long starts the waits anew.
export const steadyMs = 10_000;

/// What `closed` carries when this side gave the connection up.
export const brokenLine = 1006;

interface Outstanding {
  op: OperationName;
  answered(answer: Answer<OperationName>): void;
}

export class Connection {
  private link: Link | undefined;
  private isOpen = false;
  private isWelcomed = false;
  private saidHello = false;
  private nextId = 1;
  private outstanding = new Map<number, Outstanding>();
  private failedAttempts = 0;
  private comeBackInMs: number | undefined;
  private attemptedAt = 0;
  private framesHeard = 0;
  private cancelTimers: (() => void)[] = [];
  private cancelPing: () => void = () => undefined;
  private current: ConnectionState = 'waiting';

  constructor(
    private readonly transport: Transport,
    private readonly timers: Timers,
    private readonly random: Random,
    private readonly owner: ConnectionOwner,
  ) {}

  get state(): ConnectionState {
    return this.current;
  }

  start(): void {
    this.attempt();
  }

  /// The owner can answer `helloArgs()` now.
  ready(): void {
    if (this.isOpen && !this.saidHello) this.sayHello();
  }

  /// The network came back or the page became visible: look now instead of at the next timer.
  wake(): void {
    if (this.current === 'waiting') this.attempt();
    else if (this.current === 'online') this.ping(pingReplyAfterWakingMs);
    else if (this.current === 'connecting' && this.timers.now() - this.attemptedAt > stuckMs) this.renew();
  }

  /// Opens a new connection, since who one is depends on the cookie it was opened with.
  renew(): void {
    if (this.current === 'stopped') return;
    this.end(brokenLine);
    this.attempt();
  }

  stop(): void {
    this.end(brokenLine);
    this.change('stopped');
  }

  /// Answered exactly once; at once with `closed` where there is no connection.
  request<Name extends OperationName>(
    op: Name,
    args: Operations[Name]['args'],
    answered: (answer: Answer<Name>) => void,
    key?: string,
  ): void {
    if (!this.isWelcomed) {
      answered({ closed: brokenLine });
      return;
    }
    this.send(op, args, answered, key);
  }

  private send<Name extends OperationName>(
    op: Name,
    args: Operations[Name]['args'],
    answered: (answer: Answer<Name>) => void,
    key?: string,
  ): void {
    const id = this.nextId++;
    this.outstanding.set(id, { op, answered: answered as Outstanding['answered'] });
    this.link?.send(JSON.stringify(key === undefined ? { id, op, args } : { id, op, key, args }));
  }

  private attempt(): void {
    this.clearTimers();
    this.attemptedAt = this.timers.now();
    this.change('connecting');
    this.cancelTimers.push(this.timers.after(openingMs, () => this.broke()));
    this.link = this.transport({
      opened: () => {
        this.isOpen = true;
        this.sayHello();
      },
      received: (text) => this.receive(text),
      closed: (code) => this.closed(code),
    });
  }

  private sayHello(): void {
    const args = this.owner.helloArgs();
    if (!args) return;
    this.saidHello = true;
    this.send('hello', args, (answer) => {
      if ('ok' in answer) {
        this.welcome(answer.ok);
      } else if ('error' in answer) {
        this.comeBackInMs = answer.error.retryAfterMs;
        this.broke();
      }
    });
  }

  private welcome(hello: HelloOk): void {
    this.clearTimers();
    this.isWelcomed = true;
    this.cancelTimers.push(
      this.timers.after(steadyMs, () => {
        this.failedAttempts = 0;
      }),
    );
    this.pingLater();
    this.change('online');
    this.owner.welcomed(hello);
  }

  private receive(text: string): void {
    this.framesHeard += 1;
    const link = this.link;
    for (const line of text.split('\n')) {
      if (line === '' || link !== this.link) continue;
      const frame = parsed(line);
      if (frame) this.handle(frame);
      else this.broke();
    }
  }

  private handle(frame: object): void {
    if ('ch' in frame) {
      this.owner.received(frame as ChannelFrame);
    } else if ('closing' in frame) {
      this.comeBackInMs = (frame as ClosingFrame).closing.reconnectAfterMs;
    } else if ('id' in frame) {
      this.settle(frame as { id: number | null } & Answer<OperationName>);
    }
  }

  private settle(reply: { id: number | null } & Answer<OperationName>): void {
    const request = reply.id === null ? undefined : this.outstanding.get(reply.id);
    if (!request || reply.id === null) return;
    this.outstanding.delete(reply.id);
    request.answered(reply);
  }

  private pingLater(): void {
    this.cancelPing = this.timers.after(pingEveryMs, () => this.ping(pingReplyMs));
  }

  /// Whatever is heard proves that the line lives, not only the reply: it may stand behind a long answer.
  private ping(replyWithinMs: number): void {
    this.cancelPing();
    const heardBefore = this.framesHeard;
    this.send('ping', { heads: this.owner.heads() }, () => undefined);
    this.cancelPing = this.timers.after(replyWithinMs, () => {
      if (this.framesHeard === heardBefore) this.broke();
      else this.pingLater();
    });
  }

  private broke(): void {
    this.closed(brokenLine);
  }

  private closed(code: number): void {
    this.end(code);
    if (code >= 4500 && code <= 4999) this.change('stopped');
    else this.waitAndRetry();
  }

  /// The same whether the other side closed or this one gives up.
  private end(code: number): void {
    this.clearTimers();
    this.link?.abandon();
    this.link = undefined;
    this.isOpen = this.isWelcomed = this.saidHello = false;
    const unanswered = Array.from(this.outstanding.values());
    this.outstanding.clear();
    for (const request of unanswered) request.answered({ closed: code });
    this.owner.lost(code);
  }

  private waitAndRetry(): void {
    const growing = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(this.failedAttempts, 10));
    const wait = this.comeBackInMs ?? growing * (0.5 + this.random() / 2);
    this.comeBackInMs = undefined;
    this.failedAttempts += 1;
    this.cancelTimers.push(this.timers.after(wait, () => this.attempt()));
    this.change('waiting', this.timers.now() + wait);
  }

  private change(state: ConnectionState, retryAt?: number): void {
    this.current = state;
    this.owner.stateChanged(state, retryAt);
  }

  private clearTimers(): void {
    this.cancelPing();
    for (const cancel of this.cancelTimers) cancel();
    this.cancelTimers = [];
  }
}

/// Undefined where it is not an object in JSON: a proxy's page, or half a frame.
function parsed(line: string): object | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
