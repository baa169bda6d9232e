// What a host removed is given a second look by somebody else; and what a webinar was is counted when it closes.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';

import { newPerson, openBrowser, phone, violations } from './support/browser.mjs';
import { ask, deskRow, openQuestions, openVerbs, ownQuestion, publicQuestion, verb } from './support/questions.mjs';
import { enterRoom, joinRoom, message, openMenu, seesExactly, write } from './support/room.mjs';
import { Server } from './support/server.mjs';

const small = { ...phone, viewport: { width: 360, height: 640 } };

let browser;
let server;

before(async () => {
  server = await Server.demo();
  browser = await openBrowser();
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

async function person(role, settings) {
  const page = await newPerson(browser, settings);
  await server.signInAs(page, role);
  return page;
}

/** From the list to an open webinar, as a host does it; the number of the webinar. */
async function makeWebinar(host) {
  const { create, webinars, webinar } = host.says;
  await host.goto(server.address);
  await host.getByRole('link', { name: webinars.create }).first().click();
  await host.getByLabel(create.titleEnglish).fill('=Housing');
  await host.getByLabel(create.titleFrench).fill('Le logement');
  await host.getByRole('button', { name: create.submit }).click();
  await host.getByRole('heading', { level: 1 }).waitFor();
  await host.getByRole('button', { name: webinar.openNow }).first().click();
  await host.getByRole('textbox', { name: host.says.composer.label }).waitFor();
  return Number(/\/w\/(\d+)/.exec(host.url())[1]);
}

async function remove(host, text, words) {
  const menu = await openMenu(host, text);
  await menu.getByRole('button', { name: host.says.actions.remove }).click();
  const dialog = host.getByRole('dialog');
  await dialog.getByRole('radio', { name: host.says.remove.offTopic }).check();
  await dialog.getByLabel(host.says.remove.wordsOptional).fill(words);
  await dialog.getByRole('button', { name: host.says.remove.confirm }).click();
}

/** Which of these names has the focus, one after the other, by the Tab key alone. */
async function tabsThrough(page, names) {
  const active = () => document.activeElement?.textContent || document.activeElement?.getAttribute('aria-label');
  for (const name of names) {
    await page.keyboard.press('Tab');
    assert.ok((await page.evaluate(active)).startsWith(name), `${await page.evaluate(active)} instead of ${name}`);
  }
}

/** Cells of RFC 4180, without the byte order mark. */
function cellsOf(text) {
  const rows = [[]];
  for (const [, plain, quoted, end] of text.slice(1).matchAll(/(?:([^",\r\n]*)|"((?:[^"]|"")*)")(,|\r\n)/g)) {
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

test('P60–P63 removed, appealed, put back by somebody else, and counted at the close', async () => {
  const host = await person('host');
  const webinar = await makeWebinar(host);
  const guest = await newPerson(browser, { language: 'fr', device: small });
  await enterRoom(guest, server.address, webinar);
  await joinRoom(guest, 'Luc');
  await write(guest, 'Bonjour');
  await write(guest, 'Où loger huit personnes');
  await write(guest, 'Merci');
  await message(host, 'Merci').waitFor();
  await remove(host, 'Où loger', 'Another day, please.');

  const { appeals, returned } = guest.says;
  const back = guest.getByRole('region', { name: returned.byHost });
  await back.getByText('Où loger huit personnes').waitFor();
  await back.getByText(guest.says.remove.offTopic).waitFor();
  await back.getByText('Another day, please.').waitFor();
  await back.getByRole('button', { name: appeals.ask }).press('Enter');
  const why = back.getByRole('textbox', { name: appeals.why });
  await why.press('Tab');
  await tabsThrough(guest, [appeals.notNow]);
  await back.getByRole('button', { name: appeals.submit, exact: true }).press('Enter');
  await back.getByText(appeals.whyMissing).waitFor();
  assert.deepEqual(await violations(guest), []);
  await why.fill('C’est le sujet même de ce soir.');
  await back.getByRole('button', { name: appeals.submit, exact: true }).press('Enter');
  await back.getByText(appeals.waiting).waitFor();

  const { appeals: ours } = host.says;
  await host.getByRole('button', { name: host.says.room.secondLooks }).click();
  const desk = host.getByRole('dialog', { name: ours.title });
  await desk.getByText(ours.forOthers).waitFor();
  assert.equal(await desk.getByRole('button', { name: ours.putBack }).count(), 0);
  await host.keyboard.press('Escape');

  const moderator = await person('moderator', { device: small });
  await enterRoom(moderator, server.address, webinar);
  await moderator.getByRole('button', { name: '1 request for a second look' }).press('Enter');
  const queue = moderator.getByRole('dialog', { name: ours.title });
  await queue.getByText('Où loger huit personnes').waitFor();
  await queue.getByText('C’est le sujet même de ce soir.').waitFor();
  const verb = queue.getByRole('button', { name: ours.putBack });
  assert.match(await queue.ariaSnapshot(), /Où loger[\s\S]*C’est le sujet[\s\S]*Put it back[\s\S]*It stays removed/);
  assert.ok((await verb.boundingBox()).y > 320, 'the verbs are under the thumb');
  assert.deepEqual(await violations(moderator), []);
  await verb.press('Enter');
  await moderator.locator(':focus', { hasText: ours.fits }).waitFor();
  await tabsThrough(moderator, [ours.mistake]);
  await queue.getByRole('button', { name: ours.putBack }).press('Enter');
  await queue.getByText(ours.answerMissing).waitFor();
  await queue.getByRole('button', { name: ours.fits }).press('Enter');
  await moderator.locator('textarea:focus').waitFor();
  await moderator.keyboard.press('Tab');
  await moderator.keyboard.press('Enter');
  await queue.getByText(/^Put back by you, /).waitFor();
  await moderator.keyboard.press('Escape');

  const isBack = guest.getByRole('region', { name: appeals.overturnedMessage });
  await isBack.getByText(appeals.fits).waitFor();
  await seesExactly(guest, ['Bonjour', 'Où loger huit personnes', 'Merci']);
  assert.deepEqual(await violations(guest), []);

  const { webinar: says, room, summary } = host.says;
  await host.getByRole('button', { name: says.end }).click();
  await host.getByRole('button', { name: says.endConfirm }).click();
  await host.getByRole('link', { name: room.readSummary }).last().press('Enter');
  await host.getByRole('heading', { level: 1, name: '=Housing' }).waitFor();
  const figures = await host.getByRole('listitem').filter({ hasText: /^3 messages/ }).innerText();
  assert.match(figures, /1 person wrote/);
  await host.getByRole('row', { name: 'Français 3 1' }).waitFor();
  await host.getByText(summary.noQuestions).waitFor();
  assert.deepEqual(await violations(host), []);
  const [file] = await Promise.all([host.waitForEvent('download'), host.getByRole('button', { name: summary.csv }).press('Enter')]);
  const rows = cellsOf(await readFile(await file.path(), 'utf8'));
  assert.deepEqual(new Set(rows.map((row) => row.length)), new Set([5]));
  assert.deepEqual(rows.find(([, what]) => what === summary.webinarTitle), [summary.partWebinar, summary.webinarTitle, '', "'=Housing", '']);
  assert.deepEqual(rows.find(([, what]) => what === summary.rowMessages), [summary.figures, summary.rowMessages, '3', '', '']);

  await guest.goto(`${server.address}/w/${webinar}/summary`);
  await guest.getByRole('heading', { name: guest.says.summary.notYoursTitle }).waitFor();
  assert.deepEqual(await violations(guest), []);
  for (const page of [host, guest, moderator]) assert.deepEqual(page.faults, []);
  await Promise.all([host, guest, moderator].map((page) => page.context().close()));
});

test('P60–P62 a dismissed question is published after all by somebody else, and its asker is told', async () => {
  const host = await person('host', { language: 'fr' });
  const webinar = await makeWebinar(host);
  const guest = await newPerson(browser, { device: small });
  await enterRoom(guest, server.address, webinar);
  await joinRoom(guest, 'Oksana');
  await openQuestions(guest);
  await ask(guest, 'Who pays for the interpreter?');

  const { questions } = host.says;
  await host.getByRole('tab', { name: host.says.room.questions }).click();
  await openVerbs(host, 'Who pays for the interpreter?');
  await verb(host, 'dismiss').click();
  await host.getByRole('radio', { name: questions.private }).check();
  await host.getByRole('button', { name: questions.dismissConfirm }).click();
  await deskRow(host, 'Who pays for the interpreter?').waitFor({ state: 'detached' });

  const { appeals } = guest.says;
  const own = ownQuestion(guest, 'Who pays for the interpreter?');
  await own.getByRole('button', { name: appeals.ask }).click();
  await own.getByRole('textbox', { name: appeals.why }).fill('It decides whether we can come at all.');
  await own.getByRole('button', { name: appeals.submit, exact: true }).click();
  await own.getByText(appeals.waiting).waitFor();
  assert.deepEqual(await violations(guest), []);

  const moderator = await person('moderator', { device: small });
  await enterRoom(moderator, server.address, webinar);
  const ours = moderator.says.appeals;
  await moderator.getByRole('button', { name: '1 request for a second look' }).click();
  const queue = moderator.getByRole('dialog', { name: ours.title });
  await queue.getByText('It decides whether we can come at all.').waitFor();
  await queue.getByRole('button', { name: ours.publish }).click();
  await queue.getByRole('button', { name: ours.fits }).click();
  await queue.getByRole('button', { name: ours.publish }).last().click();
  await queue.getByText(/^Published by you, /).waitFor();
  assert.deepEqual(await violations(moderator), []);

  await own.getByText(appeals.fits).waitFor();
  const luc = await newPerson(browser, { language: 'fr' });
  await enterRoom(luc, server.address, webinar);
  await luc.getByRole('tab', { name: luc.says.room.questions }).click();
  await publicQuestion(luc, 'Who pays for the interpreter?').waitFor();
  for (const page of [host, guest, moderator, luc]) assert.deepEqual(page.faults, []);
  await Promise.all([host, guest, moderator, luc].map((page) => page.context().close()));
});
