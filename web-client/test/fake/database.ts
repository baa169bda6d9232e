// What the fake server keeps through a restart: channels with their revs and poses, messages, reactions, people, the outcomes
// of intents, and the commit at which each run began. Everything is plain data, so that a backup is a copy.

import type { AnyRecord, BoardRecord, Error as WireError, Node, OwnAppeal, QuestionRules, ThreadRecord } from '../../src/protocol/generated';

export interface StoredRecord {
  rev: number;
  pos?: number;
  /// Without type, id, rev and pos; undefined: gone.
  fields: Record<string, unknown> | undefined;
}

export interface StoredChannel {
  rev: number;
  /// Below it tombstones may be missing (P13).
  floor: number;
  newestPos: number;
  /// By `type/id`.
  records: Map<string, StoredRecord>;
}

export interface StoredMessage {
  webinar: number;
  author: number;
  text: string;
  lang: string;
  at: number;
  editedAt?: number;
  replyTo?: number;
  removedBy?: 'author' | 'host' | 'moderator';
}

export interface StoredText {
  lang: string;
  text: string;
  by: number;
  at: number;
}

export interface StoredQuestion {
  webinar: number;
  author: number;
  anonymous: boolean;
  text: string;
  lang: string;
  at: number;
  state: 'pending' | 'published' | 'staged' | 'answered' | 'dismissed' | 'merged' | 'withdrawn';
  stateBeforeMerge?: 'pending' | 'published';
  publishedAt?: number;
  answeredAt?: number;
  reason?: string;
  mergedInto?: number;
  answer?: StoredText;
  translations: StoredText[];
  voters: Set<number>;
  star?: number;
}

export interface StoredPerson {
  name: string;
  kind: 'guest' | 'member';
  siteRole?: 'member' | 'moderator' | 'admin';
  guestOf: number[];
}

export interface StoredWebinar {
  title: { en: string; fr: string };
  state: 'scheduled' | 'live' | 'ended';
  visibility: 'public' | 'members';
  peopleVisible: 'count' | 'names';
  hosts: number[];
  /// The usual ones where absent.
  questions?: QuestionRules;
  createdAt: number;
}

export type StoredBoard = Omit<BoardRecord, 'type' | 'id' | 'rev' | 'pos'>;

export interface StoredThread extends Pick<ThreadRecord, 'board' | 'title' | 'lang' | 'kind' | 'at' | 'carriedFrom'> {
  author?: number;
  answer?: number;
  removedBy?: 'author' | 'moderator';
}

export interface StoredPost {
  thread: number;
  author?: number;
  text: string;
  lang: string;
  at: number;
  editedAt?: number;
  replyTo?: number;
  removedBy?: 'author' | 'moderator';
  reason?: string;
  decidedBy?: number;
  appeal?: OwnAppeal;
}

export class Database {
  commit = 0;
  runs: { epoch: string; from: number }[] = [];
  channels = new Map<string, StoredChannel>();
  messages = new Map<number, StoredMessage>();
  /// message or post → emoji → who.
  reactions = new Map<number, Map<string, Set<number>>>();
  dirtyTallies = new Set<number>();
  questions = new Map<number, StoredQuestion>();
  dirtyVotes = new Set<number>();
  people = new Map<number, StoredPerson>();
  webinars = new Map<number, StoredWebinar>();
  boards = new Map<number, StoredBoard>();
  threads = new Map<number, StoredThread>();
  posts = new Map<number, StoredPost>();
  outcomes = new Map<string, { request: string; ok: unknown }>();
  nextId = 1;

  copy(): Database {
    return Object.assign(new Database(), structuredClone({ ...this }));
  }
}

export class Refusal extends Error {
  constructor(readonly error: WireError) {
    super(error.code);
  }
}

export function refuse(code: WireError['code'], field?: string): never {
  throw new Refusal(field === undefined ? { code } : { code, field });
}

interface Published {
  channel: string;
  type: string;
  id: number;
  fields: Record<string, unknown> | undefined;
  /// A timeline record takes the next place; an attached one the place of what it is attached to.
  place: 'state' | 'timeline' | { with: string };
}

/// One transaction: records get their revs at its end (P11).
export class Transaction {
  private published: Published[] = [];

  constructor(
    readonly database: Database,
    readonly now: number,
  ) {}

  publish(channel: string, type: string, id: number, fields: Published['fields'], place: Published['place'] = 'state'): void {
    this.published = this.published.filter((one) => one.channel !== channel || one.type !== type || one.id !== id);
    this.published.push({ channel, type, id, fields, place });
  }

  /// The names of the channels that changed.
  commit(): string[] {
    this.database.commit += 1;
    for (const one of this.published) this.store(one);
    return Array.from(new Set(this.published.map((one) => one.channel)));
  }

  private store(one: Published): void {
    const channel = channelOf(this.database, one.channel);
    const name = `${one.type}/${one.id}`;
    const before = channel.records.get(name);
    channel.rev += 1;
    const pos = before?.pos ?? this.placeFor(channel, one);
    channel.records.set(name, { rev: channel.rev, fields: one.fields, ...(pos === undefined ? {} : { pos }) });
  }

  private placeFor(channel: StoredChannel, one: Published): number | undefined {
    if (one.place === 'state') return undefined;
    if (one.place === 'timeline') return ++channel.newestPos;
    return channel.records.get(one.place.with)?.pos;
  }
}

export function channelOf(database: Database, name: string): StoredChannel {
  const known = database.channels.get(name);
  if (known) return known;
  const channel: StoredChannel = { rev: 0, floor: 0, newestPos: 0, records: new Map() };
  database.channels.set(name, channel);
  return channel;
}

/// Drops the tombstones of a channel.
export function sweep(channel: StoredChannel): void {
  for (const [name, { fields }] of channel.records) if (!fields) channel.records.delete(name);
  channel.floor = channel.rev;
}

export function encode(name: string, stored: StoredRecord): AnyRecord {
  const [type, id] = name.split('/');
  const head = { type, id: Number(id), rev: stored.rev };
  if (!stored.fields) return { ...head, gone: true } as AnyRecord;
  return { ...head, ...(stored.pos === undefined ? {} : { pos: stored.pos }), ...stored.fields } as AnyRecord;
}

/// Enough of the closed tree for tests and for looking at screens: paragraphs, line breaks, **strong** words.
export function bodyOf(text: string): Node[] {
  return text.split(/\n{2,}/).map((paragraph) => ({ kind: 'paragraph', children: inlineOf(paragraph) }));
}

function inlineOf(text: string): Node[] {
  return text.split('\n').flatMap((line, index): Node[] => {
    const words = line.split(/(\*\*[^*]+\*\*|https?:\/\/\S+)/).filter((part) => part !== '').map(inlinePart);
    return index === 0 ? words : [{ kind: 'line_break' }, ...words];
  });
}

function inlinePart(part: string): Node {
  const strong = /^\*\*([^*]+)\*\*$/.exec(part)?.[1];
  if (strong !== undefined) return { kind: 'strong', children: [{ kind: 'text', text: strong }] };
  const text: Node = { kind: 'text', text: part };
  return part.startsWith('http') ? { kind: 'link', href: part, children: [text] } : text;
}
