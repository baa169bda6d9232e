// @vitest-environment jsdom
import { signal } from '@preact/signals';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { Client } from '../../store/api';
import { ClientContext } from '../client-context';
import { FollowNews } from './follow-news';

let root: HTMLElement;
let opened: number;
const known = signal(false);
const news = signal<object | undefined>(undefined);

beforeEach(() => {
  vi.useFakeTimers();
  root = document.createElement('div');
  opened = 0;
  known.value = true;
  news.value = undefined;
});
afterEach(() => {
  render(null, root);
  vi.useRealTimers();
});

const client = {
  session: { known },
  connection: { state: signal('online') },
  news,
  openNews: () => {
    opened += 1;
    news.value = {};
    return Promise.resolve(true);
  },
} as unknown as Client;

async function shown(inConversation: boolean, showsPlaces: boolean): Promise<void> {
  const page = <FollowNews inConversation={inConversation} showsPlaces={showsPlaces} />;
  await act(() => render(<ClientContext.Provider value={client}>{page}</ClientContext.Provider>, root));
}

it('begins after the first screen is drawn, and only once for all pages', async () => {
  await shown(false, true);
  expect(opened).toBe(0);
  await vi.advanceTimersByTimeAsync(50);
  expect(opened).toBe(1);
  await shown(true, true);
  await shown(false, true);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(opened).toBe(1);
});

it('waits until it is known who reads', async () => {
  known.value = false;
  await shown(false, true);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(opened).toBe(0);
  await act(() => void (known.value = true));
  await vi.advanceTimersByTimeAsync(50);
  expect(opened).toBe(1);
});

it('leaves a conversation its first seconds, and its whole time where nothing shows the number', async () => {
  await shown(true, false);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(opened).toBe(0);
  await shown(true, true);
  await vi.advanceTimersByTimeAsync(9_000);
  expect(opened).toBe(0);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(opened).toBe(1);
});

it('does not wait on when one leaves the conversation sooner', async () => {
  await shown(true, true);
  await vi.advanceTimersByTimeAsync(3_000);
  await shown(false, true);
  await vi.advanceTimersByTimeAsync(50);
  expect(opened).toBe(1);
});
