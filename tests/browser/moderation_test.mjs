// A host makes a webinar, opens it, and removes a message: its author gets the text back with the reason.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { newPerson, openBrowser, phone } from './support/browser.mjs';
import { focusIsOn, readsInOrder, tabMeets, tabMeetsFromTop } from './support/reading.mjs';
import { enterRoom, joinRoom, message, openMenu, write } from './support/room.mjs';
import { hostName, Server } from './support/server.mjs';

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

async function signedInHost() {
  const host = await newPerson(browser);
  await server.signIn(host.context());
  return host;
}

/** From the list to an open webinar, as a host does it; the number of the webinar. */
async function makeWebinar(host, title) {
  const { create, shell, webinars, webinar } = host.says;
  const top = [`a ${host.says.app.name}`, new RegExp(`^a ${shell.news}`), `a ${shell.webinars}`, `a ${shell.boards}`, `a ${shell.you}${hostName}`, /^button Français/];
  await host.goto(server.address);
  await host.getByRole('link', { name: webinars.create }).waitFor();
  await readsInOrder(host, ['banner', `navigation "${shell.places}"`, /main/, `heading "${webinars.title}" [level=1]`, `link "${webinars.create}"`]);
  await tabMeetsFromTop(host, [...top, `a ${webinars.create}`]);
  await host.keyboard.press('Enter');

  await focusIsOn(host, 'h1');
  await readsInOrder(host, [`heading "${create.title}" [level=1]`, create.titleEnglish, create.titleFrench, /group/, /radio/, /radio/, /group/, `button "${create.submit}"`]);
  const fields = [`input ${create.titleEnglish}`, `input ${create.titleFrench}`, /^input /, /^input /, `button ${create.submit}`, `a ${create.cancel}`];
  await tabMeets(host, fields);
  await host.getByLabel(create.titleEnglish).fill(title.en);
  await host.getByLabel(create.titleFrench).fill(title.fr);
  await host.getByRole('button', { name: create.submit }).click();

  await host.getByRole('heading', { level: 1, name: title.en }).waitFor();
  await focusIsOn(host, 'h1');
  await host.getByRole('button', { name: /here$/ }).waitFor();
  await readsInOrder(host, [
    'banner',
    `region "${webinar.about}"`,
    `heading "${title.en}" [level=1]`,
    `button "${webinar.openNow}"`,
    `textbox "${webinar.link}"`,
    `main "${webinar.conversation}"`,
    'log',
    webinar.hostScheduledNote,
  ]);
  await tabMeets(host, [
    `button ${webinar.openNow}`, `button ${host.says.room.questionRules}`, `button ${host.says.room.secondLooks}`, `input ${webinar.link}`, `button ${webinar.copyLink}`,
    /^button 1 person here/,
  ]);
  await host.getByRole('button', { name: webinar.openNow }).press('Enter');
  await host.getByRole('textbox', { name: host.says.composer.label }).waitFor();
  await host.locator(':focus', { hasText: webinar.end }).waitFor();
  return Number(/\/w\/(\d+)/.exec(host.url())[1]);
}

test('P43 a removed message goes back to its author with the reason, and to nobody else', async () => {
  const host = await signedInHost();
  const webinar = await makeWebinar(host, { en: 'Housing', fr: 'Le logement' });
  const author = await newPerson(browser, { language: 'fr', device: phone });
  const reader = await newPerson(browser);
  await enterRoom(author, server.address, webinar);
  await author.getByRole('heading', { level: 1, name: 'Le logement' }).waitFor();
  await joinRoom(author, 'Luc');
  await enterRoom(reader, server.address, webinar);
  await write(author, 'Madame Tremblay a demandé un visa');
  await message(reader, 'Madame Tremblay').waitFor();

  const { remove } = host.says;
  const menu = await openMenu(host, 'Madame Tremblay');
  await menu.getByRole('button', { name: host.says.actions.remove }).click();
  const dialog = host.getByRole('dialog', { name: 'Luc' });
  await focusIsOn(host, '[role="dialog"] h2');
  await readsInOrder(host, [/dialog "/, /heading "/, `button "${host.says.actions.close}"`, remove.body, `group "${remove.reason}"`, /radio/, remove.words, remove.confirm, remove.cancel]);
  await tabMeets(host, [`button ${host.says.actions.close}`, `input ${remove.offTopic}`, `textarea ${remove.words}`, `button ${remove.confirm}`, `button ${remove.cancel}`]);
  await dialog.getByRole('button', { name: remove.confirm }).click();
  await dialog.getByText(remove.missing).waitFor();
  await dialog.getByRole('radio', { name: remove.private }).check();
  await dialog.getByLabel(remove.wordsOptional).fill('Please leave out her name.');
  await dialog.getByRole('button', { name: remove.confirm }).click();

  const returned = author.getByRole('region', { name: author.says.returned.byHost });
  await returned.getByText('Madame Tremblay a demandé un visa').waitFor();
  await returned.getByText(author.says.remove.private).waitFor();
  await returned.getByText('Please leave out her name.').waitFor();
  await readsInOrder(author, ['log', author.says.message.removedByHost, `region "${author.says.returned.byHost}"`, author.says.returned.reuse, author.says.returned.close, `textbox "${author.says.composer.label}"`]);
  await tabMeetsFromTop(author, [
    `a ${author.says.webinar.back}`,
    /^button Le logement/,
    /^button Personnes : /,
    /^button .*English/,
    `tab ${author.says.room.chat}`,
    `article ${author.says.message.removedByHost}`,
    `button ${author.says.appeals.ask}`,
    `button ${author.says.returned.reuse}`,
    `button ${author.says.returned.close}`,
    `textarea ${author.says.composer.label}`,
  ]);
  await reader.getByText(reader.says.message.removedByHost).waitFor();
  assert.equal(await reader.getByText('Madame Tremblay').count(), 0);
  assert.equal(await reader.getByText('Please leave out her name.').count(), 0);

  await author.reload();
  await returned.getByRole('button', { name: author.says.returned.reuse }).click();
  assert.equal(await author.getByRole('textbox', { name: author.says.composer.label }).inputValue(), 'Madame Tremblay a demandé un visa');
  for (const page of [host, author, reader]) assert.deepEqual(page.faults, []);
  await Promise.all([host, author, reader].map((page) => page.context().close()));
});

test('P46 a host finds people by name; an attendee sees how many there are', async () => {
  const webinar = await server.webinar();
  const [host, oksana, luc] = await Promise.all([signedInHost(), newPerson(browser), newPerson(browser, { language: 'fr', device: phone })]);
  for (const [page, name] of [[oksana, 'Oksana Bondar'], [luc, 'Luc Gagnon']]) {
    await enterRoom(page, server.address, webinar);
    await joinRoom(page, name);
    await write(page, name);
  }
  await enterRoom(host, server.address, webinar);
  await message(host, 'Luc Gagnon').waitFor();
  const { people } = host.says;
  await host.getByRole('button', { name: /here$/ }).first().click();
  const panel = host.getByRole('dialog', { name: people.title });
  await focusIsOn(host, '[role="dialog"] h2');
  await panel.getByText('Oksana Bondar').waitFor();
  await readsInOrder(host, [`dialog "${people.title}"`, `button "${host.says.actions.close}"`, `searchbox "${people.search}"`, '3 people joined', /list/, /listitem: Luc Gagnon/, /listitem: Oksana Bondar/]);
  await tabMeets(host, [`button ${host.says.actions.close}`, `input ${people.search}`, `button ${host.says.actions.close}`]);
  await panel.getByLabel(people.search).fill('gagn');
  await panel.getByText('Oksana Bondar').waitFor({ state: 'detached' });
  await panel.getByText('Luc Gagnon').waitFor();

  await luc.getByRole('button', { name: /^Personnes : / }).click();
  const hidden = luc.getByRole('dialog', { name: luc.says.people.title });
  await hidden.getByText(luc.says.people.hidden).waitFor();
  assert.equal(await hidden.getByText('Oksana Bondar').count(), 0);
  for (const page of [host, oksana, luc]) assert.deepEqual(page.faults, []);
  await Promise.all([host, oksana, luc].map((page) => page.context().close()));
});
