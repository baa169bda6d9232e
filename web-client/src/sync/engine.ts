// Puts the parts of the sync engine together: connection, subscriptions, outbox, identity, disk; and writes the store.

import type { HelloArgs, HelloOk, HistoryArgs, Me, OperationName, Operations, Page, PersonRecord } from '../protocol/generated';
import type { Outcome, Problem } from '../store/api';
import { batch, type ClientState } from '../store/client-state';
import type { ConversationState } from '../store/conversation-state';
import type { Change, LiveRecord } from './channel';
import { Connection, type ConnectionOwner, type ConnectionState } from './connection';
import type { Disk, Note } from './disk';
import type { Http } from './http';
import { Identity, problemOf } from './identity';
import type { Intent, IntentOperation } from './intent';
import { KeyMaker, type RandomBytes } from './key';
import { Conversations, roomChannel, type MakeState } from './conversations';
import { Outbox, type OutboxOwner, type SendState } from './outbox';
import type { Pages } from './pages';
import { Subscriptions } from './subscriptions';
import type { Line, Sink } from './subscription';
import type { Random, Timers } from './timers';
import type { Transport } from './transport';

export interface EngineParts {
  readonly transport: Transport;
  readonly http: Http;
  readonly disk: Disk;
  readonly timers: Timers;
  readonly random: Random;
  readonly randomBytes: RandomBytes;
  readonly pages: Pages;
  /// Of this page's build.
  readonly release: string;
  readonly locale: () => string;
}

const oppositeOf: { readonly [Name in OperationName]?: OperationName } = {
  'webinar.open': 'webinar.close',
  'webinar.close': 'webinar.open',
};

export class Engine {
  readonly identity: Identity;
  readonly conversations: Conversations;
  private readonly keys: KeyMaker;
  private readonly connection: Connection;
  private readonly subscriptions: Subscriptions;
  private readonly outbox: Outbox;
  private readonly wishes = new Map<string, { intent: Intent; state: SendState }>();
  /// Up to where each channel is shown.
  private readonly shownRevs = new Map<string, number>();
  /// The pages whose intents are taken over once they have ended.
  private readonly awaitedPages = new Set<string>();
  private hasBooted = false;
  private isDeviceOnline = true;
  private personChannel: string | undefined;
  /// What the connection said of itself; undefined while there is none.
  private hello: { readonly epoch: string; readonly person: number | undefined } | undefined;
  private lastEpoch = '';
  private lastPerson: number | undefined;
  private readonly keptKeys = new Map<string, { readonly op: OperationName; readonly key: string }>();

  constructor(
    private readonly parts: EngineParts,
    private readonly state: ClientState,
  ) {
    const { disk, timers } = parts;
    this.keys = new KeyMaker(() => timers.now(), parts.randomBytes);
    this.connection = new Connection(parts.transport, timers, parts.random, this.connectionOwner());
    this.subscriptions = new Subscriptions(this.line(), disk, timers, () => this.connection.ready());
    this.outbox = new Outbox(disk, timers, this.outboxOwner());
    this.conversations = new Conversations({
      me: state.me,
      timers,
      open: (channel, sink) => this.followChannel(channel, sink),
      close: (channel) => this.unfollowChannel(channel),
      wishesIn: (lane) => Array.from(this.wishes.values()).filter(({ intent }) => intent.lane === lane),
    });
    this.identity = new Identity(disk, parts.http, timers, state, {
      makeKey: () => this.keys.make(),
      meChanged: () => this.meChanged(),
      joined: (webinar, person) => this.outbox.claim(roomChannel(webinar), person),
      cookieChanged: () => this.connection.renew(),
    });
  }

  /// Opens the socket first: the disk is read while it is on its way.
  async start(): Promise<void> {
    this.connection.start();
    await this.identity.load();
    this.hasBooted = true;
    this.connection.ready();
    await this.takeOverIntents();
    this.followDisk();
  }

  stop(): void {
    this.connection.stop();
  }

  /// The one path for a network that came back and a page that became visible.
  wake(): void {
    this.connection.wake();
  }

  deviceIs(online: boolean): void {
    this.isDeviceOnline = online;
    const shown = this.state.connection.peek();
    if (shown === 'waiting' || shown === 'offline') this.state.connection.value = online ? 'waiting' : 'offline';
    // No network may still reach a server on this machine, and an open line says nothing by itself: it is asked.
    if (online || shown === 'online') this.wake();
  }

  // ---- conversations ---------------------------------------------------------------------------------------------------

  follow<State extends ConversationState>(channel: string, make: MakeState<State>): State {
    return this.conversations.follow(channel, make);
  }

  unfollow(channel: string): void {
    this.conversations.unfollow(channel);
  }

  history(channel: string, args: Omit<HistoryArgs, 'channel'>): Promise<Problem | undefined> {
    return new Promise((resolve) => {
      this.subscriptions.history(channel, args, (error) => {
        resolve(error?.code === 'not_subscribed' ? { code: 'offline' } : error);
      });
    });
  }

  // ---- channels of no conversation -------------------------------------------------------------------------------------

  /// One follower a channel; until `unfollowChannel`.
  followChannel(channel: string, sink: Sink, page?: Page): void {
    this.subscriptions.open(channel, this.sinkFor(channel, sink), page);
  }

  unfollowChannel(channel: string): void {
    this.subscriptions.close(channel);
    this.shownRevs.delete(channel);
  }

  // ---- what one wants --------------------------------------------------------------------------------------------------

  /// `lane`: the channel of the conversation. `draftNote` is erased from the disk in the transaction that keeps the intent.
  intend<Name extends IntentOperation>(
    op: Name,
    lane: string,
    args: Operations[Name]['args'],
    draftNote?: string,
  ): void {
    const person = this.state.me.peek()?.id ?? 0;
    const { timers, pages } = this.parts;
    const conversation = this.conversations.state(lane);
    const seen = conversation?.status.peek() === 'ready' ? { seen: conversation.log.newestPos.peek() } : {};
    const intent = { key: this.keys.make(), op, args, lane, person, at: timers.now(), page: pages.id, ...seen };
    this.outbox.add(intent as Intent, draftNote);
  }

  retry(key: string): void {
    this.outbox.retry(key, { key: this.keys.make(), person: this.state.me.peek()?.id ?? 0 });
  }

  discard(key: string): Intent | undefined {
    return this.outbox.discard(key);
  }

  sayTyping(webinar: number): void {
    this.connection.request('typing', { webinar }, () => undefined);
  }

  makeKey(): string {
    return this.keys.make();
  }

  /// What needs its answer before one goes on. A changing operation keeps its key until it was answered, so that pressing
  /// again after a lost reply does nothing twice. `ownKey`: of who keeps it longer than this page lives.
  async ask<Name extends OperationName>(
    op: Name,
    args: Operations[Name]['args'],
    changes: boolean,
    ownKey?: string,
  ): Promise<Outcome<Operations[Name]['ok']>> {
    const wish = JSON.stringify([op, args]);
    const key = ownKey ?? this.keptKeys.get(wish)?.key ?? this.keys.make();
    if (changes && ownKey === undefined) this.keptKeys.set(wish, { op, key });
    const answer = await this.parts.http.post(op, args, changes ? key : undefined);
    if (!('unreached' in answer)) this.keptKeys.delete(wish);
    if ('ok' in answer) this.forgetKeys(op);
    return 'ok' in answer ? answer : { problem: problemOf(answer) };
  }

  /// What this operation did may have undone what an earlier one did: its stored answer would be untrue now.
  private forgetKeys(op: OperationName): void {
    for (const [wish, kept] of this.keptKeys) if (kept.op === op || kept.op === oppositeOf[op]) this.keptKeys.delete(wish);
  }

  async refreshList(): Promise<void> {
    const { disk, http } = this.parts;
    const asked = http.post('webinar.list', {});
    const remembered = await disk.readNote('webinars');
    if (this.state.listState.peek() === 'loading' && Array.isArray(remembered)) this.state.webinars.value = remembered;
    const answer = await asked;
    batch(() => {
      this.state.listState.value = 'ok' in answer ? 'ready' : 'failed';
      if ('ok' in answer) this.state.webinars.value = answer.ok.webinars;
    });
    if ('ok' in answer) await disk.writeNote('webinars', answer.ok.webinars as unknown as Note);
  }

  // ---- how the parts hear of each other --------------------------------------------------------------------------------

  private connectionOwner(): ConnectionOwner {
    return {
      helloArgs: () => this.helloArgs(),
      welcomed: (hello) => this.welcomed(hello),
      received: (frame) => this.subscriptions.received(frame),
      heads: () => this.subscriptions.heads(),
      lost: () => this.lost(),
      stateChanged: (state, retryAt) => this.connectionChanged(state, retryAt),
    };
  }

  private line(): Line {
    return {
      subscribe: (args, answered) => this.connection.request('subscribe', args, answered),
      unsubscribe: (channel) => this.connection.request('unsubscribe', { channel }, () => undefined),
      history: (args, answered) => this.connection.request('history', args, answered),
      isOpen: () => this.hello !== undefined,
    };
  }

  private outboxOwner(): OutboxOwner {
    return {
      send: (intent, answered) => this.connection.request(intent.op, intent.args, answered, intent.key),
      sender: () => this.hello?.person,
      isForeign: (intent) => this.isForeign(intent),
      shownRev: (channel) => this.shownRevs.get(channel),
      epoch: () => this.lastEpoch,
      changed: (intent, state) => this.wishChanged(intent, state),
    };
  }

  private helloArgs(): HelloArgs | undefined {
    const subscriptions = this.hasBooted ? this.subscriptions.helloArgs() : undefined;
    return subscriptions && { client: `web ${this.parts.release}`, locale: this.parts.locale(), subscriptions };
  }

  private welcomed(hello: HelloOk): void {
    this.hello = { epoch: hello.epoch, person: hello.me?.id };
    this.lastEpoch = hello.epoch;
    batch(() => {
      this.state.limits.value = hello.limits;
      this.state.releaseChanged.value = this.parts.release !== '' && hello.release !== this.parts.release;
      this.subscriptions.welcomed(hello);
      this.identity.confirmed(hello.me);
      this.outbox.resume();
    });
  }

  private lost(): void {
    this.hello = undefined;
    this.subscriptions.lost();
    this.outbox.suspend();
    this.conversations.lineLost();
  }

  private connectionChanged(state: ConnectionState, retryAt: number | undefined): void {
    batch(() => {
      this.state.connection.value = state === 'waiting' && !this.isDeviceOnline ? 'offline' : state;
      this.state.retryAt.value = retryAt;
      if (state === 'online') this.state.everOnline.value = true;
    });
  }

  private isForeign(intent: Intent): boolean {
    if (!this.state.known.peek() || this.identity.isJoining) return false;
    return intent.person !== this.state.me.peek()?.id;
  }

  private wishChanged(intent: Intent, state: SendState | undefined): void {
    if (state) this.wishes.set(intent.key, { intent, state });
    else this.wishes.delete(intent.key);
    const unsent = Array.from(this.wishes.values()).filter((one) => one.state === 'sending' || one.state === 'waiting');
    batch(() => {
      this.state.unsent.value = unsent.length;
      this.conversations.wish(intent, state);
    });
  }

  private meChanged(): void {
    const me = this.state.me.peek();
    if (me?.id !== 0) this.eraseOfAnother(me?.id);
    this.followPerson(me);
    this.conversations.viewerChanged();
    this.outbox.resume();
  }

  /// Somebody else reads here now: what the one before saw goes. The open channels are asked for again anyway.
  private eraseOfAnother(person: number | undefined): void {
    if (this.lastPerson !== undefined && this.lastPerson !== person) void this.parts.disk.eraseAllChannels();
    this.lastPerson = person;
  }

  private followPerson(me: Me | undefined): void {
    const channel = me && me.id !== 0 ? `person/${me.id}` : undefined;
    if (channel === this.personChannel) return;
    if (this.personChannel !== undefined) this.unfollowChannel(this.personChannel);
    this.personChannel = channel;
    this.state.seen.value = { isKnown: false };
    if (channel === undefined) return;
    this.subscriptions.open(
      channel,
      this.sinkFor(channel, {
        changed: (change) => change.put.forEach((record) => this.ownChanged(record)),
        signalled: () => undefined,
        became: (status) => {
          if (status === 'live') this.state.seen.value = { ...this.state.seen.peek(), isKnown: true };
        },
      }),
    );
  }

  private ownChanged(record: LiveRecord): void {
    if (record.type === 'person') this.personChanged(record);
    if (record.type === 'seen') this.state.raiseSeen(record);
  }

  private personChanged({ id, name, kind, siteRole }: PersonRecord): void {
    const guestOf = this.state.me.peek()?.guestOf ?? [];
    this.identity.updated({ id, name, kind, guestOf, ...(siteRole === undefined ? {} : { siteRole }) });
  }

  /// Shows a change, and what the outbox learns from it, as one.
  private sinkFor(channel: string, sink: Sink): Sink {
    const changed = (change: Change): void => {
      sink.changed(change);
      if (!change.cursor) {
        this.shownRevs.delete(channel);
        return;
      }
      this.shownRevs.set(channel, change.cursor.rev);
      this.outbox.reached(channel, change.cursor.rev, change.cursor.epoch === this.hello?.epoch);
    };
    return {
      changed: (change) => batch(() => changed(change)),
      signalled: (signal) => sink.signalled(signal),
      became: (status) => sink.became(status),
    };
  }

  /// What was written while joining, by a page that ended before it was told of the join.
  private claimAsGuest(): void {
    const me = this.state.me.peek();
    if (me && me.id !== 0) for (const webinar of me.guestOf) this.outbox.claim(roomChannel(webinar), me.id);
  }

  /// Of whichever page the disk says they are. That one may have been taking them over itself when it ended.
  private async takeOverIntents(): Promise<void> {
    this.takeOverFrom(await this.parts.disk.readIntents());
  }

  private takeOverFrom(intents: readonly Intent[]): void {
    const { disk, pages } = this.parts;
    const take = async (page: string): Promise<void> => {
      const kept = await disk.readIntents();
      const left = kept.filter((intent) => intent.page === page);
      const mine = left.map((intent): Intent => ({ ...intent, page: pages.id }));
      await Promise.all(mine.map((intent) => disk.putIntent(intent)));
      this.outbox.adopt(mine);
      this.claimAsGuest();
      this.takeOverFrom(kept);
    };
    for (const { page } of intents) {
      if (page === pages.id || this.awaitedPages.has(page)) continue;
      this.awaitedPages.add(page);
      pages.whenEnded(page, () => take(page));
    }
  }

  /// What was not read in time is read when the disk answers again.
  private followDisk(): void {
    let wasAway = false;
    this.state.disk.subscribe((disk) => {
      if (disk === 'working' && wasAway) {
        this.awaitedPages.clear();
        void this.takeOverIntents();
      }
      wasAway = disk === 'unavailable';
    });
  }
}
