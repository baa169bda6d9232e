import { setLanguage, words, type Language } from '../../i18n/words';
import type { Client } from '../../store/api';
import { announcer } from '../voice';

/** Draws the page anew in this language and remembers it; stays as it is, and says so, when the words cannot be fetched. */
export async function chooseLanguage(client: Client, next: Language): Promise<void> {
  try {
    await setLanguage(next);
  } catch {
    announcer.say('language', words.value.errors.noConnection);
    return;
  }
  client.rememberLanguage(next);
  announcer.say('language', words.value.announce.language);
}
