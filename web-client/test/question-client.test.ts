// Questions from a browser to the fake server and back, over wires that the test holds.

import { beforeAll, describe, expect, it } from 'vitest';
import type { Client, Room } from '../src/store/api';
import type { Questions } from '../src/store/question-api';
import type { Browser } from './fake/browser';
import { settle } from './fake/clock';
import { Hall, host } from './fake/hall';

// Loaded once, so that opening the questions of a room waits for nothing but promises.
beforeAll(() => import('../src/actions/questions'));

interface Page {
  client: Client;
  room: Room;
  questions: Questions;
}

async function opened(browser: Browser): Promise<Page> {
  const client = browser.open();
  const room = client.openRoom(1);
  await room.openQuestions();
  await browser.quiet();
  const questions = room.questions.value;
  if (!questions) throw new Error('the questions did not open');
  return { client, room, questions };
}

async function joined(browser: Browser): Promise<Page> {
  const page = await opened(browser);
  browser.join(page.room);
  await browser.quiet();
  return page;
}

async function hosting(hall: Hall): Promise<Page & { browser: Browser }> {
  const browser = hall.newBrowser('Host');
  browser.cookie.person = host;
  return { ...(await opened(browser)), browser };
}

const states = (questions: Questions): string[] => questions.own.value.map(({ text, state }) => `${text} ${state}`);

describe('the conversation comes first', () => {
  it('the questions are asked for only when the conversation is current', async () => {
    const hall = new Hall();
    const client = hall.browser.open();
    const room = client.openRoom(1);
    await room.openQuestions();
    await settle();
    hall.browser.openWire();
    await settle();
    const hello = hall.browser.wire?.toServer[0] ?? '';
    expect(hello).toContain('"webinar/1"');
    expect(hello).not.toContain('webinar/1/questions');
    await hall.browser.quiet();
    expect(room.questions.value?.status.value).toBe('ready');
  });

  it('without a line what was last seen is shown, one’s own and the votes too', async () => {
    const hall = new Hall();
    const asker = await joined(hall.browser);
    asker.questions.ask('Why?', 'en');
    await hall.browser.quiet();
    const desk = await hosting(hall);
    const id = desk.questions.toReview.value[0]?.id ?? 0;
    desk.questions.publish(id);
    await desk.browser.quiet();
    hall.server.countTallies();
    await hall.browser.quiet();
    const client = hall.browser.open();
    const room = client.openRoom(1);
    await room.openQuestions();
    await settle();
    hall.browser.wire?.cut();
    await settle();
    expect(room.questions.value?.open.value).toMatchObject([{ text: 'Why?', votes: 1, voted: true, mine: true }]);
  });
});

describe('asking', () => {
  it('P50 a question goes its way from asked to answered, and everyone sees what they may', async () => {
    const hall = new Hall();
    const asker = await joined(hall.browser);
    const other = hall.newBrowser('Luc');
    const reader = await joined(other);
    asker.questions.ask('Pourquoi ?', 'fr', true);
    await hall.browser.quiet();
    expect(states(asker.questions)).toEqual(['Pourquoi ? pending']);
    const desk = await hosting(hall);
    const [waiting] = desk.questions.toReview.value;
    expect(waiting).toMatchObject({ text: 'Pourquoi ?', lang: 'fr' });
    expect(waiting?.author, 'P51 of an anonymous one nobody knows who asked').toBeUndefined();
    await other.quiet();
    expect(reader.questions.open.value).toEqual([]);
    const id = waiting?.id ?? 0;
    desk.questions.publish(id);
    await desk.browser.quiet();
    await other.quiet();
    expect(reader.questions.unseen.value).toBe(1);
    reader.questions.vote(id, true);
    await other.quiet();
    hall.server.countTallies();
    desk.questions.translate(id, 'en', 'Why?');
    desk.questions.stage(id, true);
    await desk.browser.quiet();
    await other.quiet();
    expect(reader.questions.staged.value).toMatchObject({ id, votes: 2, voted: true, translations: [{ lang: 'en', text: 'Why?' }] });
    desk.questions.answer(id, { text: 'Because.', lang: 'en' });
    await desk.browser.quiet();
    await hall.browser.quiet();
    await other.quiet();
    expect(reader.questions.staged.value).toBeUndefined();
    expect(reader.questions.answered.value).toMatchObject([{ answer: { text: 'Because.' } }]);
    expect(states(asker.questions)).toEqual(['Pourquoi ? answered']);
    expect([hall.browser, desk.browser, other].flatMap((one) => Array.from(one.disk.intents.values()))).toEqual([]);
  });

  it('P31 what was asked offline survives a reload and is asked once', async () => {
    const hall = new Hall();
    const first = await joined(hall.browser);
    hall.browser.wire?.cut();
    first.questions.ask('Why?', 'en');
    await settle();
    const client = hall.browser.open();
    const room = client.openRoom(1);
    await room.openQuestions();
    await settle();
    expect(room.questions.value?.own.value).toMatchObject([{ text: 'Why?', act: { what: 'ask', state: 'waiting' } }]);
    await hall.browser.quiet();
    expect(room.questions.value?.own.value).toMatchObject([{ text: 'Why?', state: 'pending' }]);
    expect(hall.server.database.questions.size).toBe(1);
    expect(client.unsent.value).toBe(0);
  });

  it('a draft survives a reload, and is gone when asked', async () => {
    const hall = new Hall();
    const first = await joined(hall.browser);
    first.questions.saveDraft({ text: 'Half a quest', lang: 'fr', anonymous: true });
    const second = await opened(hall.browser);
    expect(second.questions.draft.value).toEqual({ text: 'Half a quest', lang: 'fr', anonymous: true });
    second.questions.ask('Half a question', 'fr');
    await hall.browser.quiet();
    expect((await opened(hall.browser)).questions.draft.value.text).toBe('');
  });

  it('P51 one that no longer fits the rule of names is refused, and its text comes back', async () => {
    const hall = new Hall();
    const { questions } = await joined(hall.browser);
    hall.browser.wire?.cut();
    questions.ask('Why?', 'en', true);
    const desk = await hosting(hall);
    const saved = desk.questions.setRules({ open: true, review: true, names: 'named' });
    await desk.browser.quiet();
    expect(await saved).toEqual({ ok: true });
    hall.clock.advance(1_000);
    await hall.browser.quiet();
    const [own] = questions.own.value;
    expect(own?.act).toMatchObject({ state: 'failed', problem: { code: 'out_of_range', field: 'anonymous' } });
    expect(questions.discard(own?.act?.key ?? '')).toBe('Why?');
    expect(questions.own.value).toEqual([]);
  });
});

describe('a dismissal', () => {
  it('P53 comes with its reason, stays until it was read, and comes again for another reason', async () => {
    const hall = new Hall();
    const { questions } = await joined(hall.browser);
    questions.ask('Why?', 'en');
    await hall.browser.quiet();
    const desk = await hosting(hall);
    const id = desk.questions.toReview.value[0]?.id ?? 0;
    desk.questions.dismiss(id, 'Not today');
    await desk.browser.quiet();
    await hall.browser.quiet();
    const [own] = questions.own.value;
    expect(own).toMatchObject({ text: 'Why?', state: 'dismissed', reason: 'Not today' });
    if (own) questions.closeDismissal(own);
    expect(questions.own.value).toEqual([]);
    const again = await opened(hall.browser);
    expect(again.questions.own.value).toEqual([]);
    desk.questions.publish(id);
    await desk.browser.quiet();
    await hall.browser.quiet();
    expect(states(again.questions)).toEqual(['Why? published']);
    desk.questions.dismiss(id, 'Asked twice');
    await desk.browser.quiet();
    await hall.browser.quiet();
    expect(again.questions.own.value).toMatchObject([{ state: 'dismissed', reason: 'Asked twice' }]);
  });
});

describe('two hosts at once', () => {
  it('P54 who comes second is told what happened, and nothing changes', async () => {
    const hall = new Hall();
    const { questions } = await joined(hall.browser);
    questions.ask('First', 'en');
    questions.ask('Second', 'en');
    await hall.browser.quiet();
    const one = await hosting(hall);
    const two = await hosting(hall);
    const [first, second] = one.questions.toReview.value.map(({ id }) => id);
    two.browser.wire?.cut();
    two.questions.publish(second ?? 0);
    one.questions.merge(second ?? 0, first ?? 0);
    await one.browser.quiet();
    hall.clock.advance(1_000);
    await two.browser.quiet();
    expect(two.questions.stopped.value).toMatchObject([{ id: second, state: 'merged', act: { what: 'publish', problem: { code: 'state_changed' } } }]);
    two.questions.discard(two.questions.stopped.value[0]?.act?.key ?? '');
    expect(two.questions.stopped.value).toEqual([]);
    one.questions.unmerge(second ?? 0);
    await one.browser.quiet();
    await two.browser.quiet();
    expect(two.questions.toReview.value.map(({ id }) => id)).toEqual([first, second]);
  });

  it('P57 the union of the votes counts each person once', async () => {
    const hall = new Hall();
    const { questions } = await joined(hall.browser);
    questions.ask('First', 'en');
    questions.ask('Second', 'en');
    await hall.browser.quiet();
    const desk = await hosting(hall);
    const [first = 0, second = 0] = desk.questions.toReview.value.map(({ id }) => id);
    desk.questions.publish(first);
    desk.questions.publish(second);
    await desk.browser.quiet();
    desk.questions.vote(second, true);
    desk.questions.merge(second, first);
    await desk.browser.quiet();
    hall.server.countTallies();
    await hall.browser.quiet();
    await desk.browser.quiet();
    expect(questions.open.value).toMatchObject([{ id: first, votes: 2, voted: true, merged: [second] }]);
    expect(desk.questions.open.value).toMatchObject([{ id: first, votes: 2, voted: true }]);
    questions.vote(first, false);
    await hall.browser.quiet();
    hall.server.countTallies();
    await hall.browser.quiet();
    expect(questions.open.value).toMatchObject([{ votes: 1, voted: false }]);
  });

  it('P51 an attendee never follows the backstage', async () => {
    const hall = new Hall();
    const { room, questions } = await joined(hall.browser);
    expect([room.moderates.value, questions.desk.value]).toEqual([false, 'closed']);
    expect(Array.from(hall.browser.disk.channels.keys())).not.toContain('webinar/1/backstage');
  });
});
