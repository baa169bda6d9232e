// Dates, times and numbers in the reader's way and zone. Intl objects are dear to make and cheap to use: one a locale.

import { computed } from '@preact/signals';

import { locale, words } from './words';

type Style = 'time' | 'day' | 'dayOfYear' | 'date' | 'dateOfYear' | 'exact';

const options: Readonly<Record<Style, Intl.DateTimeFormatOptions>> = {
  time: { hour: 'numeric', minute: '2-digit' },
  day: { weekday: 'long', day: 'numeric', month: 'long' },
  dayOfYear: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  date: { day: 'numeric', month: 'long' },
  dateOfYear: { day: 'numeric', month: 'long', year: 'numeric' },
  exact: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', hour: 'numeric', minute: '2-digit' },
};

const numbers = computed(() => new Intl.NumberFormat(locale.value));

/** "1,200", « 1 200 ». */
export const numberOf = (count: number): string => numbers.value.format(count);

const made = new Map<string, Intl.DateTimeFormat>();

function formatter(style: Style): Intl.DateTimeFormat {
  const key = `${locale.value} ${style}`;
  let format = made.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale.value, options[style]);
    made.set(key, format);
  }
  return format;
}

// French says « 1er mars »; the locale data of browsers says "1 mars".
function format(style: Style, at: number): string {
  const text = formatter(style).format(at);
  return locale.value.startsWith('fr') ? text.replace(/(^|\s)1(?=\s\p{L}{3,})/u, '$11er') : text;
}

/** "2:05 p.m.", « 14 h 05 ». */
export const timeOf = (at: number): string => format('time', at);

/** Makes what the first message would have to wait for. */
export const warmFormats = (): void => void formatter('time');

/** "November 3", « 3 novembre ». */
export const dateOf = (at: number): string => format('date', at);

/** "2:05 p.m." of today; "November 3, 2:05 p.m." of this year; "November 3, 2024" of another. */
export function momentOf(at: number, now: number): string {
  if (dayNumber(at) === dayNumber(now)) return timeOf(at);
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return sameYear ? `${dateOf(at)}, ${timeOf(at)}` : format('dateOfYear', at);
}

/** All of it, for a tooltip. */
export const exactTimeOf = (at: number): string => format('exact', at);

/** A number that is the same for all moments of one day in the reader's zone and grows from day to day. */
export function dayNumber(at: number): number {
  const date = new Date(at);
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000);
}

/** "Today", "Yesterday", "Monday, November 3"; the year when it is not this one. */
export function dayOf(at: number, now: number): string {
  const days = dayNumber(now) - dayNumber(at);
  if (days === 0) return words.value.log.today;
  if (days === 1) return words.value.log.yesterday;
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return format(sameYear ? 'day' : 'dayOfYear', at);
}
