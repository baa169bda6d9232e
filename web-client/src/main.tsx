// The composition root of the web client.

import { render } from 'preact';
import { makeClient } from './actions/client';
import { Notes } from './actions/notes';
import { firstLanguage, setLanguage } from './i18n/words';
import { browserPage, followPage, pageRelease, registerWorker } from './page';
import { ClientState } from './store/client-state';
import { Engine, type EngineParts } from './sync/engine';
import { GuardedDisk } from './sync/guarded-disk';
import { FetchHttp } from './sync/http';
import { IndexedDisk } from './sync/indexed-disk';
import { KeyMaker, systemRandomBytes } from './sync/key';
import { StoredLastActs } from './sync/last-acts';
import { LockedPages } from './sync/pages';
import { socketAddress, socketTransport, takeFirstSocket } from './sync/socket';
import { systemTimers } from './sync/timers';
import { App } from './ui/app';

function browserDisk(state: ClientState): GuardedDisk {
  return new GuardedDisk(
    () => IndexedDisk.open(indexedDB),
    new StoredLastActs(() => localStorage),
    systemTimers,
    (disk) => {
      state.disk.value = disk;
    },
  );
}

function browserParts(disk: GuardedDisk): EngineParts {
  const timers = systemTimers;
  return {
    transport: socketTransport(socketAddress(location), takeFirstSocket),
    http: new FetchHttp(timers),
    disk,
    timers,
    random: Math.random,
    randomBytes: systemRandomBytes,
    pages: new LockedPages(new KeyMaker(timers.now, systemRandomBytes).make(), navigator.locks as LockManager | undefined),
    release: pageRelease(),
    locale: () => document.documentElement.lang,
  };
}

/// On a slow phone reading the program, starting it and the first drawing would be one long task.
function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

async function start(): Promise<void> {
  const wordsLoad = setLanguage(firstLanguage());
  const state = new ClientState();
  const disk = browserDisk(state);
  let parts = browserParts(disk);
  if (import.meta.env.DEV && location.search.includes('fake')) {
    const { fakeParts } = await import('../test/fake/in-page');
    parts = { ...parts, ...fakeParts() };
  }
  const engine = new Engine(parts, state);
  await nextTask();
  void engine.start();
  const notes = new Notes(parts.disk, parts.timers);
  followPage(engine, notes, disk);
  const client = makeClient({ engine, state, disk: parts.disk, notes, timers: parts.timers, page: browserPage });
  await wordsLoad;
  await nextTask();
  const root = document.getElementById('app');
  if (root) {
    // What stood there meanwhile; drawing would leave what it cannot reuse.
    root.textContent = '';
    render(<App client={client} />, root);
  }
  await nextTask();
  registerWorker();
}

void nextTask().then(start);
