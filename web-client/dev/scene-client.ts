// A Client made of plain signals, for looking at screens in states that a server shows only by chance: nothing is sent
// anywhere. Used by scenes.tsx and never part of the build.

import { signal } from '@preact/signals';

import { defaultLimits, type Me, type WebinarRecord, type WebinarSummary } from '../src/protocol/generated';
import { makeConversation } from './scene-conversation';
import { openSceneQuestions, type SceneQuestions } from './scene-questions';
import { makeThread, type SceneThread } from './scene-thread';
import type { Client, Draft, Item, Problem, ReturnedText, Room } from '../src/store/api';

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
  thread?: SceneThread;
}

function makeRoom(webinar: number, scene: Scene): Room {
  const role = signal(scene.role ?? 'attendee');
  const moderates = role.value === 'host';
  const mayPost = role.value !== 'visitor' && scene.record?.state === 'live';
  return {
    ...makeConversation('message', scene, { moderates, mayPost, removesAs: 'host' }),
    webinar,
    role,
    record: signal(scene.record),
    questions: signal(openSceneQuestions(webinar, scene.questions, moderates)),
    openQuestions: () => Promise.resolve(true),
    summary: signal(undefined),
    openSummary: () => Promise.resolve(false),
    people: signal(scene.people),
    mayListPeople: signal(moderates || scene.record?.peopleVisible === 'names'),
    setLive: () => Promise.resolve({ problem: { code: 'overloaded' } }),
    findPeople: ({ search }) => Promise.resolve(peopleFound(search ?? '')),
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
  const room = makeRoom(1, scene);
  const thread = makeThread(1, scene);
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
    hasThreads: signal(true),
    bringThreads: () => Promise.resolve(true),
    openThread: () => thread,
    createWebinar: () => Promise.resolve({ problem: { code: 'overloaded' } }),
    boards: signal(undefined),
    openBoards: () => Promise.resolve(false),
    news: signal(undefined),
    openNews: () => Promise.resolve(false),
    rememberLanguage: () => undefined,
  };
}
