// A server in memory that keeps the rules of PROTOCOL.md, for tests and for looking at screens before the real one runs.
// Nothing happens by itself: its owner decides when pushes go out, when tallies are counted, when it dies.

import {
  changingOperations,
  defaultLimits,
  type AnyRecord,
  type Error as WireError,
  type HelloOk,
  type HistoryArgs,
  type HistoryOk,
  type Me,
  type OperationName,
  type SubscribeArgs,
  type SubscriptionAnswer,
} from '../../src/protocol/generated';
import { channelOf, Database, encode, Refusal, refuse, Transaction } from './database';
import { acts, mayRead, republishTallies, runsTheRoom, type Caller, type Made } from './domain';
import { questionActs, republishVotes } from './questions';
import { Session } from './session';
import { mayFollowBoard, mayFollowThread, threadActs } from './threads';

export const pageRecords = 10;
export const historyRecords = 10;

export class FakeServer {
  database = new Database();
  epoch = '';
  release = '';
  readonly sessions = new Set<Session>();
  /// Whether a subscription that could be resumed is answered with a snapshot all the same.
  prefersSnapshot: () => boolean = () => false;
  /// Whether an intent is refused for the moment.
  isBusy: () => boolean = () => false;
  /// Who may not see any webinar for the time being.
  readonly barred = new Set<number>();

  constructor(
    private readonly now: () => number,
    private readonly makeEpoch: () => string,
  ) {
    this.beginRun();
  }

  /// A connection; `person` is what its cookie says at that moment (0: nobody).
  connect(person: number, send: (text: string) => void, close: (code: number) => void): Session {
    const session = new Session(this, { person }, send, close);
    this.sessions.add(session);
    return session;
  }

  /// What was not committed is lost with every connection. The database is the one given (a restored copy) or stays.
  restart(database: Database = this.database): void {
    for (const session of Array.from(this.sessions)) session.end(1006);
    this.database = database;
    this.beginRun();
  }

  /// The other door (P2). A new guest's id is told to the caller, who keeps it as a browser keeps a cookie.
  post(caller: Caller, op: OperationName, args: object, key?: string): { ok: unknown } | { error: WireError } {
    return this.perform(caller, op, args, key);
  }

  perform(caller: Caller, op: OperationName, args: object, key?: string): { ok: unknown } | { error: WireError } {
    try {
      return { ok: this.once(caller, op, args, key) };
    } catch (problem) {
      if (problem instanceof Refusal) return { error: problem.error };
      throw problem;
    }
  }

  /// P45, P56.
  countTallies(): void {
    if (this.database.dirtyTallies.size > 0) this.transact((tx) => republishTallies(tx));
    if (this.database.dirtyVotes.size > 0) this.transact((tx) => republishVotes(tx));
  }

  /// Changes the tables outside any operation.
  transact<T>(change: (tx: Transaction) => T): T {
    const tx = new Transaction(this.database, this.now());
    const result = change(tx);
    const channels = tx.commit();
    for (const session of this.sessions) session.changed(channels);
    return result;
  }

  /// P27: what they follow is taken from them.
  bar(person: number): void {
    this.barred.add(person);
    for (const session of this.sessions) {
      if (session.caller.person !== person) continue;
      for (const channel of Array.from(session.handed.keys())) {
        if (!this.mayFollow(person, channel)) session.revoke(channel);
      }
    }
  }

  hello(caller: Caller): Omit<HelloOk, 'subscriptions'> {
    const me = this.me(caller.person);
    const { release, epoch } = this;
    return { server: 'fake', release, epoch, at: this.now(), limits: defaultLimits, ...(me ? { me } : {}) };
  }

  mayFollow(person: number, channel: string): boolean {
    const [noun, id, part, owner] = channel.split('/');
    if (noun === 'person') return Number(id) === person && this.database.people.has(person);
    if (noun === 'thread') return mayFollowThread(this, person, Number(id), part, owner);
    if (noun === 'board') return mayFollowBoard(this, person, Number(id), part);
    if (noun !== 'webinar' || this.barred.has(person) || !mayRead(this, person, Number(id))) return false;
    if (part === 'backstage') return runsTheRoom(this, person, Number(id));
    return owner === undefined || (Number(owner) === person && person !== 0);
  }

  /// P15, P21.
  read(args: SubscribeArgs): SubscriptionAnswer {
    const { rev, floor, newestPos, records } = channelOf(this.database, args.channel);
    const head = { channel: args.channel, epoch: this.epoch, c: this.database.commit, rev, signals: [] };
    const { since } = args;
    if (since !== undefined && since >= floor && since <= rev && this.isOfThisHistory(args) && !this.prefersSnapshot()) {
      return { ...head, mode: 'resume', records: this.changedSince(args.channel, since), more: false };
    }
    const from = args.page === 'none' ? newestPos + 1 : newestPos - pageRecords + 1;
    const live = Array.from(records).filter(([, { fields, pos }]) => fields && (pos === undefined || pos >= from));
    return { ...head, mode: 'snapshot', records: live.map(([name, one]) => encode(name, one)), more: from > 1 };
  }

  changedSince(channel: string, since: number): AnyRecord[] {
    const changed = Array.from(channelOf(this.database, channel).records).filter(([, { rev }]) => rev > since);
    return changed.map(([name, one]) => encode(name, one));
  }

  /// P24.
  history(args: HistoryArgs): HistoryOk {
    const { rev, records } = channelOf(this.database, args.channel);
    const live = Array.from(records).filter(([, { fields, pos }]) => fields && pos !== undefined);
    const places = Array.from(new Set(live.map(([, { pos }]) => pos ?? 0))).sort((a, b) => a - b);
    const { chosen, more } = choosePlaces(places, args);
    const found = live.filter(([, { pos }]) => chosen.has(pos ?? 0)).sort(([, a], [, b]) => (a.pos ?? 0) - (b.pos ?? 0));
    return { channel: args.channel, rev, records: found.map(([name, one]) => encode(name, one)), more };
  }

  /// P30, P31: a repeated key gets the first answer.
  private once(caller: Caller, op: OperationName, args: object, key: string | undefined): unknown {
    if (op === 'subscribe') return this.readOnce(caller, args as SubscribeArgs);
    const act = { ...acts, ...questionActs, ...threadActs }[op] as ((tx: Transaction, caller: Caller, args: object) => Made) | undefined;
    if (!act) refuse('unknown_operation');
    if (!changingOperations.includes(op)) return act(new Transaction(this.database, this.now()), caller, args).ok;
    if (key === undefined) refuse('key_required');
    const request = JSON.stringify([op, args]);
    const name = `${op === 'session.guest' ? 0 : caller.person}:${key}`;
    if (this.isBusy()) throw new Refusal({ code: 'rate_limited', retryAfterMs: 700 });
    const known = this.database.outcomes.get(name);
    if (known && known.request !== request) refuse('key_reused');
    if (known) return known.ok;
    const made = this.transact((tx) => act(tx, caller, args));
    const ok = made.record ? { ...made.ok, rev: this.revOf(made.record) } : made.ok;
    this.database.outcomes.set(name, { request, ok });
    return ok;
  }

  /// The other door has no subscriptions: what one would begin with.
  private readOnce(caller: Caller, args: SubscribeArgs): SubscriptionAnswer {
    return this.mayFollow(caller.person, args.channel) ? this.read(args) : refuse('not_found');
  }

  private revOf({ channel, type, id }: NonNullable<Made['record']>): number {
    return channelOf(this.database, channel).records.get(`${type}/${id}`)?.rev ?? 0;
  }

  private me(person: number): Me | undefined {
    const found = this.database.people.get(person);
    if (!found) return undefined;
    const { name, kind, siteRole, guestOf } = found;
    return { id: person, name, kind, guestOf, ...(siteRole === undefined ? {} : { siteRole }) };
  }

  private beginRun(): void {
    this.epoch = this.makeEpoch();
    this.database.runs.push({ epoch: this.epoch, from: this.database.commit });
  }

  /// P15: the run is known, and did not end before the commit the client has seen.
  private isOfThisHistory({ epoch, c }: SubscribeArgs): boolean {
    const index = this.database.runs.findIndex((run) => run.epoch === epoch);
    if (index < 0 || c === undefined) return false;
    const end = this.database.runs[index + 1]?.from ?? this.database.commit;
    return c <= end;
  }
}

function choosePlaces(places: number[], args: HistoryArgs): { chosen: Set<number>; more: boolean } {
  const limit = args.limit ?? historyRecords;
  if (args.before !== undefined) {
    const earlier = places.filter((pos) => pos < (args.before ?? 0));
    return { chosen: new Set(earlier.slice(-limit)), more: earlier.length > limit };
  }
  if (args.after !== undefined) {
    const later = places.filter((pos) => pos > (args.after ?? 0));
    return { chosen: new Set(later.slice(0, limit)), more: later.length > limit };
  }
  const middle = places.filter((pos) => pos < (args.around ?? 0)).length;
  const start = Math.max(0, middle - Math.floor(limit / 2));
  const around = places.slice(start, start + limit);
  return { chosen: new Set(around), more: around.length < places.length };
}
