// Join, chat, drop, return: two people in two languages lose nothing and read nothing twice.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { keptForOffline, newPerson, openBrowser, phone } from './support/browser.mjs';
import { focused, readsInOrder, tabMeetsFromTop } from './support/reading.mjs';
import { enterRoom, joinRoom, message, seesExactly, write } from './support/room.mjs';
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

/** On a phone, in French, from the top to the conversation. */
const roomHead = ['banner', 'link "Tous les webinaires"', 'heading "Accueillir les nouveaux arrivants', 'main "Conversation"', 'log "Conversation"'];
const headStops = ({ says }) => [`a ${says.webinar.back}`, /^button Accueillir les nouveaux arrivants/, /^button .*English/, `tab ${says.room.chat}`];
/** Once somebody is here. */
const livelyHead = [...roomHead.slice(0, 3), 'button "Personnes : ', ...roomHead.slice(3)];
const livelyStops = (page) => [...headStops(page).slice(0, 2), /^button Personnes : /, ...headStops(page).slice(2)];
const writingStops = ({ says }) => [`textarea ${says.composer.label}`, `select ${says.composer.language}`, `button ${says.composer.send}`];

/** Amina on a laptop in English, Luc on a phone in French, both in the same new webinar. */
async function twoPeople() {
  const webinar = await server.webinar();
  const [amina, luc] = await Promise.all([newPerson(browser), newPerson(browser, { language: 'fr', device: phone })]);
  await Promise.all([enterRoom(amina, server.address, webinar), enterRoom(luc, server.address, webinar)]);
  await luc.getByLabel(luc.says.join.name).waitFor();
  await readsInOrder(luc, [...roomHead, `form "${luc.says.join.title}"`, `textbox "${luc.says.join.name}"`, `button "${luc.says.join.submit}"`, 'status']);
  await tabMeetsFromTop(luc, [...headStops(luc), `input ${luc.says.join.name}`, `button ${luc.says.join.submit}`]);
  await joinRoom(amina, 'Amina');
  await joinRoom(luc, 'Luc');
  return { webinar, amina, luc };
}

/** Resolves at the next attempt to reach the server. */
const triesAgain = (page) => page.evaluate(() => new Promise((resolve) => {
  const button = document.activeElement;
  new MutationObserver(resolve).observe(button.parentElement, { subtree: true, attributes: true, childList: true });
}));

async function end(...people) {
  for (const page of people) assert.deepEqual(page.faults, []);
  await Promise.all(people.map((page) => page.context().close()));
}

test('the line is made while the program is on its way, and is the one that is used', async () => {
  const webinar = await server.webinar();
  const oksana = await server.guest(webinar, 'Oksana');
  await oksana.post(webinar, 'Good morning');
  const amina = await newPerson(browser);
  const lines = [];
  amina.on('websocket', (line) => lines.push(line));
  const line = amina.waitForEvent('websocket');
  await amina.route('**/assets/*.js', async (script) => {
    await line;
    await script.continue();
  });
  await enterRoom(amina, server.address, webinar);
  await seesExactly(amina, ['Good morning']);
  await oksana.post(webinar, 'And again');
  await seesExactly(amina, ['Good morning', 'And again']);
  assert.equal(lines.length, 1);
  assert.deepEqual(amina.faults, []);
  await amina.context().close();
});

test('P34 what is typed offline on a phone survives a reload and arrives once', async () => {
  const { webinar, amina, luc } = await twoPeople();
  await write(amina, 'Good morning from Sudbury');
  await message(luc, 'Good morning from Sudbury').waitFor();
  await write(luc, 'Bonjour de Cornwall');
  const talk = ['Good morning from Sudbury', 'Bonjour de Cornwall'];
  await Promise.all([seesExactly(amina, talk), seesExactly(luc, talk)]);
  const { composer } = luc.says;
  const writing = [`textbox "${composer.label}"`, `combobox "${composer.language}"`, `button "${composer.send}"`, 'status'];
  await luc.getByRole('button', { name: /^Personnes : / }).waitFor();
  await readsInOrder(luc, [...livelyHead, /article "Amina, .* : Good morning/, /article "Vous, .* : Bonjour de Cornwall"/, ...writing]);
  await tabMeetsFromTop(luc, [...livelyStops(luc), /^article Vous, .* : Bonjour de Cornwall$/, ...writingStops(luc)]);

  await keptForOffline(luc);
  await luc.context().setOffline(true);
  await luc.getByRole('complementary', { name: luc.says.connection.label }).getByText(luc.says.connection.offline).waitFor();
  await write(luc, 'Je suis dans le train');
  await message(luc, 'Je suis dans le train').getByText(luc.says.message.waiting).waitFor();
  await write(amina, 'Luc, are you there?');

  await luc.reload();
  await message(luc, 'Je suis dans le train').getByText(luc.says.message.waiting).waitFor();
  await message(luc, 'Good morning from Sudbury').waitFor();
  await readsInOrder(luc, [
    `complementary "${luc.says.connection.label}"`,
    luc.says.connection.offline,
    ...roomHead,
    /article "Vous, .* : Je suis dans le train"/,
    luc.says.message.waiting,
    `textbox "${composer.label}"`,
    `button "${composer.send}"`,
  ]);
  await tabMeetsFromTop(luc, [...headStops(luc), /^article Vous, .* : Je suis dans le train$/, ...writingStops(luc)]);
  assert.deepEqual(await server.host.texts(webinar), [...talk, 'Luc, are you there?'], 'nothing left the phone');

  await luc.context().setOffline(false);
  const all = [...talk, 'Luc, are you there?', 'Je suis dans le train'];
  await Promise.all([seesExactly(amina, all), seesExactly(luc, all)]);
  assert.deepEqual(await server.host.texts(webinar), all);
  await end(amina, luc);
});

test('P32 a server killed in the middle and started again has everything, once', async () => {
  const { webinar, amina, luc } = await twoPeople();
  await write(amina, 'Before the power cut');
  await seesExactly(luc, ['Before the power cut']);

  await server.kill();
  await write(luc, 'Pendant la panne');
  await write(amina, 'During the power cut');
  await message(amina, 'During the power cut').getByText(amina.says.message.waiting).waitFor();
  await amina.getByText('your message is kept').first().waitFor();
  await amina.getByRole('button', { name: amina.says.connection.tryNow }).focus();
  await triesAgain(amina);
  assert.equal(await focused(amina), `button ${amina.says.connection.tryNow}`, 'a try that fails does not take the focus');
  await server.startAgain();

  const inEnd = ['Before the power cut', 'During the power cut', 'Pendant la panne'];
  const arrived = (wanted) => document.querySelectorAll('.log .rich-text').length === wanted
    && document.querySelector('.message.waiting, .message.sending') === null;
  await Promise.all([amina, luc].map((page) => page.waitForFunction(arrived, inEnd.length)));
  const truth = await server.host.texts(webinar);
  assert.deepEqual([...truth].sort(), inEnd);
  await Promise.all([seesExactly(amina, truth), seesExactly(luc, truth)]);

  await Promise.all([amina.reload(), luc.reload()]);
  await Promise.all([seesExactly(amina, truth), seesExactly(luc, truth)]);
  await write(luc, 'Tout est là');
  await seesExactly(amina, [...truth, 'Tout est là']);
  await end(amina, luc);
});
