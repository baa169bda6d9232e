// From a link to a composer one can write in, on a slow phone and a slow line: cold (a device that was never here: a name
// is given and the composer opens) and warm (the same device comes back).
//
//   node tests/bench/link.mjs ADDRESS SERVER_PROCESS SETUP_TOKEN RUNS

import { readFileSync } from 'node:fs';

import { Api } from '../browser/support/api.mjs';
import { keptForOffline, newPage, newPerson, openBrowser, phone } from '../browser/support/browser.mjs';
import { message, seenTexts, write } from '../browser/support/room.mjs';
import { openSlowLine } from './slow_line.mjs';

const [address, server, setupToken, runs] = process.argv.slice(2);
const line = { kilobitsPerSecond: 400, roundTripMs: 400 };
const cpuSlowerBy = 4;
const messagesBefore = 30;
const givenUpAfterMs = 60_000;
const ticksPerSecond = 100; // USER_HZ of Linux, proc(5)

const browser = await openBrowser();
const tools = await browser.newBrowserCDPSession();
const slowLine = await openSlowLine(address, line);

async function cpu() {
  const fields = readFileSync(`/proc/${server}/stat`, 'utf8').split(') ').at(-1).split(' ');
  const { processInfo } = await tools.send('SystemInfo.getProcessInfo');
  return {
    server: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
    browser: processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0),
  };
}

async function slowDown(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: cpuSlowerBy });
  return session;
}

/** The first administrator, with the token of the link that a server with an empty data folder prints. */
async function signIn() {
  const { token } = await new Api(address).op('session.redeem', { token: setupToken, name: 'Host' });
  return new Api(address, token);
}

async function talkTo(host) {
  const title = { en: 'Welcoming newcomers', fr: 'Accueillir les nouveaux arrivants' };
  const { webinar } = await host.op('webinar.create', { title, visibility: 'public' });
  await host.op('webinar.open', { webinar });
  for (let number = 1; number <= messagesBefore; number += 1) {
    await host.post(webinar, `Message ${number}: the walk-in clinic is open on **Saturday** from nine to noon.`);
  }
  return webinar;
}

/** How many of the last messages the page shows otherwise than the server has them. One of the reader's own makes sure that
 * both are in step; of the earlier ones a page holds only what is near the screen. */
async function differencesOn(page, host, webinar, ownText) {
  await write(page, ownText);
  await page.waitForFunction(() => document.querySelector('.message.waiting, .message.sending') === null);
  await message(page, ownText).waitFor();
  const seen = await seenTexts(page);
  const truth = (await host.texts(webinar)).slice(-seen.length).map((text) => text.replaceAll('**', ''));
  return truth.filter((text, index) => text !== seen[index].trim()).length + (truth.at(-1) === ownText ? 0 : 1);
}

/** In the page, from its first moment: gives the name as soon as it is asked for, writes as soon as there is a composer, and
 * says when. Not from outside, because what Playwright finds its way with is a third of a megabyte for a slow phone to read. */
function takePart(name) {
  const write = (field, text) => {
    const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value');
    set.call(field, text);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };
  let isNamed = false;
  const look = () => {
    const composer = document.querySelector('.composer-field');
    const field = document.querySelector('.join input');
    if (composer !== null && !composer.disabled) {
      write(composer, 'Good');
      observer.disconnect();
      globalThis.reached('composer');
    } else if (field !== null && !isNamed) {
      isNamed = true;
      write(field, name);
      globalThis.reached('name');
      // The form takes what it has drawn.
      setTimeout(() => field.form.requestSubmit(), 0);
    }
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true });
}

/** Milliseconds from the link to the name field and to the composer. */
async function timed(page, webinar, name) {
  const session = await slowDown(page);
  const found = {};
  const start = performance.now();
  const arrived = new Promise((resolve, reject) => {
    const giveUp = setTimeout(() => reject(new Error(`no composer; reached: ${JSON.stringify(found)}`)), givenUpAfterMs);
    session.on('Runtime.bindingCalled', ({ payload }) => {
      found[payload] ??= Math.round(performance.now() - start);
      if (payload !== 'composer') return;
      clearTimeout(giveUp);
      resolve();
    });
  });
  await session.send('Runtime.enable');
  await session.send('Runtime.addBinding', { name: 'reached' });
  await session.send('Page.enable');
  await session.send('Page.addScriptToEvaluateOnNewDocument', { source: `(${takePart})(${JSON.stringify(name)})` });
  await page.goto(`${slowLine.address}/w/${webinar}`, { waitUntil: 'commit' });
  await arrived;
  return found;
}

const middle = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function measure() {
  const host = await signIn();
  const webinar = await talkTo(host);
  const found = { cold: [], coldName: [], warm: [], lost: 0 };
  for (let run = 1; run <= Number(runs); run += 1) {
    const first = await newPerson(browser, { device: phone });
    const joined = await timed(first, webinar, `Phone ${run}`);
    found.cold.push(joined.composer);
    found.coldName.push(joined.name);
    found.lost += await differencesOn(first, host, webinar, `Good morning, run ${run}`);
    await keptForOffline(first);
    await first.close();

    const again = await newPage(first.context());
    found.warm.push((await timed(again, webinar, '')).composer);
    found.lost += await differencesOn(again, host, webinar, `Back again, run ${run}`);
    await again.context().close();
  }
  return found;
}

const before = await cpu();
const start = performance.now();
const { cold, coldName, warm, lost } = await measure();
const after = await cpu();
console.log(JSON.stringify({
  measure: 'link',
  ...line,
  cpuSlowerBy,
  coldMs: middle(cold),
  coldNameMs: middle(coldName),
  warmMs: middle(warm),
  coldRunsMs: cold,
  warmRunsMs: warm,
  seconds: Number(((performance.now() - start) / 1_000).toFixed(2)),
  serverCpuSeconds: Number((after.server - before.server).toFixed(2)),
  clientCpuSeconds: Number((after.browser - before.browser).toFixed(2)),
  lost,
}));
slowLine.close();
await browser.close();
process.exit(lost === 0 ? 0 : 1);
