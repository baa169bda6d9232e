// What the sync engine and the actions need of the browser: its events, its service worker, the release this page is of.

import type { Notes } from './actions/notes';
import type { Page } from './actions/client';
import type { Engine } from './sync/engine';
import type { GuardedDisk } from './sync/guarded-disk';

const workerAddress = '/sw.js';
const yearSeconds = 365 * 24 * 60 * 60;

/// Empty in development: nothing to compare with.
export function pageRelease(): string {
  const release = document.querySelector<HTMLMetaElement>('meta[name="release"]')?.content ?? '';
  return /^[0-9a-f]+$/.test(release) ? release : '';
}

/// One path for every way back: the network, the screen, the page taken out of the browser's memory.
export function followPage(engine: Engine, notes: Notes, disk: GuardedDisk): void {
  addEventListener('online', () => engine.deviceIs(true));
  addEventListener('offline', () => engine.deviceIs(false));
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) disk.pageIsBack();
    engine.wake();
  });
  addEventListener('pagehide', () => {
    notes.flush();
    disk.pageEnds();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') engine.wake();
    else notes.flush();
  });
  if (!navigator.onLine) engine.deviceIs(false);
}

interface ScriptAddressPolicy {
  createScriptURL(address: string): string;
}

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(address: string): string }): ScriptAddressPolicy;
}

/// Under `require-trusted-types-for 'script'` the address of a worker must come from a policy (W3C Trusted Types). This one
/// knows a single address.
function trustedWorkerAddress(): string {
  const { trustedTypes } = window as { trustedTypes?: TrustedTypes };
  const policy = trustedTypes?.createPolicy('plenary', {
    createScriptURL(address) {
      if (address !== workerAddress) throw new TypeError('not a script of this page');
      return address;
    },
  });
  return policy ? policy.createScriptURL(workerAddress) : workerAddress;
}

/// After the page has loaded: it must not compete with it for a slow line. Without a secure context there is none.
export function registerWorker(): void {
  if (!('serviceWorker' in navigator) || pageRelease() === '') return;
  const register = (): void => {
    navigator.serviceWorker.register(trustedWorkerAddress()).catch(() => undefined);
  };
  if (document.readyState === 'complete') register();
  else addEventListener('load', register, { once: true });
}

/// The new release's worker takes over before the page is loaded again, or the old one would serve the old page once more.
async function takeNewWorker(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  if (!registration) return;
  await registration.update().catch(() => undefined);
  const worker = registration.installing ?? registration.waiting;
  if (!worker) return;
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (worker.state === 'installed') worker.postMessage('take over');
      if (worker.state === 'activated' || worker.state === 'redundant') resolve();
    };
    worker.addEventListener('statechange', look);
    look();
  });
}

export const browserPage: Page = {
  reload: () => void takeNewWorker().finally(() => location.reload()),
  startOver: () => location.replace('/'),
  rememberLanguage(language) {
    document.cookie = `lang=${language}; path=/; max-age=${yearSeconds}; samesite=lax`;
    navigator.serviceWorker?.controller?.postMessage('language changed');
  },
};
