// A question's way from asked to answered: on a phone, in two languages, with the keyboard, before everybody's eyes.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { newPerson, openBrowser, phone, violations } from './support/browser.mjs';
import { focusComesTo, focused } from './support/reading.mjs';
import { askAgain, ask, deskRow, openQuestions, openVerbs, ownQuestion, publicQuestion, segment, verb } from './support/questions.mjs';
import { enterRoom, joinRoom } from './support/room.mjs';
import { hostName, Server } from './support/server.mjs';

const smallPhone = { ...phone, viewport: { width: 360, height: 640 } };

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

async function attendee(webinar, name, settings = {}) {
  const page = await newPerson(browser, { device: phone, ...settings });
  await enterRoom(page, server.address, webinar);
  await joinRoom(page, name);
  await openQuestions(page);
  return page;
}

async function hostAtDesk(webinar, settings = {}) {
  const page = await newPerson(browser, { device: smallPhone, ...settings });
  await server.signIn(page.context());
  await enterRoom(page, server.address, webinar);
  await openQuestions(page);
  return page;
}

async function end(...people) {
  for (const page of people) assert.deepEqual(page.faults, []);
  await Promise.all(people.map((page) => page.context().close()));
}

/** Nothing is wider than the screen, and what is pressed is in the lower half and large enough for a thumb. */
async function isForOneThumb(page) {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(overflow <= 0, `it scrolls sideways by ${overflow} px`);
  const boxes = await page.locator('.verb').evaluateAll((verbs) => verbs.map((one) => {
    const { top, height, width } = one.getBoundingClientRect();
    return { top, height, width, name: one.textContent };
  }));
  assert.ok(boxes.length > 4);
  for (const { name, height, width, top } of boxes) {
    assert.ok(height >= 44 && width >= 44, `${name} is ${width} × ${height}`);
    assert.ok(top >= page.viewportSize().height * 0.4, `${name} begins at ${top}`);
  }
}

test('P50 asked in French without a name, reviewed on a small phone, merged, translated, staged and answered', async () => {
  const webinar = await server.webinar();
  const luc = await attendee(webinar, 'Luc', { language: 'fr' });
  const amina = await attendee(webinar, 'Amina');
  const host = await hostAtDesk(webinar);

  await ask(luc, 'Qui paie la halte-garderie ?', { anonymous: true });
  await ownQuestion(luc, 'Qui paie').getByText(luc.says.questions.pending).waitFor();
  await ask(amina, 'Who pays for the child care?');
  await ownQuestion(amina, 'Who pays').getByText(amina.says.questions.pending).waitFor();
  assert.equal(await amina.getByText('Qui paie').count(), 0, 'what waits is nobody else’s');

  await deskRow(host, 'Qui paie').getByText(host.says.questions.anonymous).waitFor();
  await deskRow(host, 'Who pays').getByText('Amina').waitFor();
  await openVerbs(host, 'Qui paie');
  await isForOneThumb(host);
  assert.deepEqual(await violations(host), [], 'the verbs');
  await verb(host, 'publish').click();
  await deskRow(host, 'Qui paie').waitFor({ state: 'detached' });
  await ownQuestion(luc, 'Qui paie').getByText(luc.says.questions.published).waitFor();

  await publicQuestion(amina, 'Qui paie').getByText(amina.says.questions.anonymous).waitFor();
  await publicQuestion(amina, 'Qui paie').getByText('Français').waitFor();
  const voted = publicQuestion(amina, 'Qui paie').getByRole('button', { name: 'Qui paie', pressed: false });
  await voted.click();
  await publicQuestion(amina, 'Qui paie').getByRole('button', { name: /^2 votes/, pressed: true }).waitFor();

  await openVerbs(host, 'Who pays');
  await verb(host, 'merge').click();
  await host.getByLabel(host.says.questions.mergeSearch).fill('halte');
  await host.getByRole('button', { name: 'Qui paie' }).click();
  await ownQuestion(amina, 'Who pays').getByText(amina.says.questions.merged).waitFor();
  await ownQuestion(luc, 'Qui paie').getByText('1 question semblable').waitFor();
  await ownQuestion(luc, 'Qui paie').getByRole('button', { name: /^2 votes/ }).waitFor();

  await segment(host, 'segmentPublished').click();
  await openVerbs(host, 'Qui paie');
  await verb(host, 'translate').click();
  await host.getByRole('textbox', { name: 'English' }).fill('Who pays for the child care in class hours?');
  assert.deepEqual(await violations(host), [], 'translating');
  await host.getByRole('button', { name: host.says.questions.translateConfirm }).click();
  await amina.getByText('Who pays for the child care in class hours?').first().waitFor();
  await amina.getByText(`Translated by ${hostName}`).first().waitFor();
  await amina.getByRole('button', { name: 'Show the original (Français)' }).first().click();
  await amina.getByText('Qui paie la halte-garderie').first().waitFor();

  await openVerbs(host, 'Who pays for the child care in class hours');
  await verb(host, 'stage').click();
  const onStage = (page) => page.getByRole('region', { name: page.says.questions.onStage });
  for (const page of [luc, amina, host]) await onStage(page).waitFor();
  await onStage(amina).getByText('Who pays for the child care in class hours?').waitFor();
  await onStage(luc).getByText('Qui paie la halte-garderie').waitFor();
  for (const page of [luc, amina]) assert.deepEqual(await violations(page), [], 'a question on stage');

  await openVerbs(host, 'Who pays for the child care in class hours');
  await verb(host, 'answerWrite').click();
  await host.getByRole('textbox', { name: host.says.questions.answerLabel }).fill('The city pays **half** of it.');
  await host.getByRole('button', { name: host.says.questions.answerConfirm }).click();
  for (const page of [luc, amina, host]) await onStage(page).waitFor({ state: 'detached' });
  await ownQuestion(luc, 'Qui paie').getByText(luc.says.questions.answeredWriting).waitFor();
  await ownQuestion(luc, 'Qui paie').locator('strong', { hasText: 'half' }).waitFor();
  await amina.getByText('1 answered').click();
  await publicQuestion(amina, 'Who pays for the child care in class hours').getByText(new RegExp(`^${hostName}, `)).waitFor();
  for (const page of [luc, amina, host]) assert.deepEqual(await violations(page), [], 'after the answer');
  await end(luc, amina, host);
});

test('P53 a dismissed question goes back to its asker with the reason in their language and the text to ask again', async () => {
  const webinar = await server.webinar();
  const luc = await attendee(webinar, 'Luc', { language: 'fr' });
  const amina = await attendee(webinar, 'Amina');
  const host = await hostAtDesk(webinar);
  await ask(luc, 'Mme Tremblay a-t-elle son visa ?');
  await openVerbs(host, 'Mme Tremblay');
  await verb(host, 'dismiss').click();
  await host.getByRole('button', { name: host.says.questions.dismissConfirm }).click();
  await host.getByText(host.says.questions.reasonMissing).first().waitFor();
  await host.getByRole('radio', { name: host.says.questions.private }).check();
  await host.getByLabel(host.says.questions.wordsOptional).fill('Please leave out her name.');
  assert.deepEqual(await violations(host), [], 'dismissing');
  await host.getByRole('button', { name: host.says.questions.dismissConfirm }).click();

  const own = ownQuestion(luc, 'Mme Tremblay');
  await own.getByText(luc.says.questions.private).waitFor();
  await own.getByText('Please leave out her name.').waitFor();
  assert.equal(await own.getByText(host.says.questions.private).count(), 0, 'the reason is in the reader’s language');
  assert.deepEqual(await violations(luc), [], 'a dismissal');
  assert.equal(await amina.getByText('Tremblay').count(), 0);
  await askAgain(luc, 'Mme Tremblay', 'Combien de temps attend-on un visa ?');
  await ownQuestion(luc, 'Combien de temps').getByText(luc.says.questions.pending).waitFor();

  await segment(host, 'segmentDismissed').click();
  await openVerbs(host, 'Mme Tremblay');
  await verb(host, 'restore').click();
  await publicQuestion(amina, 'Mme Tremblay').waitFor();
  await end(luc, amina, host);
});

test('P34 what is asked offline is kept through a reload and asked once', async () => {
  const webinar = await server.webinar();
  const luc = await attendee(webinar, 'Luc', { language: 'fr' });
  const { questions, message } = luc.says;
  await luc.evaluate(() => navigator.serviceWorker.ready.then(({ active }) => active?.scriptURL));
  await luc.context().setOffline(true);
  await luc.getByRole('complementary', { name: luc.says.connection.label }).getByText(luc.says.connection.offline).waitFor();
  await ask(luc, 'Depuis le train ?');
  await ownQuestion(luc, 'Depuis le train').getByText(message.waiting).waitFor();
  await luc.reload();
  await luc.getByRole('tab', { name: luc.says.room.questions, selected: true }).waitFor();
  await ownQuestion(luc, 'Depuis le train').getByText(message.waiting).waitFor();
  await luc.context().setOffline(false);
  await ownQuestion(luc, 'Depuis le train').getByText(questions.pending).waitFor();
  await luc.reload();
  await ownQuestion(luc, 'Depuis le train').getByText(questions.pending).waitFor();
  assert.equal(await luc.locator('.question.is-own').count(), 1);
  await end(luc);
});

test('with the keyboard alone: between the parts, asking, and a host’s whole way', async () => {
  const webinar = await server.webinar();
  const amina = await newPerson(browser, { device: { viewport: { width: 800, height: 800 } } });
  await enterRoom(amina, server.address, webinar);
  await joinRoom(amina, 'Amina');
  await amina.getByRole('textbox', { name: amina.says.composer.label }).fill('A draft of mine');
  await amina.getByRole('tab', { name: amina.says.room.chat }).focus();
  await amina.keyboard.press('ArrowRight');
  await focusComesTo(amina, `tab ${amina.says.room.questions}`);
  await amina.getByRole('button', { name: amina.says.questions.ask }).waitFor();
  await amina.keyboard.press('Tab');
  await focusComesTo(amina, `button ${amina.says.questions.ask}`);
  await amina.keyboard.press('Enter');
  await amina.getByRole('textbox', { name: amina.says.questions.yourQuestion }).waitFor();
  await focusComesTo(amina, `textarea ${amina.says.questions.yourQuestion}`);
  await amina.keyboard.type('Is there a list of schools?');
  for (let step = 0; step < 6 && (await focused(amina)) !== `button ${amina.says.questions.submit}`; step += 1) await amina.keyboard.press('Tab');
  await amina.keyboard.press('Enter');
  await ownQuestion(amina, 'Is there a list').getByText(amina.says.questions.pending).waitFor();
  await focusComesTo(amina, `button ${amina.says.questions.ask}`);

  const host = await newPerson(browser, { device: { viewport: { width: 800, height: 800 } } });
  await server.signIn(host.context());
  await host.goto(`${server.address}/w/${webinar}#questions`);
  await deskRow(host, 'Is there a list').waitFor();
  await segment(host, 'segmentReview').focus();
  await host.keyboard.press('Tab');
  await focusComesTo(host, /^button Is there a list of schools\?$/);
  await host.keyboard.press('Enter');
  await host.getByRole('region', { name: host.says.questions.verbs }).waitFor();
  await focusComesTo(host, `h2 ${host.says.questions.verbs}`);
  await host.keyboard.press('Escape');
  await host.locator('button:focus', { hasText: 'Is there a list of schools?' }).waitFor();
  await host.keyboard.press('Enter');
  await host.locator('h2:focus', { hasText: host.says.questions.verbs }).waitFor();
  await host.keyboard.press('Tab');
  await host.keyboard.press('Tab');
  await focusComesTo(host, new RegExp(`^button ${host.says.questions.publish}`));
  await host.keyboard.press('Enter');
  await host.getByText(host.says.questions.emptyReview).waitFor();
  await host.locator('[role=tab]:focus').waitFor();
  await focusComesTo(host, new RegExp(`^tab ${host.says.questions.segmentReview}`));
  await host.getByRole('tab', { name: new RegExp(`^${host.says.questions.segmentPublished} ?1`) }).waitFor();
  await host.keyboard.press('ArrowRight');
  await focusComesTo(host, new RegExp(`^tab ${host.says.questions.segmentPublished} ?1`));

  await amina.getByRole('tab', { name: amina.says.room.chat }).click();
  assert.equal(await amina.getByRole('textbox', { name: amina.says.composer.label }).inputValue(), 'A draft of mine');
  await end(amina, host);
});

test('on a phone the sheet of a question has the room of the one on stage, and only beside the questions', async () => {
  const webinar = await server.webinar();
  const oksana = await server.guest(webinar, 'Oksana');
  const { question } = await oksana.op('question.ask', { webinar, text: 'How long is the wait?', lang: 'en' });
  await server.host.op('question.publish', { question });
  await server.host.op('question.stage', { question, on: true });
  await oksana.op('question.ask', { webinar, text: 'Where do I register?', lang: 'en' });
  const host = await hostAtDesk(webinar);
  const staged = host.locator('.staged');
  await staged.waitFor();
  await openVerbs(host, 'Where do I register?');
  await staged.waitFor({ state: 'detached' });
  for (const name of ['publish', 'dismiss', 'stage', 'answerAloud', 'answerWrite', 'merge']) {
    const { y, height } = await verb(host, name).boundingBox();
    assert.ok(y + height <= host.viewportSize().height, `${name} is below the screen`);
  }
  await host.getByRole('tab', { name: host.says.room.chat }).click();
  await staged.waitFor();
  await host.getByRole('tab', { name: new RegExp(`^${host.says.room.questions}`) }).click();
  await staged.waitFor({ state: 'detached' });
  await host.getByRole('region', { name: host.says.questions.verbs }).getByRole('button', { name: host.says.questions.close }).click();
  await staged.waitFor();
  await end(host);
});

test('the accessibility tree of the questions has its parts by name, in order', async () => {
  const webinar = await server.webinar();
  const oksana = await server.guest(webinar, 'Oksana');
  const { question: first } = await oksana.op('question.ask', { webinar, text: 'How long is the wait?', lang: 'en' });
  const { question: second } = await oksana.op('question.ask', { webinar, text: 'Where do I register?', lang: 'en' });
  for (const question of [first, second]) await server.host.op('question.publish', { question });
  await server.host.op('question.stage', { question: second, on: true });
  const luc = await attendee(webinar, 'Luc', { language: 'fr' });
  await publicQuestion(luc, 'How long').waitFor();
  await luc.getByRole('region', { name: luc.says.questions.onStage }).waitFor();
  const tree = await luc.locator('body').ariaSnapshot();
  const inOrder = [
    /banner/,
    /main "Conversation"/,
    /region "Sur scène en ce moment"/,
    /button "1 vote\. Voter pour : Where do I register\?"/,
    /tablist "Parties de ce webinaire"/,
    /tab "Conversation"/,
    /tab "Questions" \[selected\]/,
    /tabpanel "Questions"/,
    /heading "En attente d’une réponse"/,
    /list/,
    /article/,
    /button "1 vote\. Voter pour : How long is the wait\?"/,
    /button "Poser une question"/,
    /status/,
  ];
  let rest = tree;
  for (const wanted of inOrder) {
    const at = rest.search(wanted);
    assert.ok(at >= 0, `${wanted} is missing or out of order in\n${tree}`);
    rest = rest.slice(at + 1);
  }
  assert.equal(await luc.getByRole('log').count(), 0, 'the conversation is behind');
  await end(luc);
});
