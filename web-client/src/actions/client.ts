// The client a screen is given: the signals of the store, and the acts that go through the sync engine.

import { signal } from '@preact/signals';
import type { Client, Connection, Outcome, Room, Session, Thread, WebinarList } from '../store/api';
import type { ClientState } from '../store/client-state';
import { RoomState } from '../store/room-state';
import { roomChannel, type MakeState } from '../sync/conversations';
import type { Disk } from '../sync/disk';
import type { Engine } from '../sync/engine';
import type { Timers } from '../sync/timers';
import type { Notes } from './notes';
import type { OpenedBoards } from './boards';
import type { OpenedNews } from './news';
import { OpenedRoom } from './room';

/// What only the browser can do.
export interface Page {
  /// Takes the newest release, where one waits, and loads the page again.
  reload(): void;
  /// Leaves everything in memory behind.
  startOver(): void;
  rememberLanguage(language: 'en' | 'fr'): void;
}

export interface ClientParts {
  readonly engine: Engine;
  readonly state: ClientState;
  readonly disk: Disk;
  readonly notes: Notes;
  readonly timers: Timers;
  readonly page: Page;
}

function connectionOf({ state, engine, page }: ClientParts): Connection {
  return {
    state: state.connection,
    retryAt: state.retryAt,
    everOnline: state.everOnline,
    releaseChanged: state.releaseChanged,
    reloadReady: state.reloadReady,
    retryNow: () => engine.wake(),
    reload: () => page.reload(),
  };
}

function sessionOf({ state, engine, disk, page }: ClientParts): Session {
  const { identity } = engine;
  return {
    me: state.me,
    known: state.known,
    joining: state.joining,
    join: (webinar, name) => identity.startJoin(webinar, name),
    cancelJoin: () => identity.cancelJoin(),
    redeem: (token, name) => identity.redeem(token, name),
    async signOut(): Promise<Outcome<true>> {
      const outcome = await identity.end();
      const isOver = 'ok' in outcome || outcome.problem.code === 'sign_in_required';
      if (!isOver) return outcome;
      engine.stop();
      await disk.eraseEverything();
      page.startOver();
      return { ok: true };
    },
  };
}

function listOf({ state, engine }: ClientParts): WebinarList {
  return { state: state.listState, webinars: state.webinars, refresh: () => void engine.refreshList() };
}

function boardsOf(parts: ClientParts): Pick<Client, 'boards' | 'openBoards'> {
  const boards = signal<OpenedBoards | undefined>(undefined);
  return {
    boards,
    async openBoards() {
      try {
        const { OpenedBoards } = await import('./boards');
        boards.value ??= new OpenedBoards(parts);
        return true;
      } catch {
        return false;
      }
    },
  };
}

function newsOf({ engine, state, notes }: ClientParts): Pick<Client, 'news' | 'openNews'> {
  const news = signal<OpenedNews | undefined>(undefined);
  return {
    news,
    async openNews() {
      try {
        const { OpenedNews } = await import('./news');
        news.value ??= new OpenedNews(engine, state, notes);
        return true;
      } catch {
        return false;
      }
    },
  };
}

function openRoom(parts: ClientParts, webinar: number): Room {
  const make: MakeState<RoomState> = (channel, me, timers) => new RoomState(webinar, channel, me, timers);
  return new OpenedRoom(parts.engine.follow(roomChannel(webinar), make), parts);
}

function threadsOf(parts: ClientParts): Pick<Client, 'hasThreads' | 'bringThreads' | 'openThread'> {
  let openThread: ((parts: ClientParts, thread: number) => Thread) | undefined;
  const hasThreads = signal(false);
  return {
    hasThreads,
    async bringThreads() {
      try {
        ({ openThread } = await import('./thread'));
        hasThreads.value = true;
        return true;
      } catch {
        return false;
      }
    },
    openThread(thread) {
      if (!openThread) throw new Error('bringThreads first');
      return openThread(parts, thread);
    },
  };
}

export function makeClient(parts: ClientParts): Client {
  const { engine, state, page } = parts;
  return {
    connection: connectionOf(parts),
    session: sessionOf(parts),
    disk: state.disk,
    webinars: listOf(parts),
    limits: state.limits,
    unsent: state.unsent,
    openRoom: (webinar) => openRoom(parts, webinar),
    async createWebinar(fields) {
      const outcome = await engine.ask('webinar.create', fields, true);
      return 'ok' in outcome ? { ok: { webinar: outcome.ok.webinar } } : outcome;
    },
    ...threadsOf(parts),
    ...boardsOf(parts),
    ...newsOf(parts),
    rememberLanguage: (language) => page.rememberLanguage(language),
  };
}
