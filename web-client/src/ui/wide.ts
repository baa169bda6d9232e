// How much room the page has, as signals: what is not shown is not drawn either.

import { signal, type ReadonlySignal } from '@preact/signals';

function matching(condition: string): ReadonlySignal<boolean> {
  const query = matchMedia(condition);
  const matches = signal(query.matches);
  query.addEventListener('change', () => {
    matches.value = query.matches;
  });
  return matches;
}

/** The stage stands beside the conversation. The same width as .only-laptop in style/utilities.css. */
export const wide = matching('(min-width: 64.0625em)');

/** The questions stand beside both, without tabs. The same width as in room/room-page.css. */
export const widest = matching('(min-width: 90em)');
