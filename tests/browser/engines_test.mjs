// Join, chat, drop, return in Firefox and in WebKitGTK: a line that is cut, a page loaded anew meanwhile.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { Line } from './support/line.mjs';
import { Server } from './support/server.mjs';
import { Firefox, WebKit } from './support/webdriver.mjs';
import { words } from './support/words.mjs';

let server;

before(async () => {
  server = await Server.start();
});

after(() => server?.stop());

const showsMessage = `
  const rows = [...document.querySelectorAll('.log .message')];
  return rows.some((row) => row.textContent.includes(text) && row.textContent.includes(state));`;
// WebKitGTK ends the innerText of a block with a line break.
const showsExactly = `
  const texts = [...document.querySelectorAll('.log .rich-text')].map((text) => text.innerText.trim());
  return document.querySelector('.message.waiting, .message.sending') === null && JSON.stringify(texts) === wanted;`;
const holdsDraft = 'return document.querySelector("textarea")?.value === text';

async function write(driver, text) {
  await driver.type('textarea', text);
  await driver.press('.composer-send');
}

/** WebKitGTK takes its languages from the machine, which may have one only: its reader presses the switch. */
async function readFrench(driver) {
  await driver.find('#join-name');
  if (driver.says !== words.fr) await driver.press('.language-switch');
  await driver.until('return document.documentElement.lang === "fr"');
  driver.says = words.fr;
}

async function journey(Engine) {
  const webinar = await server.webinar();
  const amina = await server.guest(webinar, 'Amina');
  const line = await Line.to(server.address);
  const luc = await Engine.open('fr');
  try {
    await luc.open(`${line.address}/w/${webinar}`);
    await readFrench(luc);
    await luc.type('#join-name', 'Luc');
    await luc.press('form.join button');
    await write(luc, 'Bonjour');
    await luc.until(showsMessage, { text: 'Bonjour', state: luc.says.message.sent });
    await luc.keptForOffline();

    line.cut();
    await write(luc, 'Je suis dans le train');
    await luc.until(showsMessage, { text: 'Je suis dans le train', state: luc.says.message.waiting });
    await luc.type('textarea', 'À peine commen');

    await luc.reload();
    await luc.until(showsMessage, { text: 'Je suis dans le train', state: luc.says.message.waiting });
    await luc.until(showsMessage, { text: 'Bonjour', state: '' });
    await luc.until(holdsDraft, { text: 'À peine commen' });
    await amina.post(webinar, 'Are you there?');
    assert.deepEqual(await amina.texts(webinar), ['Bonjour', 'Are you there?'], 'nothing crossed the cut line');

    line.mend();
    const all = ['Bonjour', 'Are you there?', 'Je suis dans le train'];
    await luc.until(showsExactly, { wanted: JSON.stringify(all) });
    assert.deepEqual(await amina.texts(webinar), all);
    await luc.type('textarea', 'cé');
    await luc.press('.composer-send');
    await luc.until(showsExactly, { wanted: JSON.stringify([...all, 'À peine commencé']) });
  } finally {
    await luc.close();
    line.close();
  }
}

describe('P34 what is typed while the line is cut survives a reload and arrives once', { concurrency: true }, () => {
  for (const Engine of [Firefox, WebKit]) test(Engine.name, { timeout: 240_000 }, () => journey(Engine));
});
