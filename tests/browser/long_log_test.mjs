// A conversation of 10,000 messages: few of them stand in the page, and the reader's place never jumps.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { newPerson, openBrowser } from './support/browser.mjs';
import { enterRoom, message } from './support/room.mjs';
import { Server } from './support/server.mjs';

const messages = 10_000;
const mostBubbles = 300;
const sendersAtOnce = 64;

let browser;
let server;
let webinar;

before(async () => {
  server = await Server.start();
  browser = await openBrowser();
  webinar = await server.webinar();
  const people = await Promise.all(['Amina', 'Luc', 'Oksana', 'Tesfay'].map((name) => server.guest(webinar, name)));
  let next = 1;
  const sendOn = async (person) => {
    while (next <= messages) {
      const number = next;
      next += 1;
      await person.post(webinar, `Number ${number}${' and a few more words'.repeat(number % 5)}`);
    }
  };
  await Promise.all(Array.from({ length: sendersAtOnce }, (_, index) => sendOn(people[index % people.length])));
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

/** From here on the page remembers its longest task and the most bubbles that stood in it at once. */
const watch = (page) => page.evaluate(() => {
  globalThis.seen = { longestTask: 0, bubbles: 0 };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) globalThis.seen.longestTask = Math.max(globalThis.seen.longestTask, duration);
  }).observe({ type: 'longtask' });
  const count = () => {
    globalThis.seen.bubbles = Math.max(globalThis.seen.bubbles, document.querySelectorAll('.bubble').length);
  };
  count();
  new MutationObserver(count).observe(document.querySelector('.log-rows'), { childList: true });
});

/** Scrolls by half a window at a time, `times` often, each after the page has drawn what the one before brought. */
const scroll = (page, direction, times) => page.evaluate(async ([sign, count]) => {
  const log = document.querySelector('.log');
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  let jumps = 0;
  for (let step = 0; step < count; step += 1) {
    const middle = log.getBoundingClientRect().top + log.clientHeight / 2;
    const row = [...log.querySelectorAll('.log-row')].find((candidate) => candidate.getBoundingClientRect().bottom > middle);
    const before = row.getBoundingClientRect().top;
    const scrolledFrom = log.scrollTop;
    log.scrollTop += sign * log.clientHeight / 4;
    const byScroll = log.scrollTop - scrolledFrom;
    await frame();
    const expected = before - byScroll;
    if (row.isConnected && Math.abs(row.getBoundingClientRect().top - expected) > 2) jumps += 1;
  }
  return jumps;
}, [direction, times]);

test('10,000 messages: at most 300 bubbles, and the place is kept up and down', async (context) => {
  const page = await newPerson(browser);
  await enterRoom(page, server.address, webinar);
  await page.getByLabel(page.says.join.name).waitFor();
  await page.waitForFunction(() => document.querySelectorAll('.bubble').length > 10);
  await watch(page);
  const slower = await page.context().newCDPSession(page);
  await slower.send('Emulation.setCPUThrottlingRate', { rate: 4 });

  assert.equal(await scroll(page, -1, 150), 0, 'jumps on the way up');
  const highest = await page.locator('.log .rich-text').first().innerText();
  assert.equal(await scroll(page, 1, 100), 0, 'jumps on the way down');

  const oksana = await server.guest(webinar, 'Oksana Bondar');
  const top = await page.evaluate(() => document.querySelector('.log').scrollTop);
  await oksana.post(webinar, 'The newest of all');
  await page.getByRole('button', { name: /1 new message/ }).waitFor();
  assert.equal(await page.evaluate(() => document.querySelector('.log').scrollTop), top, 'a new message moves nothing');
  await page.getByRole('button', { name: /1 new message/ }).click();
  await message(page, 'The newest of all').waitFor();

  await slower.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  const { longestTask, bubbles } = await page.evaluate(() => globalThis.seen);
  context.diagnostic(`most bubbles ${bubbles}; longest task ${longestTask} ms at 4 times slower; scrolled up to “${highest}”`);
  assert.ok(bubbles <= mostBubbles, `${bubbles} bubbles stood in the page`);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('the very first of 10,000 messages is two keys away', async () => {
  const page = await newPerson(browser);
  await enterRoom(page, server.address, webinar);
  await page.waitForFunction(() => document.querySelectorAll('.bubble').length > 10);
  await page.locator('.log article[tabindex="0"]').focus();
  await page.keyboard.press('Home');
  await page.waitForFunction(() => /^Number /.test(document.activeElement?.querySelector('.rich-text')?.textContent ?? '')
    && document.querySelector('.log-top') !== null && document.activeElement === document.querySelector('.log article'));
  await page.getByText(page.says.log.beginning).waitFor();
  await page.keyboard.press('End');
  await page.waitForFunction(() => document.activeElement?.matches('.log-row:last-child article') === true);
  assert.ok(await page.locator('.bubble').count() <= mostBubbles);
  await page.context().close();
});
