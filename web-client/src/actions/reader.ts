// Who reads on this page: what one person was shown or wrote is not the next one's.

import { computed, type ReadonlySignal } from '@preact/signals';
import type { ClientState } from '../store/client-state';

/// 0: nobody. Undefined until it is known.
export function readerOf({ known, me }: ClientState): ReadonlySignal<number | undefined> {
  return computed(() => (known.value ? (me.value?.id ?? 0) : undefined));
}
