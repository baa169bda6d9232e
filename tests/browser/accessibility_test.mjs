// axe on every screen, in both languages and both themes, narrow and wide.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { newPerson, openBrowser, violations } from './support/browser.mjs';
import { composer, enterRoom, joinRoom, message } from './support/room.mjs';
import { hostName, Server } from './support/server.mjs';

const narrow = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true };
const wide = { viewport: { width: 1280, height: 800 } };

let browser;
let server;
let webinar;

before(async () => {
  server = await Server.start();
  browser = await openBrowser();
  webinar = await server.webinar();
  const oksana = await server.guest(webinar, 'Oksana');
  const { message: first } = await oksana.post(webinar, 'Good *morning*, see https://example.org and `code`');
  await oksana.post(webinar, '> A quote\n\n1. one\n2. two');
  await oksana.post(webinar, 'صباح الخير', { lang: 'ar', replyTo: first });
  await oksana.op('message.react', { message: first, emoji: '👍', on: true });
  const { message: removed } = await oksana.post(webinar, 'Gone');
  await oksana.op('message.remove', { message: removed });
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

async function looksRight(page, screen) {
  await page.locator('h1:visible').first().waitFor();
  assert.deepEqual(await violations(page), [], screen);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(overflow <= 0, `${screen} scrolls sideways by ${overflow} px`);
}

async function visitorScreens(page) {
  const { says } = page;
  await page.goto(server.address);
  await page.getByRole('link', { name: says.webinars.join }).waitFor();
  await looksRight(page, 'list');
  await page.goto(`${server.address}/no/such/page`);
  await page.getByRole('heading', { name: says.notFound.title }).waitFor();
  await looksRight(page, 'not found');
  await page.goto(`${server.address}/enter`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await looksRight(page, 'enter');
  await page.goto(`${server.address}/w/999`);
  await page.getByText(says.webinar.goneTitle).waitFor();
  await looksRight(page, 'a webinar that is not here');
  await enterRoom(page, server.address, webinar);
  await message(page, 'see https').waitFor();
  await page.getByLabel(says.join.name).waitFor();
  await looksRight(page, 'webinar before joining');
  await joinRoom(page, 'Amina');
  await composer(page).fill('A draft');
  await looksRight(page, 'webinar joined');
  await page.goto(`${server.address}/you`);
  await page.locator('.you-name').filter({ hasText: 'Amina' }).waitFor();
  await looksRight(page, 'you');
}

async function hostScreens(page) {
  const { says } = page;
  await server.signIn(page.context());
  await page.goto(server.address);
  await page.getByRole('link', { name: says.webinars.create }).click();
  await page.getByLabel(says.create.titleEnglish).waitFor();
  await looksRight(page, 'create');
  await enterRoom(page, server.address, webinar);
  await composer(page).waitFor();
  await page.locator('.people-button:visible').click();
  await page.getByRole('dialog', { name: says.people.title }).getByText(hostName).waitFor();
  await looksRight(page, 'people');
  await page.keyboard.press('Escape');
  await message(page, 'see https').focus();
  await page.keyboard.press('Enter');
  const menu = page.getByRole('dialog');
  await menu.waitFor();
  await looksRight(page, 'what one can do with a message');
  await menu.getByRole('button', { name: says.actions.remove }).click();
  await page.getByRole('button', { name: says.remove.confirm }).waitFor();
  await looksRight(page, 'remove');
}

for (const language of ['en', 'fr']) {
  for (const colorScheme of ['light', 'dark']) {
    for (const device of [narrow, wide]) {
      describe(`${language}, ${colorScheme}, ${device.viewport.width} px`, () => {
        for (const [who, screens] of [['visitor', visitorScreens], ['host', hostScreens]]) {
          test(`the screens of a ${who}`, async () => {
            const page = await newPerson(browser, { language, device, colorScheme, reducedMotion: 'reduce' });
            await screens(page);
            assert.deepEqual(page.faults, []);
            await page.context().close();
          });
        }
      });
    }
  }
}
