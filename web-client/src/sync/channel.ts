// What this client holds of one channel, and the rules by which frames change it (PROTOCOL.md, P10–P15 and P21–P27).
// No sockets, no disk, no clock: frames in, held records out.
//
// Of a timeline it holds whole ranges of `pos`; the newest one is live. A put outside them is not kept, unless a history is
// outstanding: its answer may have been read before that put, so the put waits beside and the higher rev wins.

import type { AnyRecord, GoneRecord, HistoryArgs, HistoryOk, Push, SubscriptionAnswer } from '../protocol/generated';
import { rangeHolding, withRange, type Range } from './ranges';

export type LiveRecord = Exclude<AnyRecord, GoneRecord>;

/// From where a subscription resumes (P15).
export interface Cursor {
  readonly epoch: string;
  readonly c: number;
  readonly rev: number;
}

/// What changed since the last `takeChange`, and where the channel stands with it. A record changed twice is there once.
export interface Change {
  /// Nothing that was held before counts any more; `put` is everything.
  readonly reset: boolean;
  readonly put: readonly LiveRecord[];
  readonly gone: readonly LiveRecord[];
  /// What left the channel without having been held here: for who knows its records from elsewhere.
  readonly goneUnheld?: readonly GoneRecord[];
  readonly cursor: Cursor | undefined;
  readonly ranges: readonly Range[];
  /// The newest place of the timeline; 0 where it is empty.
  readonly newestPos: number;
}

/// Ties a history's answer to what was held when it was asked for.
export interface HistoryTicket {
  readonly generation: number;
}

export function recordName(record: { type: string; id: number }): string {
  return `${record.type}/${record.id}`;
}

function isGone(record: AnyRecord): record is GoneRecord {
  return 'gone' in record;
}

/// The lowest and the highest place among `records`; undefined where none has one.
function spanOf(records: readonly AnyRecord[]): Range | undefined {
  let span: Range | undefined;
  for (const record of records) {
    if (isGone(record) || record.pos === undefined) continue;
    const { pos } = record;
    span = span ? { from: Math.min(span.from, pos), to: Math.max(span.to, pos) } : { from: pos, to: pos };
  }
  return span;
}

export class Channel {
  private held = new Map<string, LiveRecord>();
  private beside = new Map<string, AnyRecord>();
  private heldRanges: Range[] = [];
  private newest = 0;
  private token: Cursor | undefined;
  private generation = 0;
  private historiesOutstanding = 0;
  private changed = new Map<string, LiveRecord>();
  private goneUnheld: GoneRecord[] = [];
  private wasReset = false;
  private hasMoved = false;

  constructor(readonly name: string) {}

  get cursor(): Cursor | undefined {
    return this.token;
  }

  get records(): ReadonlyMap<string, LiveRecord> {
    return this.held;
  }

  get ranges(): readonly Range[] {
    return this.heldRanges;
  }

  /// Takes up what was on the disk. Only before the first frame.
  restore(cursor: Cursor, records: readonly LiveRecord[], range: Range | undefined): void {
    this.replaceWith(records);
    this.token = cursor;
    this.newest = range?.to ?? 0;
    this.heldRanges = range ? [range] : [];
  }

  /// P21: a snapshot replaces, a resume is merged.
  answer(answer: SubscriptionAnswer): void {
    if (answer.mode === 'snapshot') {
      this.takeSnapshot(answer);
      return;
    }
    this.hear(answer.records);
    const rev = Math.max(answer.rev, this.token?.rev ?? 0);
    this.token = { epoch: answer.epoch, c: answer.c, rev };
    this.hasMoved = true;
  }

  /// P22. `gap`: something is missing before it; subscribe again.
  push(push: Push): 'applied' | 'ignored' | 'gap' {
    const mine = this.token;
    if (!mine) return 'ignored';
    if (push.rev <= mine.rev) return 'ignored';
    if (push.from > mine.rev) return 'gap';
    this.hear(push.put);
    this.token = { epoch: mine.epoch, c: push.c, rev: push.rev };
    this.hasMoved = true;
    return 'applied';
  }

  beginHistory(): HistoryTicket {
    this.historiesOutstanding += 1;
    return { generation: this.generation };
  }

  /// P24. Each ticket ends once: with its answer, or without one when none will come. `again`: a snapshot replaced what was
  /// held meanwhile, so that what changed between the two was never told; the history must be asked for anew.
  endHistory(ticket: HistoryTicket, asked?: HistoryArgs, answer?: HistoryOk): 'applied' | 'again' {
    const outdated = ticket.generation !== this.generation;
    if (!outdated && asked && answer) this.takeHistory(asked, answer);
    this.historiesOutstanding -= 1;
    if (this.historiesOutstanding === 0) this.beside.clear();
    return outdated ? 'again' : 'applied';
  }

  /// P27, and before a channel is read by somebody else.
  erase(): void {
    this.replaceWith([]);
    this.token = undefined;
    this.newest = 0;
    this.heldRanges = [];
    this.beside.clear();
    this.generation += 1;
  }

  takeChange(): Change | undefined {
    if (!this.wasReset && !this.hasMoved) return undefined;
    const put: LiveRecord[] = [];
    const gone: LiveRecord[] = [];
    for (const [name, last] of this.changed) {
      const now = this.held.get(name);
      if (now) put.push(now);
      else gone.push(last);
    }
    const records = this.wasReset ? { put: Array.from(this.held.values()), gone: [] } : { put, gone };
    const change = {
      reset: this.wasReset,
      ...records,
      ...(this.goneUnheld.length > 0 ? { goneUnheld: this.goneUnheld } : {}),
      cursor: this.token,
      ranges: this.heldRanges,
      newestPos: this.newest,
    };
    this.changed.clear();
    this.goneUnheld = [];
    this.wasReset = this.hasMoved = false;
    return change;
  }

  private takeSnapshot(answer: SubscriptionAnswer): void {
    this.replaceWith(answer.records.filter((record): record is LiveRecord => !isGone(record)));
    const span = spanOf(answer.records);
    this.newest = span?.to ?? 0;
    this.heldRanges = withRange([], { from: answer.more && span ? span.from : 1, to: this.newest });
    this.beside.clear();
    this.generation += 1;
    this.token = { epoch: answer.epoch, c: answer.c, rev: answer.rev };
  }

  private replaceWith(records: readonly LiveRecord[]): void {
    this.held = new Map(records.map((record) => [recordName(record), record]));
    this.changed.clear();
    this.goneUnheld = [];
    this.wasReset = true;
  }

  /// Takes what a resume or a push holds. Every place beyond the newest one is in it or has left the channel already: poses
  /// have no gap, and both hold all that changed.
  private hear(records: readonly AnyRecord[]): void {
    const newest = spanOf(records)?.to ?? 0;
    if (newest > this.newest) {
      this.heldRanges = withRange(this.heldRanges, { from: this.newest + 1, to: newest });
      this.newest = newest;
    }
    for (const record of records) {
      if (this.historiesOutstanding > 0) this.keepBeside(record);
      this.take(record);
    }
  }

  private keepBeside(record: AnyRecord): void {
    const name = recordName(record);
    if ((this.beside.get(name)?.rev ?? 0) < record.rev) this.beside.set(name, record);
  }

  private take(record: AnyRecord): void {
    const name = recordName(record);
    if (isGone(record)) {
      if (!this.held.has(name)) this.goneUnheld.push(record);
      this.drop(name, record.rev);
    } else if (record.pos === undefined || rangeHolding(this.heldRanges, record.pos)) {
      this.hold(name, record);
    }
  }

  private hold(name: string, record: LiveRecord): void {
    if ((this.held.get(name)?.rev ?? 0) >= record.rev) return;
    this.held.set(name, record);
    this.changed.set(name, record);
  }

  private drop(name: string, rev: number): void {
    const last = this.held.get(name);
    if (!last || last.rev >= rev) return;
    this.held.delete(name);
    this.changed.set(name, last);
  }

  private takeHistory(asked: HistoryArgs, answer: HistoryOk): void {
    const span = spanOf(answer.records);
    if (span || !answer.more) this.heldRanges = withRange(this.heldRanges, this.rangeOf(asked, answer, span));
    this.newest = Math.max(this.newest, rangeHolding(this.heldRanges, this.newest + 1)?.to ?? 0);
    for (const record of answer.records) this.take(record);
    for (const record of this.beside.values()) this.take(record);
    this.hasMoved = true;
  }

  /// What an answer proves to be whole: in the direction asked, as far as it goes; to the end where there is no more.
  private rangeOf(asked: HistoryArgs, answer: HistoryOk, span: Range | undefined): Range {
    const from = answer.more && span ? span.from : 1;
    if (asked.before !== undefined) {
      return { from, to: Math.min(asked.before - 1, Math.max(this.newest, span?.to ?? 0)) };
    }
    if (asked.after !== undefined) return { from: asked.after + 1, to: span?.to ?? asked.after };
    return { from, to: span?.to ?? 0 };
  }
}
