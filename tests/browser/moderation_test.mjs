// A host makes a webinar, opens it, and removes a message: its author gets the text back with the reason.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { newPerson, openBrowser, phone } from './support/browser.mjs';
import { enterRoom, joinRoom, message, openMenu, write } from './support/room.mjs';
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

async function signedInHost() {
  const host = await newPerson(browser);
  await server.signIn(host.context());
  return host;
}

/** From the list to an open webinar, as a host does it; the number of the webinar. */
async function makeWebinar(host, title) {
  const { create, webinars, webinar } = host.says;
  await host.goto(server.address);
  await host.getByRole('link', { name: webinars.create }).click();
  await host.getByLabel(create.titleEnglish).fill(title.en);
  await host.getByLabel(create.titleFrench).fill(title.fr);
  await host.getByRole('button', { name: create.submit }).click();
  await host.getByRole('heading', { level: 1, name: title.en }).waitFor();
  await host.getByRole('button', { name: webinar.openNow }).first().click();
  await host.getByRole('textbox', { name: host.says.composer.label }).waitFor();
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
  await dialog.getByRole('button', { name: remove.confirm }).click();
  await dialog.getByText(remove.missing).waitFor();
  await dialog.getByRole('radio', { name: remove.private }).check();
  await dialog.getByLabel(remove.wordsOptional).fill('Please leave out her name.');
  await dialog.getByRole('button', { name: remove.confirm }).click();

  const returned = author.getByRole('region', { name: author.says.returned.byHost });
  await returned.getByText('Madame Tremblay a demandé un visa').waitFor();
  await returned.getByText(author.says.remove.private).waitFor();
  await returned.getByText('Please leave out her name.').waitFor();
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
  await panel.getByText('Oksana Bondar').waitFor();
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
