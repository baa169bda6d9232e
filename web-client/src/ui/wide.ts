// Whether the page has room for the stage beside the conversation, as a signal: what is not shown is not drawn either.
// The same width as .only-laptop in style/utilities.css.

import { signal } from '@preact/signals';

const query = matchMedia('(min-width: 64.0625em)');

export const wide = signal(query.matches);

query.addEventListener('change', () => {
  wide.value = query.matches;
});
