// Everything without a mouse: what the Tab key meets and in which order, and what a reader aloud is told.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { newPerson, openBrowser } from './support/browser.mjs';
import { focusComesTo, focused, focusIsOn, readsInOrder, tabMeets, tabMeetsFromTop } from './support/reading.mjs';
import { composer, draftIs, enterRoom, joinRoom, message, seesExactly } from './support/room.mjs';
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

const isChosen = (page, text) => page.waitForFunction(
  (wanted) => document.activeElement.querySelector('.rich-text')?.textContent === wanted,
  text,
);

async function quietRoom(texts) {
  const webinar = await server.webinar();
  const oksana = await server.guest(webinar, 'Oksana');
  for (const text of texts) await oksana.post(webinar, text);
  return webinar;
}

/** Into a room, with the link and the keyboard alone, to the composer. */
async function walkIn(page, webinar) {
  await enterRoom(page, server.address, webinar);
  await page.getByLabel(page.says.join.name).waitFor();
  await tabMeetsFromTop(page, []);
  await page.keyboard.press('Enter');
  await focusComesTo(page, `input ${page.says.join.name}`);
  await page.keyboard.type('Amina');
  await page.keyboard.press('Enter');
  await focusIsOn(page, 'textarea');
}

/** What the server sends this page from then on can be held and let in. Before the page is opened. */
async function heldLine(page) {
  let held;
  let there;
  await page.routeWebSocket(/\/api\/v1\/socket$/, (line) => {
    there = line;
    line.connectToServer().onMessage((frame) => (held ? held.push(frame) : line.send(frame)));
  });
  return {
    hold() {
      held = [];
    },
    letIn() {
      held.forEach((frame) => there.send(frame));
      held = undefined;
    },
  };
}

async function say(page, text) {
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
  await message(page, text).getByText(page.says.message.sent).waitFor();
}

/** Opens the menu of the message the keyboard is on and walks down to an act. */
async function chooseAct(page, name) {
  await page.keyboard.press('Enter');
  await focusIsOn(page, '.menu button');
  for (let step = 0; step < 20 && !(await focused(page)).endsWith(` ${name}`); step += 1) await page.keyboard.press('Tab');
  await focusComesTo(page, `button ${name}`);
  await page.keyboard.press('Enter');
}

async function end(page) {
  assert.deepEqual(page.faults, []);
  await page.context().close();
}

test('a whole visit with the keyboard alone', async () => {
  const webinar = await quietRoom(['First', 'Second', 'Third']);
  const page = await newPerson(browser);
  const { keyboard } = page;
  await walkIn(page, webinar);
  await say(page, 'Hello from the keyboard');
  assert.equal(await composer(page).inputValue(), '');

  await keyboard.press('Shift+Tab');
  await isChosen(page, 'Hello from the keyboard');
  await keyboard.press('ArrowUp');
  await keyboard.press('ArrowUp');
  await isChosen(page, 'Second');
  await keyboard.press('Home');
  await isChosen(page, 'First');

  await keyboard.press('Enter');
  await focusIsOn(page, '.menu button');
  await focusComesTo(page, `button ${page.says.actions.reactWith.replace('{emoji}', '👍')}`);
  await keyboard.press('Enter');
  await message(page, 'First').getByRole('button', { name: '👍 1 person, you too' }).waitFor();
  await isChosen(page, 'First');

  await chooseAct(page, page.says.actions.reply);
  await focusIsOn(page, 'textarea');
  await page.getByText('Reply to Oksana').first().waitFor();
  await keyboard.type('An answer');
  await keyboard.press('Enter');
  await message(page, 'An answer').getByText('Reply to Oksana').waitFor();

  await keyboard.press('Shift+Tab');
  await keyboard.press('End');
  await isChosen(page, 'An answer');
  await chooseAct(page, page.says.actions.edit);
  await focusIsOn(page, 'textarea');
  await keyboard.press('Control+A');
  await keyboard.type('A better answer');
  await keyboard.press('Enter');
  await message(page, 'A better answer').getByText(page.says.message.edited).waitFor();

  await keyboard.press('Shift+Tab');
  await keyboard.press('Escape');
  await focusIsOn(page, 'textarea');
  await end(page);
});

test('one’s own message goes by keyboard alone, and the keyboard stays where it was', async () => {
  const webinar = await quietRoom(['First']);
  const page = await newPerson(browser);
  const { keyboard } = page;
  const { actions, remove, message: says } = page.says;
  await walkIn(page, webinar);
  await say(page, 'A mistake');
  await say(page, 'Not a mistake');
  await keyboard.press('Shift+Tab');
  await keyboard.press('ArrowUp');
  await isChosen(page, 'A mistake');

  await chooseAct(page, actions.remove);
  await focusIsOn(page, '[role="dialog"] h2');
  await readsInOrder(page, [/dialog "/, `heading "${remove.titleOwn}"`, `button "${actions.close}"`, remove.bodyOwn, remove.confirm, remove.cancel]);
  const around = [`button ${actions.close}`, `button ${remove.confirm}`, `button ${remove.cancel}`];
  await tabMeets(page, [...around, ...around]);
  await keyboard.press('Enter');
  await isChosen(page, 'A mistake');
  await seesExactly(page, ['First', 'A mistake', 'Not a mistake']);

  await chooseAct(page, actions.remove);
  await focusIsOn(page, '[role="dialog"] h2');
  await tabMeets(page, around.slice(0, 2));
  await keyboard.press('Enter');
  await focusIsOn(page, '.message.is-removed');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.locator('[data-announcer]').filter({ hasText: page.says.announce.removed }).waitFor();
  await seesExactly(page, ['First', 'Not a mistake']);
  await message(page, says.removedByAuthor).waitFor();
  await focusComesTo(page, /^article /);
  await keyboard.press('ArrowDown');
  await isChosen(page, 'Not a mistake');
  await keyboard.press('Escape');
  await focusIsOn(page, 'textarea');
  assert.deepEqual(await server.host.texts(webinar), ['First', undefined, 'Not a mistake']);
  await end(page);
});

test('a message that somebody else removes does not take the keyboard with it', async () => {
  const webinar = await server.webinar();
  const oksana = await server.guest(webinar, 'Oksana');
  await oksana.post(webinar, 'First');
  const { message: second } = await oksana.post(webinar, 'Second');
  const page = await newPerson(browser);
  await walkIn(page, webinar);
  await message(page, 'Second').waitFor();
  await page.keyboard.press('Shift+Tab');
  await isChosen(page, 'Second');
  await oksana.op('message.remove', { message: second });
  await message(page, page.says.message.removedByAuthor).waitFor();
  await focusComesTo(page, `article ${page.says.message.removedByAuthor}`);
  await page.keyboard.press('ArrowUp');
  await isChosen(page, 'First');
  await end(page);
});

test('one’s own message keeps the keyboard while it becomes what the server has of it', async () => {
  const webinar = await quietRoom(['First']);
  const page = await newPerson(browser);
  const line = await heldLine(page);
  await walkIn(page, webinar);
  await say(page, 'I am here');
  line.hold();
  await page.keyboard.type('On its way');
  await page.keyboard.press('Enter');
  await message(page, 'On its way').waitFor();
  await page.keyboard.press('Shift+Tab');
  await isChosen(page, 'On its way');
  await page.keyboard.press('Enter');
  await focusIsOn(page, '.menu button');
  const copy = `button ${page.says.actions.copy}`;
  await focusComesTo(page, copy);
  line.letIn();
  await message(page, 'On its way').getByText(page.says.message.sent).waitFor();
  await focusComesTo(page, copy);
  await page.keyboard.press('Escape');
  await isChosen(page, 'On its way');
  await end(page);
});

test('an edit that is given up brings back what was being written', async () => {
  const webinar = await server.webinar();
  const page = await newPerson(browser);
  const { keyboard } = page;
  await walkIn(page, webinar);
  await say(page, 'A message');
  await keyboard.type('Half a sent');
  await keyboard.press('Shift+Tab');
  await isChosen(page, 'A message');
  await chooseAct(page, page.says.actions.edit);
  await draftIs(page, 'A message');
  await readsInOrder(page, [/form "/, page.says.composer.editing, `button "${page.says.composer.cancelEdit}"`, /textbox "/, page.says.composer.save]);
  await keyboard.press('Escape');
  await draftIs(page, 'Half a sent');
  await focusIsOn(page, 'textarea');
  await end(page);
});

test('keys that are quicker than the page draws are all taken', async () => {
  const webinar = await server.webinar();
  const page = await newPerson(browser);
  await walkIn(page, webinar);
  await page.evaluate(() => {
    const field = document.activeElement;
    document.execCommand('insertText', false, 'Sent in one breath');
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    document.execCommand('insertText', false, 'And the ne');
  });
  await seesExactly(page, ['Sent in one breath']);
  await draftIs(page, 'And the ne');
  assert.deepEqual(await server.host.texts(webinar), ['Sent in one breath']);
  await end(page);
});

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
  await tabMeetsFromTop(page, [
    `a ${says.webinar.back}`,
    /^button Welcoming newcomers/,
    /^button People: /,
    /^(a|button) .*(Fran|French)/,
    `tab ${says.room.chat}`,
    /^article Oksana, .*: Third$/,
    `textarea ${says.composer.label}`,
    `select ${says.composer.language}`,
    `button ${says.composer.send}`,
  ]);
  await end(page);
});
