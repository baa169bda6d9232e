// A page of the previous release that is open across an upgrade sends what it holds, then offers to reload; then the new
// release runs, and nothing that was being written is lost.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { keptForOffline, newPage, newPerson, openBrowser, phone, violations } from './support/browser.mjs';
import { EarlierRelease } from './support/earlier_release.mjs';
import { readsInOrder, tabMeetsFromTop } from './support/reading.mjs';
import { composer, draftIs, enterRoom, joinRoom, message, seesExactly, write } from './support/room.mjs';
import { Server } from './support/server.mjs';

let browser;
let server;
let earlier;

before(async () => {
  server = await Server.start();
  earlier = await EarlierRelease.of(server);
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  earlier?.close();
  await server?.stop();
});

const isOfRelease = (page, release) => page.waitForFunction(
  (wanted) => document.querySelector('meta[name="release"]')?.content === wanted,
  release,
);

const offer = (page) => page.getByRole('complementary', { name: page.says.connection.release });

/** From now on the page notes how many messages were unsent when the offer appeared. */
const watchForOffer = (page) => page.evaluate(() => {
  const watcher = new MutationObserver(() => {
    if (document.querySelector('.is-release') === null) return;
    watcher.disconnect();
    globalThis.unsentAtOffer = document.querySelectorAll('.message.waiting, .message.sending').length;
  });
  watcher.observe(document.body, { subtree: true, childList: true });
});

test('a page open across an upgrade sends its outbox, then offers to reload, and the new release runs', async () => {
  const webinar = await server.webinar();
  const luc = await newPerson(browser, { language: 'fr', device: phone });
  await enterRoom(luc, earlier.address, webinar);
  await joinRoom(luc, 'Luc');
  await write(luc, 'Bonjour');
  await seesExactly(luc, ['Bonjour']);
  await keptForOffline(luc);
  await luc.reload();
  await seesExactly(luc, ['Bonjour']);
  const other = await newPage(luc.context(), 'fr');
  await other.goto(earlier.address);
  await other.getByRole('link', { name: other.says.webinars.join }).waitFor();
  await Promise.all([luc, other].map((page) => isOfRelease(page, earlier.name)));
  assert.equal(await offer(luc).count(), 0);

  await server.kill();
  await write(luc, 'Pendant la mise à jour');
  await message(luc, 'Pendant la mise à jour').getByText(luc.says.message.waiting).waitFor();
  await composer(luc).pressSequentially('Et ensui');
  await watchForOffer(luc);
  earlier.upgrade();
  await server.startAgain();

  await offer(luc).waitFor();
  assert.equal(await luc.evaluate(() => globalThis.unsentAtOffer), 0, 'what was written is sent before the offer');
  const talk = ['Bonjour', 'Pendant la mise à jour'];
  assert.deepEqual(await server.host.texts(webinar), talk);
  await isOfRelease(luc, earlier.name);
  const { connection, webinar: room, composer: writing } = luc.says;
  const reload = `button "${connection.reload}"`;
  await readsInOrder(luc, [`complementary "${connection.release}"`, connection.release, reload, 'banner', `main "${room.conversation}"`, 'log', writing.label]);
  await tabMeetsFromTop(luc, [`button ${connection.reload}`, `a ${room.back}`]);
  assert.deepEqual(await violations(luc), []);

  await offer(luc).getByRole('button', { name: connection.reload }).click();
  await isOfRelease(luc, earlier.next);
  await seesExactly(luc, talk);
  await draftIs(luc, 'Et ensui');
  await composer(luc).press('End');
  await composer(luc).pressSequentially('te');
  await luc.getByRole('button', { name: writing.send, exact: true }).click();
  await seesExactly(luc, [...talk, 'Et ensuite']);
  assert.equal(await offer(luc).count(), 0);
  assert.deepEqual(await luc.evaluate(() => caches.keys()), [`plenary-${earlier.next}`], 'the files of the earlier release are gone');

  await offer(other).getByRole('button', { name: connection.reload }).click();
  await isOfRelease(other, earlier.next);
  await other.getByRole('link', { name: other.says.webinars.join }).waitFor();

  await luc.context().setOffline(true);
  await luc.reload();
  await seesExactly(luc, [...talk, 'Et ensuite']);
  await isOfRelease(luc, earlier.next);
  for (const page of [luc, other]) assert.deepEqual(page.faults, []);
  await luc.context().close();
});
