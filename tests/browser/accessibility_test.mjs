// axe on every screen, in both languages (or only in the one of READS_IN) and both themes, narrow and wide.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { board, openThread, startThread, threadRow } from './support/boards.mjs';
import { newPerson, openBrowser, violations } from './support/browser.mjs';
import { ask, deskRow, openQuestions, openVerbs, verb } from './support/questions.mjs';
import { composer, enterRoom, joinRoom, message, openMenu } from './support/room.mjs';
import { hostName, Server } from './support/server.mjs';

const narrow = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true };
const wide = { viewport: { width: 1280, height: 800 } };

let browser;
let server;
let webinar;
let ended;
let housing;
let thread;

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
  const { question } = await oksana.op('question.ask', { webinar, text: 'How long does it take?', lang: 'en' });
  await server.host.op('question.publish', { question });
  await server.host.op('question.translate', { question, lang: 'fr', text: 'Combien de temps faut-il ?' });
  await server.host.op('question.stage', { question, on: true });
  await oksana.op('question.ask', { webinar, text: 'Où s’inscrire ?', lang: 'fr' });
  ended = await server.webinar();
  const luc = await server.guest(ended, 'Luc');
  await luc.post(ended, 'Bonjour', { lang: 'fr' });
  const { question: late } = await luc.op('question.ask', { webinar: ended, text: 'Et les enfants ?', lang: 'fr' });
  await server.host.op('webinar.close', { webinar: ended });
  housing = await board(server.host, 'Housing', 'Logement');
  await board(server.host, 'Between us', 'Entre nous', { visibility: 'members', posting: 'moderators' });
  ({ thread } = await startThread(server.host, housing, 'Qui prête une camionnette le dimanche ?', 'Pour **trois** familles.', 'question'));
  const { post } = await server.host.op('post.write', { thread, text: '> A quote\n\nThe parish does.', lang: 'en' });
  await server.host.op('thread.answer', { thread, post });
  await server.host.op('question.publish', { question: late });
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

async function visitorScreens(page, device) {
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
  await openQuestions(page);
  await ask(page, `Is there a bus? (${device})`);
  await page.locator('.question.is-own').waitFor();
  await looksRight(page, 'questions, with one of one’s own');
  await page.getByRole('button', { name: says.questions.ask, exact: true }).click();
  await page.getByRole('textbox', { name: says.questions.yourQuestion }).fill('Another');
  await looksRight(page, 'asking');
  await page.goto(`${server.address}/you`);
  await page.locator('.you-name').filter({ hasText: 'Amina' }).waitFor();
  await looksRight(page, 'you');
  await boardScreens(page);
  await message(page, 'The parish does').waitFor();
  await page.getByText(says.threads.readPublic).waitFor();
  await looksRight(page, 'a thread, to read');
}

/** From the boards to a thread. */
async function boardScreens(page) {
  const { says } = page;
  await page.goto(`${server.address}/boards`);
  await page.locator('.board-card').first().waitFor();
  await looksRight(page, 'boards');
  await page.goto(`${server.address}/news`);
  await page.locator('.news-entry').first().waitFor();
  await looksRight(page, 'what is new');
  await page.goto(`${server.address}/b/${housing}`);
  await threadRow(page, 'camionnette').waitFor();
  await looksRight(page, 'board');
  await openThread(page, 'camionnette');
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
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: says.room.questions }).click();
  await deskRow(page, 'Où s’inscrire ?').waitFor();
  await looksRight(page, 'the desk');
  await openVerbs(page, 'Où s’inscrire ?');
  await looksRight(page, 'what one can do with a question');
  await verb(page, 'dismiss').click();
  await page.locator('.reason-chip').first().waitFor();
  await looksRight(page, 'dismissing a question');
  await page.goto(`${server.address}/w/${ended}/summary`);
  await page.getByRole('heading', { name: says.summary.languages, exact: true }).waitFor();
  await page.getByLabel(says.summary.carryBoard).waitFor();
  await looksRight(page, 'summary');
  await boardScreens(page);
  await composer(page).fill('A draft');
  await looksRight(page, 'a thread, to write in');
  await openMenu(page, 'The parish does');
  await looksRight(page, 'what one can do with a post');
  await page.goto(`${server.address}/b/${housing}#new`);
  await page.getByRole('button', { name: says.boards.send }).click();
  await page.getByText(says.boards.titleMissing).first().waitFor();
  await looksRight(page, 'a new thread');
  await page.goto(`${server.address}/boards#create`);
  await page.getByRole('button', { name: says.boards.submit }).waitFor();
  await looksRight(page, 'a new board');
}

// Visibility is inherited: with a transition on it each level of the page would follow a frame after the one above.
test('for who wants less motion all of a part is there with the part', async () => {
  const page = await newPerson(browser, { device: narrow, reducedMotion: 'reduce' });
  await server.signIn(page.context());
  await enterRoom(page, server.address, webinar);
  await page.getByRole('tab', { name: page.says.room.questions }).click();
  await deskRow(page, 'Où s’inscrire ?').waitFor();
  await page.getByRole('tab', { name: page.says.room.chat }).click();
  await page.locator('.desk-text').first().waitFor({ state: 'hidden' });
  const asShown = page.evaluate(
    () =>
      new Promise((resolve) => {
        const panel = document.querySelector('.panel.is-questions');
        new MutationObserver(() => resolve(getComputedStyle(panel.querySelector('.desk-text')).visibility)).observe(panel, { attributeFilter: ['class'] });
        document.querySelector('#tab-questions').click();
      }),
  );
  assert.equal(await asShown, 'visible');
  await page.context().close();
});

for (const language of process.env.READS_IN ? [process.env.READS_IN] : ['en', 'fr']) {
  for (const colorScheme of ['light', 'dark']) {
    for (const device of [narrow, wide]) {
      describe(`${language}, ${colorScheme}, ${device.viewport.width} px`, () => {
        for (const [who, screens] of [['visitor', visitorScreens], ['host', hostScreens]]) {
          test(`the screens of a ${who}`, async () => {
            const page = await newPerson(browser, { language, device, colorScheme, reducedMotion: 'reduce' });
            await screens(page, `${language}, ${colorScheme}, ${device.viewport.width}`);
            assert.deepEqual(page.faults, []);
            await page.context().close();
          });
        }
      });
    }
  }
}
