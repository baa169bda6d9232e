// How a visit begins, and what its reader sees.

import type { Client, Room } from '../../src/store/api';
import type { Browser } from './browser';

export function texts(room: Room): string[] {
  return room.log.items.map(({ text }) => text);
}

export async function opened(browser: Browser, webinar = 1): Promise<{ client: Client; room: Room }> {
  const client = browser.open();
  const room = client.openRoom(webinar);
  await browser.quiet();
  return { client, room };
}

export async function joined(browser: Browser): Promise<{ client: Client; room: Room }> {
  const page = await opened(browser);
  browser.join(page.room);
  await browser.quiet();
  return page;
}
