// What people do on boards and in their threads. Everything waits for what the page shows.

export async function board(admin, en, fr, more = {}) {
  const purpose = { en: `All about: ${en}`, fr: `Autour de : ${fr}` };
  const made = await admin.op('board.create', { name: { en, fr }, purpose, visibility: 'public', ...more });
  return made.board;
}

export const startThread = (api, on, title, text, kind = 'discussion') => api.op('thread.start', { board: on, title, text, lang: 'en', kind });

export async function boardPage(page, address, of, name) {
  await page.goto(`${address}/b/${of}`);
  await page.getByRole('heading', { level: 1, name }).waitFor();
}

export const threadRow = (page, title) => page.locator('.thread-row').filter({ hasText: title }).first();

export async function openThread(page, title) {
  await threadRow(page, title).getByRole('link').first().click();
  await page.getByRole('log').waitFor();
}

/** Of the form for a new thread. */
export const draftFields = (page) => ({
  title: page.getByRole('textbox', { name: page.says.boards.threadTitle }),
  text: page.getByRole('textbox', { name: page.says.boards.text, exact: true }),
});

/** Of What's New. */
export const entry = (page, text) => page.locator('.news-entry').filter({ hasText: text }).first();
