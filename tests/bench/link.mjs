// From a link to a composer one can write in, on a slow phone and a slow line: cold (a device that was never here: a name
// is given and the composer opens) and warm (the same device comes back).
//
//   node tests/bench/link.mjs ADDRESS SERVER_PROCESS SETUP_TOKEN RUNS

import { readFileSync } from 'node:fs';

import { Api } from '../browser/support/api.mjs';
import { keptForOffline, newPage, newPerson, openBrowser, phone } from '../browser/support/browser.mjs';
import { composer, message, seenTexts, write } from '../browser/support/room.mjs';
import { openSlowLine } from './slow_line.mjs';

const [address, server, setupToken, runs] = process.argv.slice(2);
const line = { kilobitsPerSecond: 400, roundTripMs: 400 };
const cpuSlowerBy = 4;
const messagesBefore = 30;
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

/** Milliseconds from the link to what `reach` waits for. */
async function timed(page, webinar, reach) {
  await slowDown(page);
  const start = performance.now();
  await page.goto(`${slowLine.address}/w/${webinar}`, { waitUntil: 'commit' });
  await reach();
  return Math.round(performance.now() - start);
}

const middle = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function measure() {
  const host = await signIn();
  const webinar = await talkTo(host);
  const found = { cold: [], coldName: [], warm: [], lost: 0 };
  for (let run = 1; run <= Number(runs); run += 1) {
    const first = await newPerson(browser, { device: phone });
    const start = performance.now();
    found.cold.push(await timed(first, webinar, async () => {
      const name = first.getByLabel(first.says.join.name);
      await name.fill(`Phone ${run}`);
      found.coldName.push(Math.round(performance.now() - start));
      await first.getByRole('button', { name: first.says.join.submit, exact: true }).click();
      await composer(first).fill('Good');
    }));
    found.lost += await differencesOn(first, host, webinar, `Good morning, run ${run}`);
    await keptForOffline(first);
    await first.close();

    const again = await newPage(first.context());
    found.warm.push(await timed(again, webinar, () => composer(again).fill('Good')));
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
