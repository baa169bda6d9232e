// What's New: two channels as one list, and what of it is new to whom.

import { signal } from '@preact/signals';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ActivityRecord, Me } from '../src/protocol/generated';
import type { Client } from '../src/store/api';
import { merged, NewsState, unseenOf } from '../src/store/news';
import type { News } from '../src/store/news-api';
import type { Change } from '../src/sync/channel';
import { freshSince, sectionsOf, stillShown } from '../src/ui/news/still-news';
import { BoardServer } from './fake/board-server';
import { Browser } from './fake/browser';
import { Clock, settle } from './fake/clock';

// Loaded once, so that opening the news waits for nothing but promises.
beforeAll(() => import('../src/actions/news'));

function activity(id: number, seq: number, by?: number): ActivityRecord {
  return { type: 'activity', id, rev: seq, seq, at: seq, ...(by === undefined ? {} : { by: { id: by, name: `P${by}` } }) };
}

const held = (...activities: ActivityRecord[]): ReadonlyMap<number, ActivityRecord> => new Map(activities.map((one) => [one.id, one]));
const seqs = (activities: readonly ActivityRecord[]): number[] => activities.map(({ seq }) => seq);

function change(put: ActivityRecord[], more: Partial<Change> = {}): Change {
  return { reset: false, put, gone: [], cursor: { epoch: 'e', c: 1, rev: 1 }, ranges: [], newestPos: 0, ...more };
}

describe('the two channels', () => {
  it('are one list, the newest first', () => {
    expect(seqs(merged(held(activity(1, 1), activity(2, 5)), held(activity(3, 3))))).toEqual([5, 3, 1]);
  });

  it('show what stands on both for a moment once, as it was told last', () => {
    expect(seqs(merged(held(activity(1, 4)), held(activity(1, 7))))).toEqual([7]);
  });

  it('are ready when one of them is, and current when both are', () => {
    const news = new NewsState(signal<Me | undefined>(undefined), signal({ isKnown: false }));
    expect([news.state.value, news.isCurrent.value]).toEqual(['loading', false]);
    news.members.open();
    news.everyones.sink.changed(change([activity(1, 1)], { reset: true }));
    news.everyones.sink.became('live');
    expect([news.state.value, news.isCurrent.value]).toEqual(['ready', false]);
    news.members.sink.changed(change([activity(2, 2)], { reset: true }));
    news.members.sink.became('live');
    expect([news.isCurrent.value, seqs(news.activities.value)]).toEqual([true, [2, 1]]);
    news.everyones.sink.changed(change([], { gone: [activity(1, 1)] }));
    expect(seqs(news.activities.value)).toEqual([2]);
    news.members.close();
    expect([news.isCurrent.value, seqs(news.activities.value)]).toEqual([true, []]);
  });
});

describe('the number', () => {
  it('counts what is beyond the mark, and not what one made oneself', () => {
    const all = [activity(1, 9, 7), activity(2, 8, 5), activity(3, 7), activity(4, 6, 5)];
    expect(unseenOf(all, 6, 7)).toBe(2);
    expect(unseenOf(all, 9, 7)).toBe(0);
    expect(unseenOf(all, 0, undefined)).toBe(4);
  });
});

const member = 2;
const guest = 3;

function site(person: number): { server: BoardServer; browser: Browser } {
  const clock = new Clock();
  const server = new BoardServer(() => clock.now());
  server.database.people.set(member, { name: 'Sam', kind: 'member', guestOf: [] });
  server.database.people.set(guest, { name: 'Amina', kind: 'guest', guestOf: [] });
  const browser = new Browser('Sam', server, clock);
  browser.cookie.person = person;
  return { server, browser };
}

async function opened(browser: Browser): Promise<{ client: Client; news: News }> {
  const client = browser.open();
  await browser.quiet();
  await client.openNews();
  await browser.quiet();
  const news = client.news.value;
  if (!news) throw new Error('the news did not open');
  return { client, news };
}

describe('a member', () => {
  it('who has no mark has everything to see, of both channels', async () => {
    const { server, browser } = site(member);
    server.tell(1);
    server.tell(2, { by: { id: member, name: 'Sam' } }, 'news/members');
    server.tell(3, {}, 'news/members');
    const { news } = await opened(browser);
    expect([news.mark.value, news.unseen.value, news.activities.value.length]).toEqual([undefined, 2, 3]);
  });

  it('marks them as seen for all their devices, and the mark never goes back', async () => {
    const { server, browser } = site(member);
    server.tell(1);
    server.tell(2);
    const { news } = await opened(browser);
    const elsewhere = new Browser('Phone', server, browser.clock, () => 0.25);
    elsewhere.cookie.person = member;
    const other = await opened(elsewhere);
    const marking = news.markSeen(2);
    await browser.quiet();
    expect([await marking, news.mark.value, news.unseen.value]).toEqual([{ ok: true }, 2, 0]);
    await elsewhere.quiet();
    expect([other.news.mark.value, other.news.unseen.value]).toEqual([2, 0]);
    const back = news.markSeen(1);
    await browser.quiet();
    await back;
    expect(news.mark.value).toBe(2);
    server.tell(1);
    await browser.quiet();
    expect(news.unseen.value).toBe(1);
    expect((await opened(browser)).news.mark.value).toBe(2);
  });

  it('has no number before it is known how far they have seen', async () => {
    const { server, browser } = site(member);
    server.tell(1);
    const first = await opened(browser);
    const marking = first.news.markSeen(1);
    await browser.quiet();
    await marking;
    server.tell(2);
    const client = browser.open();
    await client.openNews();
    await settle();
    expect(client.news.value?.unseen.value).toBe(0);
    await browser.quiet();
    expect(client.news.value?.unseen.value).toBe(1);
  });

  it('is told when marking did not work, and may press again', async () => {
    const { server, browser } = site(member);
    server.tell(1);
    const { news } = await opened(browser);
    const marking = news.markSeen(1);
    await settle();
    browser.losePost();
    expect(await marking).toEqual({ problem: { code: 'offline' } });
    expect(news.unseen.value).toBe(1);
    const again = news.markSeen(1);
    await browser.quiet();
    await again;
    expect(news.unseen.value).toBe(0);
  });
});

describe.each([['a visitor', 0], ['a guest', guest]])('%s', (_who, person) => {
  it('has no number at the first visit, and at the next one that of what came since', async () => {
    const { server, browser } = site(person);
    server.tell(1);
    server.tell(2);
    server.tell(9, {}, 'news/members');
    const first = await opened(browser);
    expect([first.news.unseen.value, first.news.activities.value.length]).toEqual([0, 2]);
    server.tell(3);
    server.tell(1);
    const { news } = await opened(browser);
    expect([news.mark.value, news.unseen.value]).toEqual([2, 2]);
  });

  it('keeps the mark on the device, and it never goes back', async () => {
    const { server, browser } = site(person);
    server.tell(1);
    await opened(browser);
    server.tell(2);
    const { news } = await opened(browser);
    expect(await news.markSeen(2)).toEqual({ ok: true });
    expect(await news.markSeen(1)).toEqual({ ok: true });
    expect([news.mark.value, news.unseen.value]).toEqual([2, 0]);
    expect((await opened(browser)).news.mark.value).toBe(2);
    expect(server.asked.some(({ op }) => op === 'news.seen')).toBe(false);
  });
});

describe('following', () => {
  it('is begun once for the page, and goes on', async () => {
    const { server, browser } = site(member);
    const { client, news } = await opened(browser);
    await client.openNews();
    await browser.quiet();
    expect(client.news.value).toBe(news);
    expect([...server.sessions].flatMap(({ handed }) => Array.from(handed.keys())).sort()).toEqual(['news', 'news/members', 'person/2']);
  });

  it('what was seen last is there offline', async () => {
    const { server, browser } = site(0);
    server.tell(1);
    await opened(browser);
    const client = browser.open();
    await client.openNews();
    await settle();
    expect([client.news.value?.state.value, client.news.value?.activities.value.length]).toEqual(['ready', 1]);
  });
});

describe('what one reads', () => {
  it('stays as it is; what came since is counted, what left goes', () => {
    const shown = [activity(2, 5), activity(1, 4)];
    const now = [activity(3, 7), activity(1, 6), activity(4, 3)];
    expect(stillShown(shown, now)).toEqual([activity(1, 4)]);
    expect(freshSince(shown, now)).toBe(2);
    expect(freshSince(now, now)).toBe(0);
  });

  it('is parted by the mark; without one all of it is earlier', () => {
    const shown = [activity(3, 7), activity(2, 5), activity(1, 4)];
    expect([seqs(sectionsOf(shown, 5).since), seqs(sectionsOf(shown, 5).earlier)]).toEqual([[7], [5, 4]]);
    expect(sectionsOf(shown, undefined).since).toEqual([]);
    expect(sectionsOf(shown, 7).since).toEqual([]);
  });
});
