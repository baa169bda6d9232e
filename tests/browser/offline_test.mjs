// Without a network the installed page opens with what was last seen, takes what is written, and sends it on return.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { keptForOffline, newPage, newPerson, openBrowser, phone, violations } from './support/browser.mjs';
import { readsInOrder, tabMeetsFromTop } from './support/reading.mjs';
import { composer, draftIs, enterRoom, joinRoom, message, openMenu, seesExactly, write } from './support/room.mjs';
import { Server } from './support/server.mjs';

let browser;
let server;

before(async () => {
  server = await Server.start();
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

const connectionBar = (page) => page.getByRole('complementary', { name: page.says.connection.label });

async function end(...pages) {
  for (const page of pages) assert.deepEqual(page.faults, []);
  await pages[0].context().close();
}

test('a half-written text, and the edit begun over it, survive reloads without a network', async () => {
  const webinar = await server.webinar();
  const amina = await newPerson(browser);
  const { says } = amina;
  await enterRoom(amina, server.address, webinar);
  await joinRoom(amina, 'Amina');
  await write(amina, 'I have a car');
  await seesExactly(amina, ['I have a car']);
  await keptForOffline(amina);
  await amina.context().setOffline(true);
  await composer(amina).pressSequentially('Half a sent');
  await amina.reload();
  await draftIs(amina, 'Half a sent');

  const menu = await openMenu(amina, 'I have a car');
  await menu.getByRole('button', { name: says.actions.edit }).click();
  await draftIs(amina, 'I have a car');
  await composer(amina).press('End');
  await composer(amina).pressSequentially(' again');
  await amina.reload();
  await draftIs(amina, 'I have a car again');
  await amina.getByText(says.composer.editing).waitFor();
  await composer(amina).press('Escape');
  await draftIs(amina, 'Half a sent');

  await amina.context().setOffline(false);
  await composer(amina).press('End');
  await composer(amina).pressSequentially('ence');
  await amina.getByRole('button', { name: says.composer.send, exact: true }).click();
  await seesExactly(amina, ['I have a car', 'Half a sentence']);
  assert.deepEqual(await server.host.texts(webinar), ['I have a car', 'Half a sentence']);
  await end(amina);
});

test('the language one chose counts, also for a page that was kept before', async () => {
  const page = await newPerson(browser);
  await page.goto(server.address);
  await page.getByRole('heading', { name: page.says.webinars.title }).waitFor();
  await keptForOffline(page);
  await page.locator('.language-switch:visible').click();
  await page.waitForFunction(() => document.documentElement.lang === 'fr');
  await page.context().setOffline(true);
  await page.reload();
  await page.getByRole('link', { name: 'Aller au contenu' }).waitFor({ state: 'attached' });
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'fr');
  await end(page);
});

test('what a phone needs to install it is there, and its icons are', async () => {
  const page = await newPerson(browser);
  await page.goto(server.address);
  const devtools = await page.context().newCDPSession(page);
  const { errors, data } = await devtools.send('Page.getAppManifest');
  assert.deepEqual(errors, []);
  const manifest = JSON.parse(data);
  assert.equal(manifest.display, 'standalone');
  for (const { src, sizes } of manifest.icons) {
    const size = await page.evaluate(async (address) => {
      const icon = new Image();
      icon.src = address;
      await icon.decode();
      return `${icon.naturalWidth}x${icon.naturalHeight}`;
    }, src);
    if (/^\d+x\d+$/.test(sizes)) assert.equal(size, sizes);
  }
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  assert.deepEqual(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito'), []);
  await end(page);
});

test('P34 an installed page opens without a network with what was last seen, and sends later what is written there', async () => {
  const title = 'Le logement';
  const webinar = await server.webinar({ title: { en: 'Housing', fr: title } });
  const oksana = await server.guest(webinar, 'Oksana');
  await oksana.post(webinar, 'Good *morning*');
  const luc = await newPerson(browser, { language: 'fr', device: phone });
  await luc.goto(server.address);
  // What is new stands below the list once it is told.
  await luc.getByRole('link', { name: title }).nth(1).waitFor();
  await luc.getByRole('link', { name: title }).first().click();
  await joinRoom(luc, 'Luc');
  await write(luc, 'Bonjour');
  await seesExactly(luc, ['Good morning', 'Bonjour']);
  await keptForOffline(luc);
  await luc.close();
  await server.kill();
  await luc.context().setOffline(true);

  const again = await newPage(luc.context(), 'fr');
  const { says } = again;
  await again.goto(server.address);
  await connectionBar(again).getByText(says.connection.offline).waitFor();
  await readsInOrder(again, ['banner', `complementary "${says.connection.label}"`, /main/, `heading "${says.webinars.title}"`, `link "${title}`]);
  await again.getByRole('link', { name: title }).nth(1).waitFor();
  const webinars = [new RegExp(`^a ${title}`), /^a Accueillir/];
  const places = [new RegExp(`^a ${says.shell.news}`), `a ${says.shell.webinars}`, `a ${says.shell.boards}`, new RegExp(`^a ${says.shell.you}`)];
  const home = [...webinars, ...webinars, `a ${says.news.homeAll}`, `a ${says.news.homeBoards}`];
  await tabMeetsFromTop(again, [`a ${says.app.name}`, /^button English/, ...home, ...places]);
  assert.deepEqual(await violations(again), []);

  await again.getByRole('link', { name: title }).first().click();
  await seesExactly(again, ['Good morning', 'Bonjour']);
  await message(again, 'Good morning').locator('em').filter({ hasText: 'morning' }).waitFor();
  await write(again, 'Écrit sans réseau');
  const written = message(again, 'Écrit sans réseau');
  await written.getByText(says.message.waiting).waitFor();
  await readsInOrder(again, [
    `complementary "${says.connection.label}"`,
    'banner',
    `heading "${title}`,
    `main "${says.webinar.conversation}"`,
    'log',
    /article "Oksana, .* : Good morning"/,
    /article ".* : Écrit sans réseau"/,
    says.message.waiting,
    `textbox "${says.composer.label}"`,
  ]);
  assert.deepEqual(await violations(again), []);

  await again.goto(`${server.address}/you`);
  await again.locator('.you-name').filter({ hasText: 'Luc' }).waitFor();
  await again.goto(`${server.address}/w/999`);
  await again.getByRole('heading', { name: says.webinar.offlineTitle }).waitFor();
  await readsInOrder(again, ['banner', /main/, `heading "${says.webinar.offlineTitle}"`, `button "${says.webinars.retry}"`]);
  assert.deepEqual(await violations(again), []);

  await server.startAgain();
  await again.context().setOffline(false);
  await enterRoom(again, server.address, webinar);
  const all = ['Good morning', 'Bonjour', 'Écrit sans réseau'];
  await seesExactly(again, all);
  assert.deepEqual(await server.host.texts(webinar), ['Good *morning*', ...all.slice(1)]);
  await end(again);
});
