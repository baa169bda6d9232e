// What people do with questions, and what they see of them. Everything waits for what the page shows.

export async function openQuestions(page) {
  const { room, questions } = page.says;
  await page.getByRole('tab', { name: room.questions }).click();
  await page.getByRole('button', { name: questions.ask, exact: true }).waitFor();
}

export async function ask(page, text, { anonymous = false } = {}) {
  const { questions } = page.says;
  await page.getByRole('button', { name: questions.ask, exact: true }).click();
  await page.getByRole('textbox', { name: questions.yourQuestion }).fill(text);
  if (anonymous) await page.getByRole('checkbox', { name: questions.noName }).check();
  await page.getByRole('button', { name: questions.submit, exact: true }).click();
}

/** From a dismissal: the text is back in the form, and is written anew. */
export async function askAgain(page, before, text) {
  const { questions } = page.says;
  await ownQuestion(page, before).getByRole('button', { name: questions.askAgain }).click();
  const field = page.getByRole('textbox', { name: questions.yourQuestion });
  if (!(await field.inputValue()).includes(before)) throw new Error(`the form holds ${await field.inputValue()}`);
  await field.fill(text);
  await page.getByRole('button', { name: questions.submit, exact: true }).click();
}

export const ownQuestion = (page, text) => page.getByRole('article').filter({ hasText: text }).and(page.locator('.is-own')).first();

export const publicQuestion = (page, text) =>
  page.locator('.question-section:not(.is-own)').getByRole('article').filter({ hasText: text }).first();

// ---- the desk

export const deskRow = (page, text) => page.locator('.desk-row').filter({ hasText: text }).first();

export const segment = (page, name) => page.getByRole('tab', { name: new RegExp(`^${page.says.questions[name]}`) });

/** A press on a question shows what can be done with it. */
export async function openVerbs(page, text) {
  await deskRow(page, text).getByRole('button', { name: text }).first().click();
  await page.getByRole('region', { name: page.says.questions.verbs }).waitFor();
}

export const verb = (page, name) => page.locator('.verb').filter({ hasText: page.says.questions[name] }).first();
