// What people do in a conversation, a webinar's or a thread's, and what they see there. Everything waits for what the page shows.

/** What is called a message in a webinar is a post in a thread. */
const wordsFor = (page) => (page.url().includes('/t/') ? page.says.threads.post : page.says);

export async function enterRoom(page, address, webinar) {
  await page.goto(`${address}/w/${webinar}`);
  await page.getByRole('log').waitFor();
}

export async function joinRoom(page, name) {
  await page.getByLabel(page.says.join.name).fill(name);
  await page.getByRole('button', { name: page.says.join.submit, exact: true }).click();
  await composer(page).waitFor();
}

export const composer = (page) => page.getByRole('textbox', { name: wordsFor(page).composer.label });

/** As on any device: the text, then the button beside it. */
export async function write(page, text) {
  await composer(page).fill(text);
  await page.getByRole('button', { name: page.says.composer.send, exact: true }).click();
}

/** Resolves when this, and nothing else, stands where one writes. */
export const draftIs = (page, text) => page.waitForFunction((wanted) => document.querySelector('textarea')?.value === wanted, text);

export const message = (page, text) => page.getByRole('log').getByRole('article').filter({ hasText: text }).first();

/** The texts in the log, in their order, as this person sees them. */
export const seenTexts = (page) => page.locator('.log .rich-text').allInnerTexts();

/** Resolves when the log shows exactly these texts, none of them waiting for anything. */
export async function seesExactly(page, texts) {
  const shows = (wanted) => {
    const seen = [...document.querySelectorAll('.log .rich-text')].map((text) => text.innerText);
    const waits = document.querySelector('.message.waiting, .message.sending, .message.failed') !== null;
    return !waits && JSON.stringify(seen) === JSON.stringify(wanted);
  };
  try {
    await page.waitForFunction(shows, texts);
  } catch (error) {
    throw new Error(`${JSON.stringify(await seenTexts(page))} instead of ${JSON.stringify(texts)}`, { cause: error });
  }
}

/** Opens what one can do with a message, with the mouse. */
export async function openMenu(page, text) {
  const row = message(page, text);
  await row.hover();
  await row.getByRole('button', { name: wordsFor(page).message.more }).click();
  return page.getByRole('dialog');
}
