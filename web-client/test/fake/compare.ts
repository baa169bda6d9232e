// Whether what one browser shows and keeps is what the server has.

import type { Item, Room } from '../../src/store/api';
import type { Browser } from './browser';
import { channelOf, type StoredRecord } from './database';
import type { FakeServer } from './server';

export interface Expectation {
  /// text → the browser that posted it.
  readonly posted: Map<string, string>;
  /// The server's file was put back from a copy, or a page ended whose disk had refused what it wrote.
  mayLose: boolean;
  /// A disk refused something: until the next page has asked again, it may be behind.
  diskFailed: boolean;
}

type Fields = Record<string, unknown>;

function liveRecords(server: FakeServer, channel: string): Map<string, StoredRecord & { fields: Fields }> {
  const records = Array.from(channelOf(server.database, channel).records);
  return new Map(records.filter((entry): entry is [string, StoredRecord & { fields: Fields }] => entry[1].fields !== undefined));
}

function reactionsOf(item: Item): Record<string, number> {
  return Object.fromEntries(item.reactions.map(({ emoji, count }) => [emoji, count]));
}

function sorted(record: object): string {
  return JSON.stringify(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/// Between the first message shown and the newest none is missing; each one held, shown or not, is as the server has it.
function logFaults(room: Room, server: FakeServer, person: number): string[] {
  const faults: string[] = [];
  const records = liveRecords(server, `webinar/${room.webinar}`);
  const own = liveRecords(server, `webinar/${room.webinar}/person/${person}`);
  const firstPos = room.log.items[0]?.pos ?? Infinity;
  const due = Array.from(records).filter(([name, { pos }]) => name.startsWith('message/') && (pos ?? 0) >= firstPos);
  due.sort(([, a], [, b]) => (a.pos ?? 0) - (b.pos ?? 0));
  const shown = room.log.items.map(({ id }) => `message/${id}`);
  if (JSON.stringify(shown) !== JSON.stringify(due.map(([name]) => name))) {
    return [`shows ${shown.join(' ')} instead of ${due.map(([name]) => name).join(' ')}`];
  }
  for (let id = 1; id < server.database.nextId; ++id) {
    const item = room.log.find(id);
    if (!item) continue;
    if (!records.has(`message/${id}`)) faults.push(`${id} has gone and is still held`);
    const fields = records.get(`message/${item.id}`)?.fields ?? {};
    if (item.intent) faults.push(`${item.id} still has an intent (${item.intent.what} ${item.intent.state})`);
    if ('state' in fields !== (item.removed !== undefined)) faults.push(`${item.id} is removed on one side only`);
    if (!item.removed && fields['text'] !== item.text) faults.push(`${item.id} reads ${item.text}`);
    const tally = records.get(`tally/${item.id}`)?.fields['reactions'] ?? {};
    if (!item.removed && sorted(reactionsOf(item)) !== sorted(tally)) {
      faults.push(`${item.id} counts ${sorted(reactionsOf(item))} instead of ${sorted(tally)}`);
    }
    const mine = item.reactions.filter((one) => one.mine).map(({ emoji }) => emoji);
    const stored = (own.get(`reaction/${item.id}`)?.fields['emojis'] ?? []) as string[];
    if (!item.removed && JSON.stringify(mine.sort()) !== JSON.stringify(Array.from(stored).sort())) {
      faults.push(`${item.id} has own ${mine.join()} instead of ${stored.join()}`);
    }
  }
  return faults;
}

function hasDouble<T>(list: readonly T[]): boolean {
  return new Set(list).size !== list.length;
}

/// What must hold at every moment: no key and no text twice (each is written once), places in order, pending ones last.
export function momentFaults(room: Room): string[] {
  const { items } = room.log;
  const faults: string[] = [];
  if (hasDouble(items.map(({ key }) => key))) faults.push('two items share a key');
  const written = items.filter(({ removed, intent }) => !removed && intent?.state !== 'failed');
  if (hasDouble(written.map(({ text }) => text))) faults.push(`a text is shown twice: ${written.map(({ text }) => text).join()}`);
  items.forEach(({ key, pos = Infinity }, index) => {
    const before = items[index - 1];
    if (before && (before.pos ?? Infinity) > pos) faults.push(`${key} is out of order`);
    if (before && before.pos === pos) faults.push(`place ${pos} is shown twice`);
    if (room.log.indexOfKey(key) !== index) faults.push(`${key} is not found at ${index}`);
  });
  return faults;
}

/// What a reload would show: the server's records, from some place on.
function diskFaults(browser: Browser, server: FakeServer, channel: string): string[] {
  const stored = browser.disk.channels.get(channel);
  if (!stored) return [`${channel} is not on the disk`];
  const from = stored.range?.from ?? 0;
  const due = Array.from(liveRecords(server, channel)).filter(([, { pos }]) => pos === undefined || pos >= from);
  const asText = (entries: [string, { rev: number }][]): string => entries.map(([name, { rev }]) => `${name}@${rev}`).sort().join(' ');
  const kept = asText(Array.from(stored.records));
  return kept === asText(due) ? [] : [`disk holds ${kept} instead of ${asText(due)} of ${channel}`];
}

/// P34: what one reader posted stands in the order it was posted.
function orderFaults(browser: Browser, server: FakeServer): string[] {
  const places = channelOf(server.database, 'webinar/1').records;
  const own = Array.from(server.database.messages)
    .filter(([, { text }]) => text.startsWith(`${browser.name} `))
    .map(([id, { text }]) => ({ pos: places.get(`message/${id}`)?.pos ?? 0, turn: Number(text.split(' ')[1]) }))
    .filter(({ pos }) => pos > 0)
    .sort((a, b) => a.pos - b.pos);
  return own.flatMap(({ turn }, index) => {
    const before = own[index - 1]?.turn ?? -1;
    return before < turn ? [] : [`posted ${before} before ${turn}`];
  });
}

function intentFaults(browser: Browser, server: FakeServer, expectation: Expectation): string[] {
  const faults: string[] = [];
  if (browser.client.unsent.peek() !== 0) faults.push(`${browser.client.unsent.peek()} intents are unsent`);
  if (browser.disk.intents.size !== 0 && !expectation.diskFailed) faults.push(`${browser.disk.intents.size} intents are left on the disk`);
  const written = Array.from(server.database.messages.values(), ({ text }) => text);
  for (const [text, name] of expectation.posted) {
    if (name !== browser.name) continue;
    const edited = Array.from(server.database.outcomes.values()).filter(({ request }) => request.includes(JSON.stringify(text)));
    const times = Math.max(written.filter((one) => one === text).length, edited.length);
    if (times > 1 || (times === 0 && !expectation.mayLose)) faults.push(`"${text}" was posted ${times} times`);
  }
  return faults;
}

/// Whether the room shows what the server has.
export function shownFaults(browser: Browser, room: Room, server: FakeServer): string[] {
  const faults = [
    ...(room.status.peek() === 'ready' ? [] : [`the room is ${room.status.peek()}`]),
    ...logFaults(room, server, browser.cookie.person),
    ...momentFaults(room),
  ];
  return faults.map((fault) => `${browser.name}: ${fault}`);
}

export function faultsOf(browser: Browser, room: Room, server: FakeServer, expectation: Expectation): string[] {
  const own = `webinar/${room.webinar}/person/${browser.cookie.person}`;
  const faults = [
    ...intentFaults(browser, server, expectation),
    ...orderFaults(browser, server),
    ...(expectation.diskFailed ? [] : [`webinar/${room.webinar}`, own]).flatMap((name) => diskFaults(browser, server, name)),
  ];
  return [...shownFaults(browser, room, server), ...faults.map((fault) => `${browser.name}: ${fault}`)];
}
