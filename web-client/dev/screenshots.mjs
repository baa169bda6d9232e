// Draws scenes in Chromium and checks each with axe: `node dev/screenshots.mjs OUT_FOLDER [NAME…]`. Needs `npx vite` running;
// PLENARY_DEV is its address. Widths, languages and themes are those of the house's promise.

import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const [folder, ...names] = process.argv.slice(2);
const address = process.env.PLENARY_DEV ?? 'http://127.0.0.1:5173';
const sizes = (process.env.SIZES ?? '360x640,1280x800').split(',').map((size) => size.split('x').map(Number));
const languages = (process.env.LANGUAGES ?? 'en,fr').split(',');
const themes = (process.env.THEMES ?? 'light,dark').split(',');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

async function sceneNames() {
  const page = await browser.newPage();
  await page.goto(`${address}/dev/scenes.html`);
  await page.waitForSelector('li a');
  const found = await page.$$eval('li a', (links) => links.map((link) => link.textContent));
  await page.close();
  return found;
}

async function look(name, [width, height], language, theme) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    locale: language === 'fr' ? 'fr-CA' : 'en-CA',
    timezoneId: 'America/Toronto',
    hasTouch: width < 800,
    isMobile: width < 800,
    reducedMotion: 'reduce',
    forcedColors: process.env.FORCED_COLORS === undefined ? 'none' : 'active',
  });
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (line) => line.type() === 'error' && !line.text().includes('404') && errors.push(line.text()));
  await page.goto(`${address}/dev/scenes.html?scene=${name}&lang=${language}`);
  await page.waitForSelector('[data-announcer]', { state: 'attached' });
  await page.waitForFunction(() => document.querySelector('main') !== null);
  await page.waitForTimeout(900);
  const open = process.env.OPEN;
  if (open !== undefined) await page.evaluate(open);
  if (open !== undefined) await page.waitForTimeout(500);
  await page.screenshot({ path: `${folder}/${name}-${width}-${language}-${theme}.png` });
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  await context.close();
  const faults = [
    ...errors,
    ...violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).slice(0, 3).join(' | ')}`),
    ...(overflow > 0 ? [`scrolls sideways by ${overflow}px`] : []),
  ];
  console.log(`${name} ${width} ${language} ${theme}: ${faults.length === 0 ? 'no violation' : `\n  ${faults.join('\n  ')}`}`);
  return faults.length;
}

mkdirSync(folder, { recursive: true });
let faults = 0;
for (const name of names.length > 0 ? names : await sceneNames()) {
  for (const size of sizes) {
    for (const language of languages) {
      for (const theme of themes) faults += await look(name, size, language, theme);
    }
  }
}
await browser.close();
process.exitCode = faults === 0 ? 0 : 1;
