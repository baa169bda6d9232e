// What is asked and answered once: a key is kept for as long as its answer may have been lost, and no longer than it is true.

import { expect, it } from 'vitest';
import type { Outcome } from '../src/store/api';
import type { Browser } from './fake/browser';
import { author, Boards, thread } from './fake/boards';
import { settle } from './fake/clock';
import { Hall, host } from './fake/hall';
import { opened } from './fake/visit';

async function done<T>(browser: Browser, asking: Promise<Outcome<T>>): Promise<void> {
  await browser.quiet();
  expect(await asking).toHaveProperty('ok');
}

async function lost<T>(browser: Browser, asking: Promise<Outcome<T>>): Promise<void> {
  await settle();
  browser.losePostAnswer();
  expect(await asking).toEqual({ problem: { code: 'offline' } });
}

it('what was done and undone meanwhile is done again, and not answered from what is stored', async () => {
  const hall = new Boards();
  const { browser } = hall;
  const [one, other] = [hall.writes('On King Street'), hall.writes('On Queen Street')];
  browser.cookie.person = author;
  const client = browser.open();
  await client.bringThreads();
  const page = client.openThread(thread);
  await browser.quiet();
  await lost(browser, page.accept(one));
  await done(browser, page.accept(other));
  await done(browser, page.accept(one));
  expect(page.record.value).toMatchObject({ answer: { post: one } });
});

it('opening and closing a webinar undo each other', async () => {
  const { browser } = new Hall();
  browser.cookie.person = host;
  const { room } = await opened(browser);
  await lost(browser, room.setLive(false));
  await done(browser, room.setLive(true));
  await done(browser, room.setLive(false));
  await browser.quiet();
  expect(room.record.value?.state).toBe('ended');
});
