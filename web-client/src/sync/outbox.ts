// Intents on their way to the server (P30–P34): per lane in order, one at a time; kept on the disk before they are sent and
// until they are acknowledged.

import type { Error as WireError } from '../protocol/generated';
import type { Disk } from './disk';
import { afterClosing, isAged, isMoot, isRetryable, type Changed, type Intent } from './intent';
import { byKey } from './key';
import type { Timers } from './timers';

export type SendState = 'sending' | 'waiting' | 'sent' | 'failed' | 'aged';

export type IntentAnswer = { ok: Changed } | { error: WireError } | { closed: number };

export interface OutboxOwner {
  /// Sends now; answered once.
  send(intent: Intent, answered: (answer: IntentAnswer) => void): void;
  /// Who the connection speaks for; undefined: nobody, or no connection.
  sender(): number | undefined;
  /// Whether it was written as somebody who is not the one reading here now.
  isForeign(intent: Intent): boolean;
  /// Up to where a channel is shown; undefined where it is not open.
  shownRev(channel: string): number | undefined;
  /// The run of the server one is connected to.
  epoch(): string;
  /// `state` undefined: it is over and forgotten.
  changed(intent: Intent, state: SendState | undefined): void;
}

/// After a retryable error that does not say when.
const pauseMs = 2_000;

interface Lane {
  inFlight: string | undefined;
  cancelPause: (() => void) | undefined;
}

export class Outbox {
  private intents = new Map<string, Intent>();
  /// Not yet on the disk: not to be sent.
  private unwritten = new Set<string>();
  private lanes = new Map<string, Lane>();

  constructor(
    private readonly disk: Pick<Disk, 'putIntent' | 'eraseIntent'>,
    private readonly timers: Timers,
    private readonly owner: OutboxOwner,
  ) {}

  /// Written first, then sent. `draftNote` is erased in the same transaction.
  add(intent: Intent, draftNote?: string): void {
    this.intents.set(intent.key, intent);
    this.unwritten.add(intent.key);
    this.tell(intent);
    void this.disk.putIntent(intent, draftNote).then(() => {
      this.unwritten.delete(intent.key);
      this.pump(intent.lane);
    });
  }

  /// Takes over what an ended page left on the disk.
  adopt(intents: readonly Intent[]): void {
    for (const intent of intents) {
      if (this.intents.has(intent.key)) continue;
      this.intents.set(intent.key, intent);
      if (intent.reply && isAged(intent, this.timers.now())) this.forget(intent);
      else this.replace(intent);
    }
    this.pumpAll();
  }

  /// The connection is usable, or speaks for somebody else: whatever waited may try again.
  resume(): void {
    for (const lane of this.lanes.values()) this.endPause(lane);
    for (const intent of Array.from(this.intents.values())) {
      // Its record is on a channel that nobody here follows any more.
      if (intent.reply && this.owner.isForeign(intent)) this.forget(intent);
    }
    this.tellAll();
    this.pumpAll();
  }

  /// The connection is gone; what was in flight has been answered with `closed` before.
  suspend(): void {
    this.tellAll();
  }

  /// Who was joining has become a person.
  claim(lane: string, person: number): void {
    for (const intent of this.inLane(lane)) {
      if (intent.person === 0) this.replace({ ...intent, person });
    }
    this.pump(lane);
  }

  /// Sends a failed or aged intent again. `anew`: as another intent, when the server may not take the old one from this
  /// person; it then stands last.
  retry(key: string, anew?: { key: string; person: number }): void {
    const intent = this.intents.get(key);
    if (!intent || this.isInFlight(intent)) return;
    const { problem: _, closures: __, ...rest } = intent;
    if (anew && intent.person !== anew.person) {
      this.forget(intent);
      this.add({ ...rest, ...anew, at: this.timers.now() } as Intent);
    } else {
      this.replace({ ...rest, confirmed: true } as Intent);
      this.pump(intent.lane);
    }
  }

  /// Undefined while it is on its way or over.
  discard(key: string): Intent | undefined {
    const intent = this.intents.get(key);
    if (!intent || intent.reply || this.isInFlight(intent)) return undefined;
    this.forget(intent);
    this.pump(intent.lane);
    return intent;
  }

  /// P32. `isOfThisRun`: the rev is what the server has in the run one is connected to. What an earlier run acknowledged above
  /// that was lost with the file it was in, which has been put back from a copy.
  reached(channel: string, rev: number, isOfThisRun: boolean): void {
    for (const intent of Array.from(this.intents.values())) {
      const { reply } = intent;
      if (reply?.channel !== channel) continue;
      const isLost = isOfThisRun && reply.epoch !== this.owner.epoch();
      if (rev >= reply.rev || isLost) this.forget(intent);
    }
  }

  get(key: string): Intent | undefined {
    return this.intents.get(key);
  }

  private stateOf(intent: Intent): SendState {
    if (intent.reply) return 'sent';
    if (this.isInFlight(intent)) return 'sending';
    if (intent.problem || this.owner.isForeign(intent)) return 'failed';
    if (isAged(intent, this.timers.now())) return 'aged';
    const moving = this.isSendable(intent) && this.lane(intent.lane).cancelPause === undefined;
    return moving ? 'sending' : 'waiting';
  }

  private isSendable(intent: Intent): boolean {
    return (
      !intent.reply &&
      !intent.problem &&
      intent.person === this.owner.sender() &&
      !isAged(intent, this.timers.now())
    );
  }

  private pump(laneName: string): void {
    const lane = this.lane(laneName);
    if (lane.inFlight !== undefined || lane.cancelPause) return;
    const next = this.inLane(laneName).find((intent) => this.isSendable(intent));
    if (!next || this.unwritten.has(next.key)) return;
    lane.inFlight = next.key;
    this.tell(next);
    this.owner.send(next, (answer) => {
      lane.inFlight = undefined;
      this.settle(next.key, lane, answer);
    });
  }

  private pumpAll(): void {
    for (const name of new Set(Array.from(this.intents.values(), (intent) => intent.lane))) this.pump(name);
  }

  private settle(key: string, lane: Lane, answer: IntentAnswer): void {
    const intent = this.intents.get(key);
    if (!intent) return;
    if ('ok' in answer) {
      this.acknowledge(intent, answer.ok);
    } else if ('closed' in answer) {
      const after = afterClosing(intent, answer.closed);
      if (after === intent) this.tell(intent);
      else this.replace(after);
      return;
    } else if (isRetryable(answer.error)) {
      this.pause(lane, intent.lane, answer.error.retryAfterMs ?? pauseMs);
    } else if (isMoot(intent, answer.error)) {
      this.forget(intent);
    } else {
      this.replace({ ...intent, problem: answer.error });
    }
    this.pump(intent.lane);
  }

  private acknowledge(intent: Intent, reply: Changed): void {
    const acknowledged = { ...intent, reply: { ...reply, epoch: this.owner.epoch() } } as Intent;
    if ((this.owner.shownRev(reply.channel) ?? 0) >= reply.rev) this.forget(acknowledged);
    else this.replace(acknowledged);
  }

  private pause(lane: Lane, name: string, milliseconds: number): void {
    lane.cancelPause = this.timers.after(milliseconds, () => {
      lane.cancelPause = undefined;
      this.tellLane(name);
      this.pump(name);
    });
    this.tellLane(name);
  }

  private endPause(lane: Lane): void {
    lane.cancelPause?.();
    lane.cancelPause = undefined;
  }

  private replace(intent: Intent): void {
    this.intents.set(intent.key, intent);
    void this.disk.putIntent(intent);
    this.tell(intent);
  }

  private forget(intent: Intent): void {
    this.intents.delete(intent.key);
    this.unwritten.delete(intent.key);
    void this.disk.eraseIntent(intent.key);
    this.owner.changed(intent, undefined);
  }

  private tell(intent: Intent): void {
    const state = this.stateOf(intent);
    const shown: Intent =
      state === 'failed' && !intent.problem ? { ...intent, problem: { code: 'other_person' } } : intent;
    this.owner.changed(shown, state);
  }

  private tellLane(name: string): void {
    for (const intent of this.inLane(name)) this.tell(intent);
  }

  private tellAll(): void {
    for (const intent of this.intents.values()) this.tell(intent);
  }

  private isInFlight(intent: Intent): boolean {
    return this.lanes.get(intent.lane)?.inFlight === intent.key;
  }

  private inLane(name: string): Intent[] {
    return Array.from(this.intents.values())
      .filter((intent) => intent.lane === name)
      .sort(byKey);
  }

  private lane(name: string): Lane {
    const known = this.lanes.get(name);
    if (known) return known;
    const lane: Lane = { inFlight: undefined, cancelPause: undefined };
    this.lanes.set(name, lane);
    return lane;
  }
}
