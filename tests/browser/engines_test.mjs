// Join, chat, drop, return in Firefox: a line that is cut, and a text typed meanwhile.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { Line } from './support/line.mjs';
import { Server } from './support/server.mjs';
import { Firefox } from './support/webdriver.mjs';

let server;

before(async () => {
  server = await Server.start();
});

after(() => server?.stop());

const shows = 'return [...document.querySelectorAll(".log .message")].some((row) => row.textContent.includes(text) && row.textContent.includes(state))';
const showsExactly = `
  const texts = [...document.querySelectorAll('.log .rich-text')].map((text) => text.innerText);
  return document.querySelector('.message.waiting, .message.sending') === null && JSON.stringify(texts) === wanted;`;

async function write(driver, text) {
  await driver.type('textarea', text);
  await driver.press('.composer-send');
}

for (const Engine of [Firefox]) {
  test(`P34 ${Engine.name}: what is typed while the line is cut arrives once`, { timeout: 120_000 }, async () => {
    const webinar = await server.webinar();
    const amina = await server.guest(webinar, 'Amina');
    const line = await Line.to(server.address);
    const luc = await Engine.open('fr');
    try {
      await luc.open(`${line.address}/w/${webinar}`);
      await luc.type('#join-name', 'Luc');
      await luc.press('form.join button');
      await write(luc, 'Bonjour');
      await luc.until(shows, { text: 'Bonjour', state: luc.says.message.sent });

      line.cut();
      await write(luc, 'Je suis dans le train');
      await luc.until(shows, { text: 'Je suis dans le train', state: luc.says.message.waiting });
      await amina.post(webinar, 'Are you there?');
      assert.deepEqual(await amina.texts(webinar), ['Bonjour', 'Are you there?'], 'nothing crossed the cut line');

      line.mend();
      const all = ['Bonjour', 'Are you there?', 'Je suis dans le train'];
      await luc.until(showsExactly, { wanted: JSON.stringify(all) });
      assert.deepEqual(await amina.texts(webinar), all);
    } finally {
      await luc.close();
      line.close();
    }
  });
}
