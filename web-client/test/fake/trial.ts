// One seeded trial of the fuzz: a few browsers in one room, a scheduler that picks what happens next, and at the end the
// comparison of every view with the server's.

import type { Room } from '../../src/store/api';
import { Browser } from './browser';
import { Clock, seeded, settle } from './clock';
import { Database, sweep } from './database';
import { erase, publishWebinar } from './domain';
import { faultsOf, momentFaults, shownFaults, type Expectation } from './compare';
import { FakeServer } from './server';

const webinar = 1;
const hostPerson = 2;
const otherPerson = 3;
const emojis = ['👍', '❤️', '😊'];

export class Trial {
  private readonly random: () => number;
  private readonly clock = new Clock();
  private readonly server: FakeServer;
  private readonly browsers: Browser[];
  private readonly rooms = new Map<Browser, Room>();
  private readonly expectation: Expectation = { posted: new Map(), mayLose: false, diskFailed: false };
  private backup: Database | undefined;
  private counter = 0;

  constructor(seed: number) {
    this.random = seeded(seed);
    this.server = new FakeServer(
      () => this.clock.now(),
      () => `epoch-${this.counter++}`,
    );
    this.furnish();
    this.server.isBusy = () => this.random() < 0.1;
    this.server.prefersSnapshot = () => this.random() < 0.15;
    this.browsers = Array.from(
      { length: 1 + this.below(3) },
      (_, index) => new Browser(`reader-${index}`, this.server, this.clock, this.random),
    );
  }

  async run(): Promise<string[]> {
    for (const browser of this.browsers) this.openPage(browser);
    const steps = 40 + this.below(140);
    const faults: string[] = [];
    for (let step = 0; step < steps && faults.length === 0; ++step) {
      this.step();
      await settle();
      if (step % 8 !== 0) continue;
      for (const browser of this.browsers) faults.push(...momentFaults(this.room(browser)));
    }
    await this.calm(9);
    return [...faults, ...this.compare('afterwards'), ...(await this.reloaded())];
  }

  private compare(when: string): string[] {
    const { server, expectation } = this;
    const faults = this.browsers.flatMap((one) => faultsOf(one, this.room(one), server, expectation));
    return faults.map((fault) => `${when}, ${fault}`);
  }

  /// What the disk alone shows, and the same once the server has been asked.
  private async reloaded(): Promise<string[]> {
    for (const browser of this.browsers) this.openPage(browser);
    await settle();
    const offline = this.browsers.flatMap((one) => shownFaults(one, this.room(one), this.server));
    await this.calm(4);
    const fromDisk = this.expectation.diskFailed ? [] : offline.map((fault) => `from the disk, ${fault}`);
    this.expectation.diskFailed = false;
    return [...fromDisk, ...this.compare('after a reload')];
  }

  private furnish(): void {
    const { database } = this.server;
    database.people.set(hostPerson, { name: 'Host', kind: 'member', guestOf: [] });
    database.people.set(otherPerson, { name: 'Other', kind: 'member', guestOf: [] });
    database.webinars.set(webinar, {
      title: { en: 'Room', fr: 'Salle' },
      state: 'live',
      visibility: 'public',
      peopleVisible: 'count',
      hosts: [hostPerson],
      createdAt: 0,
    });
    database.nextId = 100;
    this.server.transact((tx) => publishWebinar(tx, webinar));
    for (let i = this.below(40); i > 0; --i) this.otherPosts();
  }

  private below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  private pick<T>(list: readonly T[]): T | undefined {
    return list[this.below(list.length)];
  }

  private room(browser: Browser): Room {
    const room = this.rooms.get(browser);
    if (!room) throw new Error('no room is open');
    return room;
  }

  private openPage(browser: Browser): void {
    // No page is loaded within a millisecond.
    this.clock.advance(1);
    browser.open();
    this.rooms.set(browser, browser.client.openRoom(webinar));
  }

  private step(): void {
    const browser = this.pick(this.browsers);
    if (!browser) return;
    const acts: [weight: number, act: () => void][] = [
      [14, () => browser.wire?.deliverUp()],
      [14, () => browser.wire?.deliverDown()],
      [6, () => browser.openWire(true)],
      [10, () => this.flush(browser)],
      [6, () => this.otherPosts()],
      [6, () => this.readerActs(browser)],
      [3, () => this.otherActs()],
      [4, () => browser.wire?.session?.release(this.below(browser.wire.session.heldCount))],
      [4, () => browser.answerPost()],
      [1, () => (this.random() < 0.5 ? browser.losePost() : browser.losePostAnswer())],
      [4, () => this.clock.advance(this.below(3_000))],
      [1, () => this.disturb(browser)],
    ];
    let ticket = this.random() * acts.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, act] of acts) {
      ticket -= weight;
      if (ticket < 0) {
        act();
        return;
      }
    }
  }

  private flush(browser: Browser): void {
    const session = browser.wire?.session;
    const channel = this.pick(Array.from(session?.handed.keys() ?? []));
    if (!session || channel === undefined) return;
    const chance = this.random();
    if (chance < 0.05) session.lose(channel);
    else if (chance < 0.1) session.stale(channel);
    else session.flush(channel);
  }

  private otherPosts(): void {
    const text = `other ${this.counter++}`;
    this.server.perform({ person: otherPerson }, 'message.post', { webinar, text }, `other-${this.counter}`);
  }

  private someMessage(): number {
    const all = Array.from(this.server.database.messages.keys());
    return this.pick(this.random() < 0.5 ? all : all.slice(-15)) ?? 0;
  }

  private otherActs(): void {
    const message = this.someMessage();
    const key = `act-${this.counter++}`;
    const emoji = this.pick(emojis);
    const chance = this.below(6);
    if (chance === 0) this.server.perform({ person: otherPerson }, 'message.edit', { message, text: `edited ${key}` }, key);
    if (chance === 1) this.server.perform({ person: otherPerson }, 'message.react', { message, emoji, on: true }, key);
    if (chance === 2) this.server.perform({ person: hostPerson }, 'message.remove', { message, reason: 'off topic' }, key);
    if (chance === 3) this.server.transact((tx) => erase(tx, message));
    if (chance === 4) for (const channel of this.server.database.channels.values()) sweep(channel);
    if (chance === 5) this.server.countTallies();
  }

  private readerActs(browser: Browser): void {
    const room = this.room(browser);
    if (!browser.client.session.me.peek()) {
      browser.join(room);
      return;
    }
    const item = this.pick(room.log.items);
    const chance = this.below(12);
    if (room.status.peek() !== 'ready') return;
    if (chance < 4) this.readerPosts(browser, room);
    else if (chance === 4) void room.log.loadOlder();
    else if (chance === 5) void room.log.showAround(1 + this.below(Math.max(1, room.log.newestPos.peek())));
    else if (chance === 6) void room.log.loadNewer();
    else if (chance === 7) room.log.showNewest();
    else if (item?.id === undefined || item.removed) return;
    else if (chance === 8 && item.mine) room.edit(item.id, `edit ${this.counter++}`);
    else if (chance === 9 && item.mine) room.remove(item.id);
    else room.react(item.id, this.pick(emojis) ?? '👍', this.random() < 0.7);
  }

  private readerPosts(browser: Browser, room: Room): void {
    const text = `${browser.name} ${this.counter++}`;
    this.expectation.posted.set(text, browser.name);
    room.post(text);
  }

  private disturb(browser: Browser): void {
    const chance = this.below(10);
    if (chance < 3) browser.wire?.cut();
    else if (chance === 8) this.server.bar(browser.cookie.person);
    else if (chance === 9) this.failDisk(browser);
    else if (chance === 3) this.openPage(browser);
    else if (chance === 4) this.server.restart();
    else if (chance === 5) this.backup = this.server.database.copy();
    else if (chance === 6 && this.backup) this.restore(this.backup);
    else browser.engine.wake();
  }

  private failDisk(browser: Browser): void {
    browser.disk.fails = !browser.disk.fails;
    this.expectation.diskFailed = this.expectation.mayLose = true;
  }

  private restore(backup: Database): void {
    this.expectation.mayLose = true;
    this.server.restart(backup.copy());
  }

  /// Nobody does anything any more: what is on its way arrives, what waits is tried again.
  private async calm(rounds: number): Promise<void> {
    this.server.isBusy = () => false;
    for (const browser of this.browsers) {
      browser.disk.fails = false;
      // Who was barred is not told that the doors are open again.
      if (this.server.barred.has(browser.cookie.person)) browser.wire?.cut();
    }
    this.server.barred.clear();
    for (let round = 0; round < rounds; ++round) {
      for (const browser of this.browsers) {
        await this.deliverAll(browser);
        if (round > rounds / 2) this.settleFailed(browser);
      }
      this.server.countTallies();
      for (let i = 0; i < 3; ++i) {
        this.clock.advance(3_000);
        await settle();
      }
    }
  }

  private async deliverAll(browser: Browser): Promise<void> {
    if (!browser.client.session.me.peek()) browser.join(this.room(browser));
    this.room(browser).log.showNewest();
    await browser.quiet();
  }

  /// What the server refused for good (its message was removed, or lost with a restored file) its author gives up.
  private settleFailed(browser: Browser): void {
    const room = this.room(browser);
    const kept = Array.from(browser.disk.intents.values());
    const failed = kept.filter(({ problem, person }) => problem || person !== browser.cookie.person).map(({ key }) => key);
    for (const item of room.log.items) if (item.intent?.state === 'failed') failed.push(item.intent.key);
    for (const key of failed) this.expectation.posted.delete(room.discard(key) ?? '');
  }
}
