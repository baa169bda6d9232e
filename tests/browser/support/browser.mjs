// Debian's Chromium, driven by Playwright: people with a device and a language, each with a profile of their own.

import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

import { words } from './words.mjs';

const require = createRequire(new URL('../../../web-client/package.json', import.meta.url));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export const laptop = { viewport: { width: 1280, height: 800 } };
export const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };

const quiet = ['--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export function openBrowser() {
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', ...quiet] });
}

/** A page of somebody who reads `language` on `device`. `page.faults` gathers what went wrong in its program. */
export async function newPerson(browser, { language = 'en', device = laptop, ...settings } = {}) {
  const context = await browser.newContext({ locale: `${language}-CA`, timezoneId: 'America/Toronto', ...device, ...settings });
  return newPage(context, language);
}

/** Another tab of the same person. */
export async function newPage(context, language = 'en') {
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(String(error)));
  page.says = words[language];
  return page;
}

/** What axe finds, as one line each; empty is good. */
export async function violations(page) {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join(' | ')}`);
}

/** Resolves when the page can be opened again without a network. */
export async function keptForOffline(page) {
  await page.evaluate(() => navigator.serviceWorker.ready.then(({ active }) => active?.scriptURL));
}
