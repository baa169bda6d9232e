// One reader's browser in a test: its disk and cookie outlive its pages; wires and HTTP replies are held by the test.

import { makeClient } from '../../src/actions/client';
import { Notes } from '../../src/actions/notes';
import type { OperationName } from '../../src/protocol/generated';
import type { Client, Room } from '../../src/store/api';
import { ClientState } from '../../src/store/client-state';
import { Engine } from '../../src/sync/engine';
import type { Disk } from '../../src/sync/disk';
import { GuardedDisk } from '../../src/sync/guarded-disk';
import { StoredLastActs } from '../../src/sync/last-acts';
import type { Http, HttpAnswer } from '../../src/sync/http';
import { Clock, settle } from './clock';
import { MemoryDisk, MemoryStorage } from './memory-disk';
import type { FakeServer } from './server';
import { Wires, type Wire } from './wire';

interface HeldPost {
  readonly op: OperationName;
  perform(): void;
  lose(): void;
  /// It is done, and the answer is lost.
  loseAnswer(): void;
}

/// Of one page: its requests wait until the test lets them through, even when the page has ended.
class HeldHttp implements Http {
  constructor(
    private readonly server: FakeServer,
    private readonly cookie: { person: number },
    private readonly held: HeldPost[],
    private readonly isAlive: () => boolean,
  ) {}

  post<Name extends OperationName>(op: Name, args: object, key?: string): Promise<HttpAnswer<Name>> {
    return new Promise((resolve) => {
      const answer = (value: HttpAnswer<Name>): void => void (this.isAlive() && resolve(value));
      this.held.push({
        op,
        perform: () => answer(this.perform(op, args, key) as HttpAnswer<Name>),
        lose: () => answer({ unreached: true }),
        loseAnswer: () => {
          this.perform(op, args, key);
          answer({ unreached: true });
        },
      });
    });
  }

  private perform(op: OperationName, args: object, key?: string): ReturnType<FakeServer['perform']> {
    const answer = this.server.perform(this.cookie, op, args, key);
    if ('ok' in answer && op === 'session.guest') this.cookie.person = (answer.ok as { person: number }).person;
    if ('ok' in answer && op === 'session.end') this.cookie.person = 0;
    return answer;
  }
}

/// The disk as one page sees it: when the page has ended, nothing it still does reaches it.
function diskOfPage(disk: Disk, isAlive: () => boolean): Disk {
  return new Proxy(disk, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]): unknown => (isAlive() ? value.apply(target, args) : new Promise(() => undefined));
    },
  });
}

export class Browser {
  readonly disk = new MemoryDisk();
  private readonly storage = new MemoryStorage();
  readonly cookie = { person: 0 };
  readonly wires: Wires;
  readonly held: HeldPost[] = [];
  state = new ClientState();
  /// What the next page’s disk waits for.
  diskOpens: Promise<void> = Promise.resolve();
  startedOver = 0;
  /// Of the pages that ended: what waits for them.
  private endings = new Map<string, (() => void)[]>();
  private living = new Set<string>();
  private pages = 0;
  private current: { engine: Engine; client: Client; notes: Notes; disk: GuardedDisk; page: string } | undefined;

  constructor(
    readonly name: string,
    private readonly server: FakeServer,
    readonly clock: Clock,
    private readonly random: () => number = () => 0.5,
  ) {
    this.wires = new Wires(server, () => this.cookie.person);
  }

  get client(): Client {
    if (!this.current) throw new Error('no page is open');
    return this.current.client;
  }

  get engine(): Engine {
    if (!this.current) throw new Error('no page is open');
    return this.current.engine;
  }

  /// The oldest HTTP request arrives and is answered.
  answerPost(): void {
    this.held.shift()?.perform();
  }

  losePost(): void {
    this.held.shift()?.lose();
  }

  losePostAnswer(): void {
    this.held.shift()?.loseAnswer();
  }

  get wire(): Wire | undefined {
    return this.wires.live;
  }

  /// A new page; the one before has ended.
  open(release = ''): Client {
    this.end();
    const page = `${this.name}-page-${++this.pages}`;
    this.living.add(page);
    const isAlive = (): boolean => this.living.has(page);
    const state = (this.state = new ClientState());
    const disk = new GuardedDisk(
      () => this.diskOpens.then(() => diskOfPage(this.disk, isAlive)),
      new StoredLastActs(() => {
        if (!isAlive()) throw new Error('this page has ended');
        return this.storage;
      }),
      this.clock,
      (now) => void (state.disk.value = now),
    );
    const { clock: timers, random } = this;
    const http = new HeldHttp(this.server, this.cookie, this.held, isAlive);
    const randomBytes = (count: number): Uint8Array => Uint8Array.from({ length: count }, () => Math.floor(random() * 256));
    const pages = { id: page, whenEnded: (other: string, take: () => Promise<void>) => this.whenEnded(other, take) };
    const { transport } = this.wires;
    const engine = new Engine({ transport, http, disk, timers, random, randomBytes, pages, release, locale: () => 'en' }, state);
    const notes = new Notes(disk, timers);
    const page_ = { reload: () => undefined, startOver: () => void (this.startedOver += 1), rememberLanguage: () => undefined };
    const client = makeClient({ engine, state, disk, notes, timers, page: page_ });
    this.current = { engine, client, notes, disk, page };
    void engine.start();
    return client;
  }

  /// As closing the tab: what was about to be written is written.
  end(): void {
    const ended = this.current;
    if (!ended) return;
    ended.notes.flush();
    ended.disk.pageEnds();
    ended.engine.stop();
    this.wire?.abandon();
    this.living.delete(ended.page);
    this.current = undefined;
    for (const take of this.endings.get(ended.page) ?? []) take();
    this.endings.delete(ended.page);
  }

  /// The server accepts the connection. `holdsHistories`: see Session.
  openWire(holdsHistories = false): void {
    const { wire } = this;
    if (!wire || wire.isOpen) return;
    wire.open();
    if (wire.session) wire.session.holdsHistories = holdsHistories;
  }

  /// Everything on its way arrives, in both directions, until nothing is.
  async quiet(): Promise<void> {
    await settle();
    while (this.deliver()) await settle();
    await settle();
  }

  /// Whether anything was on its way.
  private deliver(): boolean {
    this.openWire();
    const { wire } = this;
    for (const channel of Array.from(wire?.session?.handed.keys() ?? [])) wire?.session?.flush(channel);
    const isQuiet = this.held.length === 0 && (!wire || wire.toServer.length + wire.toClient.length === 0);
    while (this.held.length > 0) this.answerPost();
    while (wire && wire.toServer.length > 0) wire.deliverUp();
    while (wire?.session && wire.session.heldCount > 0) wire.session.release(0);
    while (wire && wire.toClient.length > 0) wire.deliverDown();
    return !isQuiet;
  }

  join(room: Room, name = this.name): void {
    this.client.session.join(room.webinar, name);
  }

  private whenEnded(page: string, take: () => Promise<void>): void {
    if (!this.living.has(page)) void take();
    else this.endings.set(page, [...(this.endings.get(page) ?? []), () => void take()]);
  }
}
