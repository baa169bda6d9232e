// axe on every screen, in both languages and both themes, narrow and wide.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { newPerson, openBrowser, violations } from './support/browser.mjs';
import { composer, draftIs, enterRoom, joinRoom, message, write } from './support/room.mjs';
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

/** Resolves when the colours of the new theme are all there: two frames on, whatever will change has begun to. */
const recoloured = (page) => page.evaluate(async () => {
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  const transitions = document.getAnimations().filter((one) => one instanceof CSSTransition);
  await Promise.allSettled(transitions.map(({ finished }) => finished));
});

/** In both themes: they are the device's, and change under an open page. */
async function looksRight(page, screen) {
  await page.locator('h1:visible').first().waitFor();
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await recoloured(page);
    assert.deepEqual(await violations(page), [], `${screen}, ${colorScheme}`);
  }
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(overflow <= 0, `${screen} scrolls sideways by ${overflow} px`);
}

/** With the key that works on every device. */
async function openMenu(page, text) {
  await message(page, text).focus();
  await page.keyboard.press('Enter');
  const menu = page.getByRole('dialog');
  await menu.waitFor();
  return menu;
}

async function closes(page, dialog) {
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
}

async function pagesBesideTheRoom(page) {
  const { says } = page;
  await page.goto(server.address);
  await page.getByRole('link', { name: says.webinars.join }).first().waitFor();
  await looksRight(page, 'list');
  await page.goto(`${server.address}/no/such/page`);
  await page.getByRole('heading', { name: says.notFound.title }).waitFor();
  await looksRight(page, 'not found');
  await page.goto(`${server.address}/enter`);
  await page.getByRole('heading', { name: says.enter.incompleteTitle }).waitFor();
  await looksRight(page, 'a sign-in link that is incomplete');
  await page.goto(`${server.address}/enter#${'a'.repeat(43)}`);
  await page.getByRole('heading', { name: says.enter.title }).waitFor();
  await looksRight(page, 'sign in');
  await page.getByRole('button', { name: says.enter.submit }).click();
  await page.getByRole('heading', { name: says.enter.usedTitle }).waitFor();
  await looksRight(page, 'a sign-in link that does not work');
  await page.goto(`${server.address}/w/999`);
  await page.getByRole('heading', { name: says.webinar.goneTitle }).waitFor();
  await looksRight(page, 'a webinar that is not here');
}

async function aboutAndPeople(page) {
  const { says } = page;
  const about = page.getByRole('button', { name: says.webinar.about });
  if (await about.isVisible()) {
    await about.click();
    await page.getByRole('dialog').getByText(says.webinar.howTitle).waitFor();
    await looksRight(page, 'about the webinar');
    await closes(page, page.getByRole('dialog'));
  }
  await page.locator('.people-button:visible').click();
  const people = page.getByRole('dialog', { name: says.people.title });
  await people.getByText(says.people.hidden).waitFor();
  await looksRight(page, 'people, hidden');
  await closes(page, people);
}

async function ownMessage(page) {
  const { says } = page;
  await write(page, 'My first words');
  await message(page, 'My first words').getByText(says.message.sent).waitFor();
  const menu = await openMenu(page, 'My first words');
  await looksRight(page, 'what one can do with one’s own message');
  await menu.getByRole('button', { name: says.actions.remove }).click();
  const dialog = page.getByRole('dialog', { name: says.remove.titleOwn });
  await dialog.waitFor();
  await looksRight(page, 'remove one’s own message');
  await closes(page, dialog);
  await (await openMenu(page, 'see https')).getByRole('button', { name: says.actions.reply }).click();
  await page.getByRole('button', { name: says.composer.cancelReply }).waitFor();
  await composer(page).fill('x'.repeat(4_001));
  await looksRight(page, 'an answer that is too long');
  await composer(page).press('Escape');
  await composer(page).fill('');
}

async function returnedText(page) {
  const { says } = page;
  const me = await page.evaluate(() => document.querySelector('.log .message.is-own .rich-text').innerText);
  const { records } = await server.host.op('subscribe', { channel: `webinar/${webinar}` });
  const [mine] = records.filter(({ text }) => text === me).sort((a, b) => b.pos - a.pos);
  await server.host.op('message.remove', { message: mine.id, reason: 'Not here' });
  await page.getByRole('region', { name: says.returned.byHost }).waitFor();
  await looksRight(page, 'a text that came back');
  await page.getByRole('button', { name: says.returned.close }).click();
}

/** All who look at the screens meet in one webinar: each writes something else. */
let written = 0;

async function withoutNetwork(page) {
  const { says } = page;
  const text = `Written without a network, ${++written}`;
  await page.context().setOffline(true);
  await page.getByRole('complementary', { name: says.connection.label }).waitFor();
  await write(page, text);
  await message(page, text).getByText(says.message.waiting).waitFor();
  await looksRight(page, 'without a network');
  await page.context().setOffline(false);
  await message(page, text).getByText(says.message.sent).waitFor();
}

async function visitorScreens(page) {
  const { says } = page;
  await pagesBesideTheRoom(page);
  await enterRoom(page, server.address, webinar);
  await message(page, 'see https').waitFor();
  await page.getByLabel(says.join.name).waitFor();
  await looksRight(page, 'webinar before joining');
  await page.getByRole('button', { name: says.join.submit, exact: true }).click();
  await page.getByText(says.join.nameMissing).first().waitFor();
  await looksRight(page, 'joining without a name');
  await joinRoom(page, 'Amina');
  await composer(page).fill('A draft');
  await draftIs(page, 'A draft');
  await looksRight(page, 'webinar joined');
  await aboutAndPeople(page);
  await ownMessage(page);
  await returnedText(page);
  await withoutNetwork(page);
  await page.goto(`${server.address}/you`);
  await page.locator('.you-name').filter({ hasText: 'Amina' }).waitFor();
  await looksRight(page, 'you');
  await page.getByRole('button', { name: says.you.leave }).click();
  await page.getByRole('dialog', { name: says.you.leaveTitle }).waitFor();
  await looksRight(page, 'leaving');
}

async function ownWebinar(page) {
  const { says } = page;
  await page.goto(server.address);
  await page.getByRole('link', { name: says.webinars.create }).click();
  await page.getByLabel(says.create.titleEnglish).waitFor();
  await looksRight(page, 'create');
  await page.getByRole('button', { name: says.create.submit }).click();
  await page.getByText(says.create.titleMissing).first().waitFor();
  await looksRight(page, 'create without a title');
  await page.getByLabel(says.create.titleEnglish).fill('Housing');
  await page.getByLabel(says.create.titleFrench).fill('Le logement');
  await page.getByRole('button', { name: says.create.submit }).click();
  await page.getByRole('button', { name: says.webinar.openNow }).first().waitFor();
  await looksRight(page, 'not started yet');
  const opened = Number(/\/w\/(\d+)/.exec(page.url())[1]);
  await server.host.op('webinar.open', { webinar: opened });
  await composer(page).waitFor();
  await looksRight(page, 'an empty conversation');
  const about = page.getByRole('button', { name: says.webinar.about });
  if (await about.isVisible()) await about.click();
  await page.getByRole('button', { name: says.webinar.end }).click();
  const end = page.getByRole('dialog', { name: says.webinar.endTitle });
  await end.waitFor();
  await looksRight(page, 'end the webinar');
  await end.getByRole('button', { name: says.webinar.endConfirm }).click();
  await page.getByText(says.webinar.endedNote).waitFor();
  await looksRight(page, 'over');
}

async function hostScreens(page) {
  const { says } = page;
  await server.signIn(page.context());
  await ownWebinar(page);
  await enterRoom(page, server.address, webinar);
  await composer(page).waitFor();
  await page.locator('.people-button:visible').click();
  const people = page.getByRole('dialog', { name: says.people.title });
  await people.getByText(hostName).waitFor();
  await looksRight(page, 'people');
  await closes(page, people);
  const menu = await openMenu(page, 'see https');
  await looksRight(page, 'what one can do with a message');
  await menu.getByRole('button', { name: says.actions.remove }).click();
  const confirm = page.getByRole('button', { name: says.remove.confirm });
  await confirm.click();
  await page.getByText(says.remove.missing).first().waitFor();
  await looksRight(page, 'remove, without a reason');
}

for (const language of ['en', 'fr']) {
  for (const device of [narrow, wide]) {
    describe(`${language}, ${device.viewport.width} px`, () => {
      for (const [who, screens] of [['visitor', visitorScreens], ['host', hostScreens]]) {
        test(`the screens of a ${who}`, async () => {
          const page = await newPerson(browser, { language, device, reducedMotion: 'reduce' });
          await screens(page);
          assert.deepEqual(page.faults, []);
          await page.context().close();
        });
      }
    });
  }
}
