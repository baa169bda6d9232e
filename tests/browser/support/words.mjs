// What the screens say, from the same files the client is built with: a test names a control as its reader does.

import { readFileSync } from 'node:fs';

const read = (language) => JSON.parse(readFileSync(new URL(`../../../web-client/src/i18n/${language}.json`, import.meta.url), 'utf8'));

export const words = { en: read('en'), fr: read('fr') };
