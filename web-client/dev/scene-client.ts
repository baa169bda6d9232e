// A Client made of plain signals, for looking at screens in states that a server shows only by chance: nothing is sent
// anywhere. Used by scenes.tsx and never part of the build.

import { signal } from '@preact/signals';

import { defaultLimits, type Me, type Node, type PersonRef, type WebinarRecord, type WebinarSummary } from '../src/protocol/generated';
import { openSceneQuestions, type SceneQuestions } from './scene-questions';
import type { Client, Draft, Item, ItemIntent, ItemReaction, Log, Problem, ReturnedText, Room } from '../src/store/api';

export interface Scene {
  me?: Me;
  connection?: 'connecting' | 'online' | 'waiting' | 'offline' | 'stopped';
  everOnline?: boolean;
  reloadReady?: boolean;
  unsent?: number;
  disk?: 'opening' | 'working' | 'unavailable';
  list?: readonly WebinarSummary[];
  listState?: 'loading' | 'ready' | 'failed';
  record?: WebinarRecord;
  roomStatus?: 'loading' | 'ready' | 'gone' | 'failed';
  role?: 'visitor' | 'attendee' | 'host';
  people?: number;
  typing?: number;
  items?: Item[];
  hasOlder?: boolean;
  unreadLinePos?: number;
  returned?: ReturnedText[];
  draft?: Draft;
  problem?: Problem;
  questions?: SceneQuestions;
}

export function paragraph(...children: Node[]): Node {
  return { kind: 'paragraph', children };
}

export function words(text: string): Node {
  return { kind: 'text', text };
}

let made = 0;

export function message(author: PersonRef, text: string, at: number, more: Partial<Item> = {}): Item {
  made += 1;
  return {
    key: `m${made}`, id: made, pos: made, author, mine: false, text, body: [paragraph(words(text))], lang: 'en', at,
    reactions: [], ...more,
  };
}

/** A log over an array that the scene holds; `push` and `replace` are for playing with it from the console. */
export class SceneLog implements Log {
  readonly version = signal(0);
  readonly hasOlder = signal(false);
  readonly hasNewer = signal(false);
  readonly loading = signal<'older' | 'newer' | 'around' | undefined>(undefined);
  readonly newestPos = signal(0);
  readonly readPos = signal(0);
  readonly unreadLinePos = signal<number | undefined>(undefined);
  readonly unreadCount = signal(0);
  items: Item[];

  constructor(scene: Scene) {
    this.items = [...(scene.items ?? [])];
    this.hasOlder.value = scene.hasOlder === true;
    this.unreadLinePos.value = scene.unreadLinePos;
    this.newestPos.value = this.items[this.items.length - 1]?.pos ?? 0;
  }

  indexOfKey(key: string): number {
    return this.items.findIndex((item) => item.key === key);
  }

  indexOfPos(pos: number): number {
    const index = this.items.findIndex((item) => (item.pos ?? Infinity) >= pos);
    return index < 0 ? this.items.length : index;
  }

  find(id: number): Item | undefined {
    return this.items.find((item) => item.id === id);
  }

  push(...fresh: Item[]): void {
    this.items.push(...fresh);
    this.newestPos.value = fresh[fresh.length - 1]?.pos ?? this.newestPos.value;
    this.unreadCount.value = this.newestPos.value - this.readPos.value;
    this.version.value += 1;
  }

  change(key: string, more: Partial<Item>): void {
    const index = this.indexOfKey(key);
    const item = this.items[index];
    if (item === undefined) return;
    this.items[index] = { ...item, ...more };
    this.version.value += 1;
  }

  drop(key: string): void {
    this.items.splice(this.indexOfKey(key), 1);
    this.version.value += 1;
  }

  loadOlder = (): Promise<Problem | undefined> => Promise.resolve({ code: 'offline' });
  loadNewer = (): Promise<Problem | undefined> => Promise.resolve(undefined);
  showAround = (): Promise<Problem | undefined> => Promise.resolve(undefined);
  showNewest = (): void => undefined;
  markRead = (pos: number): void => {
    this.readPos.value = Math.max(this.readPos.value, pos);
    this.unreadCount.value = Math.max(0, this.newestPos.value - this.readPos.value);
  };
  moveUnreadLine = (): void => undefined;
}

function toggled(reactions: readonly ItemReaction[], emoji: string, on: boolean): ItemReaction[] {
  const others = reactions.filter((reaction) => reaction.emoji !== emoji);
  const before = reactions.find((reaction) => reaction.emoji === emoji)?.count ?? 0;
  const count = before + (on ? 1 : -1);
  return count <= 0 ? others : [...others, { emoji, count, mine: on }];
}

function makeRoom(webinar: number, scene: Scene, me: Me | undefined): Room {
  const log = new SceneLog(scene);
  const draft = signal<Draft>(scene.draft ?? { text: '' });
  const returned = signal<readonly ReturnedText[]>(scene.returned ?? []);
  const role = signal(scene.role ?? 'attendee');
  const record = signal(scene.record);
  const moderates = role.value === 'host';
  const questions = signal(openSceneQuestions(webinar, scene.questions, moderates));
  const intent = (key: string): ItemIntent => ({ key, what: 'post', state: 'waiting' });
  return {
    webinar, log, draft, returned, role, record, questions,
    openQuestions: () => Promise.resolve(true),
    appeals: signal(undefined),
    openAppeals: () => Promise.resolve(false),
    summary: signal(undefined),
    openSummary: () => Promise.resolve(false),
    status: signal(scene.roomStatus ?? 'ready'),
    people: signal(scene.people),
    typing: signal(scene.typing ?? 0),
    moderates: signal(moderates),
    mayPost: signal(role.value !== 'visitor' && scene.record?.state === 'live'),
    mayListPeople: signal(moderates || scene.record?.peopleVisible === 'names'),
    dismissReturned: (id) => (returned.value = returned.value.filter((text) => text.message !== id)),
    saveDraft: (next) => (draft.value = next),
    post(text, options) {
      draft.value = { text: '' };
      const own = message({ id: me?.id ?? 0, name: me?.name ?? '' }, text, Date.now(), { mine: true, lang: options?.lang ?? 'en' });
      log.push({ ...own, intent: intent(own.key), ...(options?.replyTo === undefined ? {} : { replyTo: { id: options.replyTo } }) });
    },
    edit(id, text) {
      draft.value = { text: '' };
      const key = log.find(id)?.key;
      if (key !== undefined) log.change(key, { text, body: [paragraph(words(text))], editedAt: Date.now() });
    },
    remove(id) {
      const key = log.find(id)?.key;
      if (key !== undefined) log.change(key, { removed: { by: moderates ? 'host' : 'author' }, at: 0, text: '', reactions: [] });
    },
    react(id, emoji, on) {
      const item = log.find(id);
      if (item !== undefined) log.change(item.key, { reactions: toggled(item.reactions, emoji, on) });
    },
    retry: () => undefined,
    discard(key) {
      const item = log.items.find((candidate) => candidate.intent?.key === key);
      if (item !== undefined) log.drop(item.key);
      return item?.text;
    },
    sayTyping: () => undefined,
    setLive: () => Promise.resolve({ problem: { code: 'overloaded' } }),
    findPeople: ({ search }) => Promise.resolve(peopleFound(search ?? '')),
    leave: () => undefined,
  };
}

function peopleFound(search: string) {
  const names = ['Amina Yusuf', 'Luc Tremblay', 'Олена Коваль', 'سميرة الحسن', 'ሰላም ተስፋይ', 'Priya Raman', 'Marie-Ève Gagnon'];
  const people = names
    .map((name, index) => ({ id: index + 1, name, kind: index % 3 === 0 ? 'member' as const : 'guest' as const, host: index === 0, present: index % 4 !== 3 }))
    .filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()));
  return { ok: { people, count: people.length, present: people.filter(({ present }) => present).length } };
}

export function makeSceneClient(scene: Scene): Client {
  const me = signal(scene.me);
  const room = makeRoom(1, scene, scene.me);
  return {
    connection: {
      state: signal(scene.connection ?? 'online'),
      retryAt: signal(undefined),
      everOnline: signal(scene.everOnline ?? true),
      releaseChanged: signal(scene.reloadReady === true),
      reloadReady: signal(scene.reloadReady === true),
      retryNow: () => undefined,
      reload: () => undefined,
    },
    session: {
      me, known: signal(true), joining: signal(scene.problem === undefined ? undefined : { webinar: 1, name: 'Amina', problem: scene.problem }),
      join: () => undefined,
      cancelJoin: () => undefined,
      redeem: () => Promise.resolve({ problem: scene.problem ?? { code: 'bad_token' } }),
      signOut: () => Promise.resolve({ ok: true }),
    },
    disk: signal(scene.disk ?? 'working'),
    webinars: { state: signal(scene.listState ?? 'ready'), webinars: signal(scene.list ?? []), refresh: () => undefined },
    limits: signal(defaultLimits),
    unsent: signal(scene.unsent ?? 0),
    openRoom: () => room,
    createWebinar: () => Promise.resolve({ problem: { code: 'overloaded' } }),
    rememberLanguage: () => undefined,
  };
}
