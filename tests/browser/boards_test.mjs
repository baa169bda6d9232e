// Boards between the webinars: threads begun, answered and moderated, what a webinar left open, and What's New.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { board, boardPage, draftFields, entry, openThread, startThread, threadRow } from './support/boards.mjs';
import { keptForOffline, newPerson, openBrowser, phone, violations } from './support/browser.mjs';
import { composer, message, openMenu, seesExactly, write } from './support/room.mjs';
import { Server } from './support/server.mjs';

const small = { ...phone, viewport: { width: 360, height: 640 } };

let browser;
let server;
let housing;
let inside;
let apis;

before(async () => {
  server = await Server.demo();
  browser = await openBrowser();
  apis = {};
  for (const role of ['admin', 'moderator', 'host', 'member']) apis[role] = await server.api(role);
  housing = await board(apis.admin, 'Housing', 'Logement');
  inside = await board(apis.admin, 'Between us', 'Entre nous', { visibility: 'members' });
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

async function person(role, settings) {
  const page = await newPerson(browser, settings);
  if (role !== 'nobody') await server.signInAs(page, role);
  return page;
}

async function end(...pages) {
  for (const page of pages) {
    assert.deepEqual(page.faults, []);
    await page.context().close();
  }
}

test('a question begun on a phone reaches who reads the board, is answered in another language, and the answer is accepted', async () => {
  const asker = await person('member', { device: small });
  const reader = await person('nobody', { language: 'fr' });
  const moderator = await person('moderator', { language: 'fr', device: small });
  await boardPage(reader, server.address, housing, 'Logement');
  await reader.getByText(reader.says.boards.emptyThreads).waitFor();

  await boardPage(asker, server.address, housing, 'Housing');
  await asker.getByRole('link', { name: asker.says.boards.begin }).first().click();
  const { title, text } = draftFields(asker);
  await asker.getByText(asker.says.boards.willReadPublic).waitFor();
  await asker.getByRole('button', { name: asker.says.boards.send }).click();
  await asker.getByText(asker.says.boards.titleMissing).first().waitFor();
  await title.fill('Who lends a van on Sundays?');
  await text.fill('We move **three** families.');
  await asker.reload();
  assert.equal(await title.inputValue(), 'Who lends a van on Sundays?', 'a draft outlives a reload');
  await asker.getByRole('radio', { name: asker.says.boards.kindQuestion, exact: false }).first().check();
  assert.deepEqual(await violations(asker), []);
  await asker.getByRole('button', { name: asker.says.boards.send }).click();
  await asker.getByRole('heading', { level: 1, name: 'Who lends a van on Sundays?' }).waitFor();
  await seesExactly(asker, ['We move three families.']);
  await asker.getByText(asker.says.threads.readPublic).waitFor();

  await threadRow(reader, 'Who lends a van').waitFor();
  await openThread(reader, 'Who lends a van');
  await reader.getByText(reader.says.threads.needsAccount).waitFor();
  await boardPage(moderator, server.address, housing, 'Logement');
  await openThread(moderator, 'Who lends a van');
  await write(moderator, 'La paroisse Saint-Joseph, le dimanche.');
  for (const page of [asker, reader]) await message(page, 'La paroisse').waitFor();
  assert.deepEqual(await violations(moderator), []);

  const menu = await openMenu(asker, 'La paroisse');
  await menu.getByRole('button', { name: asker.says.threads.accept }).click();
  for (const page of [asker, reader, moderator]) {
    await message(page, 'La paroisse').getByText(page.says.threads.answerMark).waitFor();
    await page.getByRole('button', { name: page.says.threads.toAnswer }).waitFor();
  }
  await boardPage(reader, server.address, housing, 'Logement');
  await threadRow(reader, 'Who lends a van').getByText(reader.says.threads.answered).waitFor();
  await end(asker, reader, moderator);
});

test('what members wrote among themselves never reaches anybody else', async () => {
  const { thread } = await startThread(apis.member, inside, 'Canary 5ee5', 'Between ourselves');
  const reader = await person('nobody');
  const carried = [];
  reader.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => carried.push(String(payload))));
  reader.on('response', async (response) => carried.push(await response.text().catch(() => '')));
  await reader.goto(`${server.address}/news`);
  await reader.getByRole('heading', { level: 1, name: reader.says.news.title }).waitFor();
  await reader.goto(`${server.address}/boards`);
  await reader.getByRole('link', { name: 'Housing' }).first().waitFor();
  assert.equal(await reader.getByRole('link', { name: 'Between us' }).count(), 0);
  await reader.goto(`${server.address}/t/${thread}`);
  await reader.getByText(reader.says.threads.goneTitle).waitFor();
  await reader.goto(`${server.address}/b/${inside}`);
  await reader.getByText(reader.says.boards.goneTitle).waitFor();
  assert.ok(carried.length > 4);
  assert.ok(!carried.join().includes('5ee5'));
  await end(reader);
});

test('a post written without a network is kept, and sent when it is back', async () => {
  const { thread } = await startThread(apis.moderator, housing, 'Winter boots', 'Where?');
  const member = await person('member', { device: small });
  await member.goto(`${server.address}/t/${thread}`);
  await seesExactly(member, ['Where?']);
  await keptForOffline(member);
  await member.context().setOffline(true);
  await write(member, 'In the basement of the library.');
  await message(member, 'In the basement').waitFor();
  await composer(member).pressSequentially('And mittens');
  await member.reload();
  await message(member, 'In the basement').waitFor();
  await member.waitForFunction(() => document.querySelector('textarea')?.value === 'And mittens');
  await member.context().setOffline(false);
  await seesExactly(member, ['Where?', 'In the basement of the library.']);
  assert.deepEqual(await apis.member.postTexts(thread), ['Where?', 'In the basement of the library.']);
  await end(member);
});

test('a removed thread comes back to its author with the reason, and a second look restores it', async () => {
  const { thread } = await startThread(apis.member, housing, 'A flat on Elm Street', 'Ask for the caretaker.');
  const author = await person('member', { language: 'fr', device: small });
  const moderator = await person('moderator', { device: small });
  const admin = await person('admin');
  const reader = await person('nobody');
  await boardPage(reader, server.address, housing, 'Housing');
  await threadRow(reader, 'A flat on Elm').waitFor();
  await author.goto(`${server.address}/t/${thread}`);
  await message(author, 'caretaker').waitFor();

  await moderator.goto(`${server.address}/t/${thread}`);
  const menu = await openMenu(moderator, 'caretaker');
  await menu.getByRole('button', { name: moderator.says.actions.remove }).click();
  const dialog = moderator.getByRole('dialog');
  await dialog.getByText(moderator.says.threads.removalTakesThread).waitFor();
  await dialog.getByRole('radio').first().check();
  await dialog.getByRole('button', { name: moderator.says.threads.post.remove.confirm }).click();

  await author.getByRole('heading', { name: author.says.threads.removedTitle }).waitFor();
  await author.getByText('A flat on Elm Street').waitFor();
  assert.deepEqual(await violations(author), []);
  await author.getByRole('button', { name: author.says.appeals.ask }).click();
  await author.getByRole('textbox', { name: author.says.appeals.why }).fill('L’annonce est publique.');
  await author.getByRole('button', { name: author.says.appeals.submit, exact: true }).click();
  await author.getByText(author.says.appeals.waiting).waitFor();
  await reader.waitForFunction(() => !document.body.innerText.includes('A flat on Elm'));

  await admin.goto(`${server.address}/t/${thread}`);
  await admin.getByRole('button', { name: '1 request for a second look' }).click();
  const queue = admin.getByRole('dialog', { name: admin.says.appeals.title });
  await queue.getByText('L’annonce est publique.').waitFor();
  assert.deepEqual(await violations(admin), []);
  await queue.getByRole('button', { name: admin.says.appeals.putBack }).click();
  await queue.getByRole('textbox').first().fill('It was public, you are right.');
  await queue.getByRole('button', { name: admin.says.appeals.putBack }).last().click();

  await author.getByRole('heading', { level: 1, name: 'A flat on Elm Street' }).waitFor();
  await author.getByText('It was public, you are right.').waitFor();
  await reader.reload();
  await threadRow(reader, 'A flat on Elm').waitFor();
  await end(author, moderator, admin, reader);
});

test('what a webinar left open goes on as threads, and who asked finds the way', async () => {
  const webinar = await server.webinar({}, apis.host);
  const luc = await server.guest(webinar, 'Luc');
  const { question } = await luc.op('question.ask', { webinar, text: 'Et les enfants ?', lang: 'fr' });
  await apis.host.op('question.publish', { question });
  const asker = await newPerson(browser, { language: 'fr', device: small });
  await asker.context().addCookies([{ name: 'plenary', value: luc.token, url: server.address }]);
  await asker.goto(`${server.address}/w/${webinar}#questions`);
  await asker.locator('.question.is-own').waitFor();
  await apis.host.op('webinar.close', { webinar });

  const host = await person('host', { device: small });
  await host.goto(`${server.address}/w/${webinar}/summary`);
  const part = host.getByRole('region', { name: 'Question that was left open: 1' });
  await part.getByRole('button', { name: host.says.summary.carryAct }).click();
  await part.getByText(host.says.summary.carryMissing).waitFor();
  await part.getByLabel(host.says.summary.carryBoard).selectOption({ label: 'Housing' });
  await part.getByText(host.says.summary.carryPublic).waitFor();
  assert.deepEqual(await violations(host), []);
  await part.getByRole('button', { name: host.says.summary.carryAct }).click();
  await host.locator('.summary-carried').getByRole('link', { name: 'Housing' }).waitFor();

  await asker.getByRole('link', { name: asker.says.questions.goesOn }).first().click();
  await asker.getByRole('heading', { level: 1, name: 'Et les enfants ?' }).waitFor();
  await asker.getByRole('link', { name: /Accueillir les nouveaux arrivants/ }).waitFor();
  await seesExactly(asker, ['Et les enfants ?']);
  await asker.getByText(asker.says.threads.needsAccountGuest).waitFor();
  assert.deepEqual(await violations(asker), []);
  await end(host, asker);
});

test('What’s New counts what is new to one, tells it live, and is seen on every device at once', async () => {
  const member = await person('member', { device: small });
  const desk = await person('member', { language: 'fr' });
  await member.goto(`${server.address}/news`);
  await member.getByRole('button', { name: member.says.news.markSeen }).click();
  await member.getByText(member.says.news.markSeen).waitFor({ state: 'detached' });
  await desk.goto(`${server.address}/news`);
  await desk.getByRole('heading', { level: 1 }).waitFor();
  const badge = (page) => page.locator('.place:visible .place-count');
  await badge(desk).waitFor({ state: 'detached' });

  await startThread(apis.member, housing, 'My own', 'Not news to me');
  await startThread(apis.moderator, housing, 'Bunk beds', 'Two of them');
  for (const page of [member, desk]) assert.match(await badge(page).innerText(), /^1$/);
  await member.getByRole('button', { name: /^\d new$/ }).click();
  await entry(member, 'Bunk beds').waitFor();
  assert.deepEqual(await violations(member), []);
  await member.getByRole('button', { name: member.says.news.markSeen }).click();
  for (const page of [member, desk]) await badge(page).waitFor({ state: 'detached' });
  await entry(member, 'Bunk beds').getByRole('link').first().click();
  await member.getByRole('heading', { level: 1, name: 'Bunk beds' }).waitFor();
  await end(member, desk);
});

test('without the program anybody reads a public board in their language, and a foreign parser its feeds', async () => {
  const { thread } = await startThread(apis.member, housing, 'Des <lits> & des draps', 'Pour **deux** enfants');
  const reader = await newPerson(browser, { language: 'fr', device: small, javaScriptEnabled: false });
  await reader.goto(`${server.address}/boards`);
  await reader.getByRole('link', { name: 'Logement' }).click();
  await reader.getByRole('heading', { level: 1, name: 'Logement' }).waitFor();
  await reader.getByRole('link', { name: 'Des <lits> & des draps' }).click();
  await reader.getByRole('heading', { level: 1, name: 'Des <lits> & des draps' }).waitFor();
  assert.equal(await reader.locator('article strong').last().innerText(), 'deux');
  assert.equal(await reader.getByText('Canary 5ee5').count(), 0);
  await reader.context().close();

  const page = await newPerson(browser);
  for (const path of ['/news.atom', `/b/${housing}.atom`, `/t/${thread}.atom`]) {
    const source = await (await fetch(server.address + path)).text();
    const feed = await page.evaluate((text) => {
      const document = new DOMParser().parseFromString(text, 'application/xml');
      const texts = (name) => [...document.getElementsByTagNameNS('http://www.w3.org/2005/Atom', name)].map((one) => one.textContent);
      return { root: document.documentElement.localName, ids: texts('id'), titles: texts('title'), dates: texts('updated'), names: texts('name') };
    }, source);
    assert.equal(feed.root, 'feed', path);
    assert.ok(feed.titles.includes('Des <lits> & des draps'), path);
    assert.equal(new Set(feed.ids).size, feed.titles.length, 'every entry has an id of its own');
    assert.ok(feed.dates.every((date) => date === new Date(date).toISOString().replace('.000Z', 'Z')), path);
    assert.equal(feed.names.length, feed.titles.length - 1, 'every entry has an author');
  }
  await end(page);
});

test('by keyboard alone, in French: from the first page to a thread of one’s own and an answer in it', async () => {
  const page = await person('host', { language: 'fr' });
  const { says } = page;
  await page.goto(server.address);
  await page.getByRole('link', { name: says.shell.boards }).first().focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: says.boards.title }).waitFor();
  await page.getByRole('link', { name: 'Logement' }).first().focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Logement' }).waitFor();
  await page.getByRole('link', { name: says.boards.begin }).first().focus();
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: says.boards.threadTitle }).focus();
  await page.keyboard.type('Des rideaux');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Qui en a ?');
  await page.getByRole('button', { name: says.boards.send }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Des rideaux' }).waitFor();
  await composer(page).focus();
  await page.keyboard.type('Moi, deux paires.');
  await page.keyboard.press('Control+Enter');
  await seesExactly(page, ['Qui en a ?', 'Moi, deux paires.']);
  await end(page);
});
