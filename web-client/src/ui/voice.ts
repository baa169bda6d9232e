// The page's one polite region and the one announcer that fills it.

import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

import { Announcer } from '../a11y/announcer';
import { words } from '../i18n/words';

export const spoken = signal('');

export const announcer = new Announcer(
  {
    after(milliseconds, call) {
      const timer = setTimeout(call, milliseconds);
      return () => clearTimeout(timer);
    },
  },
  () => ({
    said: (author, text) => words.value.announce.said({ author, text }),
    newMessages: (count) => words.value.announce.newMessages({ count }),
  }),
  (sentence) => {
    // The same sentence twice must change the region, or it is not said again.
    spoken.value = spoken.value === sentence ? `${sentence}\u00a0` : sentence;
  },
);

/** Says a sentence when it appears on the screen or changes there. */
export function useSaid(kind: string, sentence: string | undefined): void {
  useEffect(() => {
    if (sentence !== undefined && sentence !== '') announcer.say(kind, sentence);
  }, [sentence]);
}
