// What somebody meets who does not see the page: its accessibility tree in order, and the stops of the Tab key.

import assert from 'node:assert/strict';

/** In the page: who has the focus, as its role and name; with a pattern, whether that is so. */
const focusThere = (pattern) => {
  const element = document.activeElement;
  const text = element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent;
  const found = `${element.getAttribute('role') ?? element.localName} ${text.trim().replace(/\s+/g, ' ')}`;
  return pattern === undefined ? found : new RegExp(pattern, 'u').test(found);
};

/** Who has the focus at this moment. */
export const focused = (page) => page.evaluate(focusThere);

const exactly = (text) => `^${text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}$`;

/** Resolves when the focus has come to what is named so. */
export async function focusComesTo(page, wanted) {
  try {
    await page.waitForFunction(focusThere, wanted instanceof RegExp ? wanted.source : exactly(wanted));
  } catch (error) {
    throw new Error(`the focus is on “${await focused(page)}” instead of “${wanted}”`, { cause: error });
  }
}

export const focusIsOn = (page, selector) => page.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector);

const isAsWanted = (wanted, found) => (wanted instanceof RegExp ? wanted.test(found) : wanted === found);

/** What the Tab key meets from where the focus is, in this order. */
export async function tabMeets(page, wanted) {
  const found = [];
  for (const _ of wanted) {
    await page.keyboard.press('Tab');
    found.push(await focused(page));
  }
  const asWanted = found.every((stop, index) => isAsWanted(wanted[index], stop));
  assert.ok(asWanted, `the Tab key meets\n  ${found.join('\n  ')}\ninstead of\n  ${wanted.join('\n  ')}`);
}

/** The same from the top of the page, as for somebody who has just opened it. */
export async function tabMeetsFromTop(page, wanted) {
  await page.evaluate(() => {
    const top = document.createElement('div');
    top.tabIndex = -1;
    document.body.prepend(top);
    top.focus();
    top.addEventListener('blur', () => top.remove());
  });
  await tabMeets(page, [`a ${page.says.shell.skip}`, ...wanted]);
}

/** A reader aloud meets these, in this order: each is (a part of) a line of the accessibility tree. */
export async function readsInOrder(page, wanted) {
  const lines = (await page.locator('body').ariaSnapshot()).split('\n');
  let from = 0;
  for (const one of wanted) {
    const at = lines.findIndex((line, index) => index >= from && (one instanceof RegExp ? one.test(line) : line.includes(one)));
    assert.ok(at >= 0, `${one} is missing or out of order in\n${lines.join('\n')}`);
    from = at + 1;
  }
}
