// Everything without a mouse: what the Tab key meets and in which order, and what a reader aloud is told.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { newPerson, openBrowser, phone } from './support/browser.mjs';
import { composer, enterRoom, joinRoom, message } from './support/room.mjs';
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

/** Who has the focus, as its role and name. */
const focused = (page) => page.evaluate(() => {
  const element = document.activeElement;
  const text = element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent;
  return `${element.getAttribute('role') ?? element.localName} ${text.trim().replace(/\s+/g, ' ')}`;
});

async function tabStops(page, count) {
  const stops = [];
  for (let index = 0; index < count; index += 1) {
    await page.keyboard.press('Tab');
    stops.push(await focused(page));
  }
  return stops;
}

const focusIsOn = (page, selector) => page.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector);

const chosenText = (page) => page.evaluate(() => document.activeElement.querySelector('.rich-text')?.textContent);

async function quietRoom(texts) {
  const webinar = await server.webinar();
  const oksana = await server.guest(webinar, 'Oksana');
  for (const text of texts) await oksana.post(webinar, text);
  return webinar;
}

test('a whole visit with the keyboard alone', async () => {
  const webinar = await quietRoom(['First', 'Second', 'Third']);
  const page = await newPerson(browser);
  const { keyboard } = page;
  await enterRoom(page, server.address, webinar);
  await message(page, 'Third').waitFor();

  assert.equal((await tabStops(page, 1))[0], `a ${page.says.shell.skip}`);
  await keyboard.press('Enter');
  assert.equal(await focused(page), `input ${page.says.join.name}`);
  await keyboard.type('Amina');
  await keyboard.press('Enter');
  await focusIsOn(page, 'textarea');
  await keyboard.type('Hello from the keyboard');
  await keyboard.press('Enter');
  await message(page, 'Hello from the keyboard').getByText(page.says.message.sent).waitFor();
  assert.equal(await composer(page).inputValue(), '');

  await keyboard.press('Shift+Tab');
  assert.equal(await chosenText(page), 'Hello from the keyboard');
  await keyboard.press('ArrowUp');
  await keyboard.press('ArrowUp');
  assert.equal(await chosenText(page), 'Second');
  await keyboard.press('Home');
  assert.equal(await chosenText(page), 'First');

  await keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  assert.equal(await focused(page), `button ${page.says.actions.reactWith.replace('{emoji}', '👍')}`);
  await keyboard.press('Enter');
  await message(page, 'First').getByRole('button', { name: '👍 1 person, you too' }).waitFor();
  assert.equal(await chosenText(page), 'First', 'the focus is back on the message');

  await chooseAct(page, page.says.actions.reply);
  await focusIsOn(page, 'textarea');
  await page.getByText('Reply to Oksana').first().waitFor();
  await keyboard.type('An answer');
  await keyboard.press('Enter');
  await message(page, 'An answer').getByText('Reply to Oksana').waitFor();

  await keyboard.press('Shift+Tab');
  await keyboard.press('End');
  assert.equal(await chosenText(page), 'An answer');
  await chooseAct(page, page.says.actions.edit);
  await focusIsOn(page, 'textarea');
  await keyboard.press('Control+A');
  await keyboard.type('A better answer');
  await keyboard.press('Enter');
  await message(page, 'A better answer').getByText(page.says.message.edited).waitFor();

  await keyboard.press('Shift+Tab');
  await keyboard.press('Escape');
  await focusIsOn(page, 'textarea');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

/** Opens the menu of the message the keyboard is on and walks down to an act. */
async function chooseAct(page, name) {
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  for (let step = 0; step < 20 && !(await focused(page)).endsWith(` ${name}`); step += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
}

test('the log is one stop of the Tab key, between the head and the composer', async () => {
  const webinar = await quietRoom(['First', 'Second', 'Third']);
  const page = await newPerson(browser, { device: { viewport: { width: 800, height: 800 } } });
  const { says } = page;
  await enterRoom(page, server.address, webinar);
  await joinRoom(page, 'Amina');
  await page.reload();
  await composer(page).waitFor();
  await message(page, 'Third').waitFor();
  await page.getByRole('button', { name: /^People: / }).waitFor();
  const stops = await tabStops(page, 8);
  const expected = [
    `a ${says.shell.skip}`,
    `a ${says.webinar.back}`,
    /^button Welcoming newcomers/,
    /^button People: /,
    /^(a|button) .*(Fran|French)/,
    /^article Oksana, .*: Third$/,
    `textarea ${says.composer.label}`,
    `select ${says.composer.language}`,
  ];
  expected.forEach((wanted, index) => {
    if (wanted instanceof RegExp) assert.match(stops[index], wanted);
    else assert.equal(stops[index], wanted);
  });
  await page.context().close();
});

test('the accessibility tree of a webinar has its head, log and composer by name', async () => {
  const webinar = await quietRoom(['Good morning']);
  const page = await newPerson(browser, { language: 'fr', device: phone });
  await enterRoom(page, server.address, webinar);
  await joinRoom(page, 'Luc');
  await message(page, 'Good morning').waitFor();
  await page.getByRole('button', { name: /^Personnes : / }).waitFor();
  const tree = await page.locator('body').ariaSnapshot();
  const inOrder = [
    /banner/,
    /link "Tous les webinaires"/,
    /heading "Accueillir les nouveaux arrivants/,
    /button "Personnes : /,
    /main "Conversation"/,
    /log "Conversation"/,
    /article "Oksana, .* : Good morning"/,
    /textbox "Votre message"/,
    /combobox "Langue de votre message"/,
    /button "Envoyer"/,
    /status/,
  ];
  let rest = tree;
  for (const wanted of inOrder) {
    const at = rest.search(wanted);
    assert.ok(at >= 0, `${wanted} is missing or out of order in\n${tree}`);
    rest = rest.slice(at + 1);
  }
  await page.context().close();
});
