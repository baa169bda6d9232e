// Which day it is for the reader, as a signal: "Today" becomes "Yesterday" while the page stays open.

import { signal } from '@preact/signals';

import { dayNumber } from '../i18n/format';

export const now = signal(Date.now());

function startOfTomorrow(at: number): number {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime();
}

function refresh(): void {
  const at = Date.now();
  if (dayNumber(at) !== dayNumber(now.value)) now.value = at;
}

// A timer alone is late on a device that slept; becoming visible is when it shows.
function wait(): void {
  setTimeout(() => {
    refresh();
    wait();
  }, startOfTomorrow(Date.now()) - Date.now() + 1_000);
}

wait();
document.addEventListener('visibilitychange', refresh);
