import type { WebinarState } from '../../protocol/generated';
import { words } from '../../i18n/words';

/** Whether a webinar is on, as a word with a shape. */
export function StateChip({ state }: { state: WebinarState }) {
  return (
    <span class={`state-chip is-${state}`}>
      <span class="state-dot" aria-hidden="true" />
      {words.value.states[state]}
    </span>
  );
}
