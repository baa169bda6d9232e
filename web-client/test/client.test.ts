import { describe, expect, it } from 'vitest';
import { settle } from './fake/clock';
import { Hall, host } from './fake/hall';
import { joined, opened, texts } from './fake/visit';

describe('joining', () => {
  it('one may write at once; what is written waits for the join and arrives once', async () => {
    const hall = new Hall();
    const { client, room } = await opened(hall.browser);
    expect(room.role.value).toBe('visitor');
    expect(room.mayPost.value).toBe(false);
    client.session.join(1, 'Amina');
    expect(client.session.me.value).toMatchObject({ id: 0, name: 'Amina' });
    expect(room.mayPost.value).toBe(true);
    room.post('Bonjour');
    expect(room.log.items[0]).toMatchObject({ text: 'Bonjour', mine: true, intent: { state: 'waiting' } });
    await hall.browser.quiet();
    expect(hall.texts()).toEqual(['Bonjour']);
    expect(room.log.items.length).toBe(1);
    expect(room.log.items[0]).toMatchObject({ mine: true, pos: 1 });
    expect(room.log.items[0]?.intent).toBeUndefined();
    expect(client.session.me.value?.id).toBe(hall.browser.cookie.person);
  });

  it('P40 a refused name is asked for again, and what was written keeps waiting', async () => {
    const hall = new Hall();
    const { client, room } = await opened(hall.browser);
    client.session.join(1, ' ');
    room.post('Bonjour');
    await hall.browser.quiet();
    expect(client.session.joining.value?.problem).toEqual({ code: 'empty', field: 'name' });
    client.session.join(1, 'Amina');
    await hall.browser.quiet();
    expect(client.session.joining.value).toBeUndefined();
    expect(hall.texts()).toEqual(['Bonjour']);
  });

  it('a join that was given up leaves no person behind', async () => {
    const hall = new Hall();
    const { client, room } = await opened(hall.browser);
    client.session.join(1, ' ');
    await hall.browser.quiet();
    client.session.cancelJoin();
    expect(client.session.me.value).toBeUndefined();
    expect(room.mayPost.value).toBe(false);
  });

  it('P31 a join whose answer was lost makes one guest, not two', async () => {
    const hall = new Hall();
    const { client } = await opened(hall.browser);
    const { people } = hall.server.database;
    const before = people.size;
    client.session.join(1, 'Amina');
    hall.browser.losePostAnswer();
    await settle();
    expect(client.session.joining.value).toEqual({ webinar: 1, name: 'Amina' });
    hall.clock.advance(2_000);
    await hall.browser.quiet();
    expect(people.size).toBe(before + 1);
    expect(client.session.me.value?.id).toBe(hall.browser.cookie.person);
  });

  it('a join whose answer was lost is over when hello greets who joined, and what was written is theirs', async () => {
    const hall = new Hall();
    const { browser } = hall;
    const { client, room } = await opened(browser);
    client.session.join(1, 'Amina');
    room.post('Bonjour');
    browser.losePostAnswer();
    await settle();
    const later = browser.open();
    later.openRoom(1);
    await settle();
    browser.openWire();
    browser.wire?.deliverUp();
    browser.wire?.deliverDown();
    await settle();
    expect(later.session.joining.value).toBeUndefined();
    expect(later.session.me.value?.id).toBe(browser.cookie.person);
    while (browser.held.length > 0) browser.losePost();
    await browser.quiet();
    expect(hall.texts()).toEqual(['Bonjour']);
    expect(later.unsent.value).toBe(0);
  });

  it('joining offline survives a reload, with what was written', async () => {
    const hall = new Hall();
    const first = await opened(hall.browser);
    hall.browser.wire?.cut();
    first.client.session.join(1, 'Amina');
    first.room.post('Bonjour');
    await settle();
    hall.browser.losePost();
    await settle();
    const client = hall.browser.open();
    const room = client.openRoom(1);
    await settle();
    expect(client.session.me.value?.name).toBe('Amina');
    expect(texts(room)).toEqual(['Bonjour']);
    expect(room.log.items[0]?.intent?.state).toBe('waiting');
    await hall.browser.quiet();
    expect(hall.texts()).toEqual(['Bonjour']);
  });
});

describe('dropping and coming back', () => {
  it('what was written offline is kept through a reload and sent on return, once and in order', async () => {
    const hall = new Hall();
    const first = await joined(hall.browser);
    hall.browser.wire?.cut();
    first.room.post('one');
    first.room.post('two');
    await settle();
    const client = hall.browser.open();
    const room = client.openRoom(1);
    await settle();
    expect(texts(room)).toEqual(['one', 'two']);
    expect(client.unsent.value).toBe(2);
    await hall.browser.quiet();
    expect(hall.texts()).toEqual(['one', 'two']);
    expect(client.unsent.value).toBe(0);
  });

  it('P31 what had arrived although its reply was lost is not written twice', async () => {
    const hall = new Hall();
    const { room } = await joined(hall.browser);
    room.post('one');
    await settle();
    hall.browser.wire?.deliverUp();
    hall.browser.wire?.cut();
    expect(hall.texts()).toEqual(['one']);
    const shown: number[] = [];
    const stop = room.log.version.subscribe(() => shown.push(room.log.items.length));
    hall.clock.advance(1_000);
    await hall.browser.quiet();
    stop();
    expect(hall.texts()).toEqual(['one']);
    expect(Math.max(...shown)).toBe(1);
  });

  it('opens offline with what was last seen', async () => {
    const hall = new Hall();
    hall.write('Welcome');
    const first = await joined(hall.browser);
    first.client.webinars.refresh();
    await hall.browser.quiet();
    const client = hall.browser.open();
    const room = client.openRoom(1);
    client.webinars.refresh();
    await settle();
    hall.browser.losePost();
    await settle();
    expect(room.status.value).toBe('ready');
    expect(texts(room)).toEqual(['Welcome']);
    expect(client.webinars.state.value).toBe('failed');
    expect(client.webinars.webinars.value.map(({ id }) => id)).toEqual([1]);
    expect(client.session.me.value?.name).toBe('Amina');
  });

  it('says honestly how the connection stands', async () => {
    const hall = new Hall();
    const { client } = await opened(hall.browser);
    const { connection } = client;
    expect([connection.state.value, connection.everOnline.value]).toEqual(['online', true]);
    hall.browser.wire?.cut();
    expect(connection.state.value).toBe('waiting');
    expect(connection.retryAt.value).toBeGreaterThan(hall.clock.now());
    hall.browser.engine.deviceIs(false);
    expect(connection.state.value).toBe('offline');
    hall.browser.engine.deviceIs(true);
    expect(connection.state.value).toBe('connecting');
    await hall.browser.quiet();
    expect(connection.state.value).toBe('online');
  });

  it('a page of the release before sends its outbox, then offers to reload', async () => {
    const hall = new Hall();
    hall.server.release = '0a';
    const client = hall.browser.open('0a');
    const room = client.openRoom(1);
    await hall.browser.quiet();
    hall.browser.join(room);
    await hall.browser.quiet();
    expect(client.connection.releaseChanged.value).toBe(false);
    hall.browser.wire?.cut();
    room.post('before the upgrade');
    await settle();
    hall.server.release = '0b';
    hall.server.restart();
    const offers: boolean[] = [];
    const stop = client.connection.releaseChanged.subscribe((changed) => {
      if (changed) offers.push(client.connection.reloadReady.value);
    });
    hall.clock.advance(1_000);
    await hall.browser.quiet();
    stop();
    expect(offers).toEqual([false]);
    expect(hall.texts()).toEqual(['before the upgrade']);
    expect(client.connection.reloadReady.value).toBe(true);
  });
});

describe('drafts', () => {
  it('survive a reload, and are gone when sent', async () => {
    const hall = new Hall();
    const first = await joined(hall.browser);
    first.room.saveDraft({ text: 'Half a sent' });
    const second = await opened(hall.browser);
    expect(second.room.draft.value).toEqual({ text: 'Half a sent' });
    second.room.post('Half a sentence');
    expect(second.room.draft.value.text).toBe('');
    await hall.browser.quiet();
    const third = await opened(hall.browser);
    expect(third.room.draft.value.text).toBe('');
  });

  it('what is typed while the disk is read is not overwritten by it', async () => {
    const hall = new Hall();
    const first = await joined(hall.browser);
    first.room.saveDraft({ text: 'old' });
    const room = hall.browser.open().openRoom(1);
    room.saveDraft({ text: 'new' });
    await hall.browser.quiet();
    expect(room.draft.value.text).toBe('new');
  });
});

describe('reading', () => {
  it('a first visit has nothing unread; a later one begins at the line', async () => {
    const hall = new Hall();
    for (let i = 1; i <= 3; ++i) hall.write(`before ${i}`);
    const first = await opened(hall.browser);
    expect([first.room.log.unreadLinePos.value, first.room.log.unreadCount.value]).toEqual([undefined, 0]);
    hall.browser.end();
    for (let i = 1; i <= 4; ++i) hall.write(`after ${i}`);
    const { room } = await opened(hall.browser);
    expect([room.log.unreadLinePos.value, room.log.unreadCount.value]).toEqual([4, 4]);
    room.log.markRead(6);
    expect([room.log.unreadLinePos.value, room.log.unreadCount.value]).toEqual([4, 1]);
    room.log.moveUnreadLine();
    expect(room.log.unreadLinePos.value).toBe(7);
  });

  it('what comes while one reads along draws no line, and one’s own is never new', async () => {
    const hall = new Hall();
    const { room } = await joined(hall.browser);
    hall.write('one');
    await hall.browser.quiet();
    expect([room.log.unreadLinePos.value, room.log.unreadCount.value]).toEqual([undefined, 1]);
    room.log.markRead(1);
    room.post('mine');
    await hall.browser.quiet();
    expect(room.log.unreadCount.value).toBe(0);
  });
});

describe('older and other stretches', () => {
  it('P24 older pages come until the first message', async () => {
    const hall = new Hall();
    for (let i = 1; i <= 35; ++i) hall.write(`${i}`);
    const { room } = await opened(hall.browser);
    expect([room.log.items.length, room.log.hasOlder.value]).toEqual([10, true]);
    for (let i = 0; i < 3; ++i) {
      const loaded = room.log.loadOlder();
      expect(room.log.loading.value).toBe('older');
      await hall.browser.quiet();
      expect(await loaded).toBeUndefined();
    }
    expect([room.log.items.length, room.log.hasOlder.value, room.log.loading.value]).toEqual([35, false, undefined]);
  });

  it('P24 a quoted message far back is shown in its stretch, and back to the newest', async () => {
    const hall = new Hall();
    for (let i = 1; i <= 60; ++i) hall.write(`${i}`);
    const { room } = await opened(hall.browser);
    const shown = room.log.showAround(20);
    await hall.browser.quiet();
    expect(await shown).toBeUndefined();
    expect(texts(room)).toContain('20');
    expect(room.log.hasNewer.value).toBe(true);
    room.log.showNewest();
    expect(texts(room)[room.log.items.length - 1]).toBe('60');
  });

  it('offline there is no older page, and it is said', async () => {
    const hall = new Hall();
    for (let i = 1; i <= 35; ++i) hall.write(`${i}`);
    const { room } = await opened(hall.browser);
    hall.browser.wire?.cut();
    expect(await room.log.loadOlder()).toEqual({ code: 'offline' });
  });
});

describe('P47 typing', () => {
  it('P47 one does not see oneself write, nor those one no longer hears of', async () => {
    const hall = new Hall();
    const { room } = await joined(hall.browser);
    const tell = async (count: number): Promise<void> => {
      hall.browser.wire?.session?.signal('webinar/1', { type: 'typing', count });
      await hall.browser.quiet();
    };
    room.sayTyping();
    await tell(1);
    expect(room.typing.value).toBe(0);
    await tell(3);
    expect(room.typing.value).toBe(2);
    hall.clock.advance(9_000);
    expect(room.typing.value).toBe(3);
    hall.browser.wire?.cut();
    expect(room.typing.value).toBe(0);
  });

  it('P47 is said at most every three seconds', async () => {
    const hall = new Hall();
    const { room } = await joined(hall.browser);
    for (let i = 0; i < 7; ++i) {
      room.sayTyping();
      hall.clock.advance(1_000);
    }
    expect(hall.browser.wire?.toServer.filter((frame) => frame.includes('"typing"')).length).toBe(3);
  });
});

describe('moderation', () => {
  it('P43 a text somebody else removed comes back with the reason, until dismissed', async () => {
    const hall = new Hall();
    const { room } = await joined(hall.browser);
    room.post('off topic');
    await hall.browser.quiet();
    const message = room.log.items[0]?.id ?? 0;
    hall.server.perform({ person: host }, 'message.remove', { message, reason: 'Please ask in the other room.' }, 'k');
    await hall.browser.quiet();
    expect(room.log.items[0]?.removed).toEqual({ by: 'host' });
    expect(room.returned.value).toMatchObject([{ id: message, text: 'off topic', reason: 'Please ask in the other room.' }]);
    room.dismissReturned(message);
    expect(room.returned.value).toEqual([]);
    const again = await opened(hall.browser);
    expect(again.room.returned.value).toEqual([]);
  });

  it('a host may do what a host may', async () => {
    const hall = new Hall();
    hall.browser.cookie.person = host;
    const { room } = await opened(hall.browser);
    expect([room.role.value, room.moderates.value, room.mayListPeople.value]).toEqual(['host', true, true]);
    const closing = room.setLive(false);
    await hall.browser.quiet();
    expect(await closing).toEqual({ ok: true });
    expect([room.record.value?.state, room.mayPost.value]).toEqual(['ended', false]);
  });
});

describe('who reads here', () => {
  it('P4 a room one may not see is gone, and there after signing in', async () => {
    const hall = new Hall();
    const { room } = await opened(hall.browser, 2);
    expect(room.status.value).toBe('gone');
    hall.browser.cookie.person = host;
    hall.browser.wire?.cut();
    hall.clock.advance(1_000);
    await hall.browser.quiet();
    expect(room.status.value).toBe('ready');
  });

  it('P27 when somebody else reads, nothing of the one before is left on the disk', async () => {
    const hall = new Hall();
    hall.browser.cookie.person = host;
    await opened(hall.browser, 2);
    expect(hall.browser.disk.channels.has('webinar/2')).toBe(true);
    hall.browser.cookie.person = 0;
    const client = hall.browser.open();
    client.openRoom(1);
    await hall.browser.quiet();
    expect(client.session.known.value).toBe(true);
    expect(client.session.me.value).toBeUndefined();
    expect(Array.from(hall.browser.disk.channels.keys())).toEqual(['webinar/1']);
  });

  it('signing out erases everything and starts over', async () => {
    const hall = new Hall();
    const { client, room } = await joined(hall.browser);
    room.saveDraft({ text: 'secret' });
    const leaving = client.session.signOut();
    await hall.browser.quiet();
    expect(await leaving).toEqual({ ok: true });
    const { channels, notes, intents } = hall.browser.disk;
    expect([channels.size, notes.size, intents.size]).toEqual([0, 0, 0]);
    expect(hall.browser.startedOver).toBe(1);
  });

  it('offline one is not signed out by half', async () => {
    const hall = new Hall();
    const { client } = await joined(hall.browser);
    const leaving = client.session.signOut();
    hall.browser.losePost();
    expect(await leaving).toEqual({ problem: { code: 'offline' } });
    expect(hall.browser.disk.notes.has('me')).toBe(true);
  });

  it('a change of one’s own name or role arrives', async () => {
    const hall = new Hall();
    hall.browser.cookie.person = host;
    hall.server.transact((tx) => tx.publish(`person/${host}`, 'person', host, { name: 'Host', kind: 'member' }));
    const { client } = await opened(hall.browser);
    hall.server.transact((tx) =>
      tx.publish(`person/${host}`, 'person', host, { name: 'Host', kind: 'member', siteRole: 'admin' }),
    );
    await hall.browser.quiet();
    expect(client.session.me.value?.siteRole).toBe('admin');
  });
});
