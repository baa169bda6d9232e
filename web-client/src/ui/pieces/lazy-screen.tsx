import type { ComponentType, JSX } from 'preact';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

import { words } from '../../i18n/words';
import { useSaid } from '../voice';

type LazyScreen<Props> = ((props: Props) => JSX.Element | null) & {
  /** Fetches it while nobody waits, so that it is there at once when asked for. A failure shows when it is asked for. */
  fetchAhead(): void;
};

/**
 * A screen whose program is fetched when it is first shown; nothing for the moment it takes, words when it fails. `mayBeAbsent`:
 * the page is whole without it, and says nothing of it then.
 */
export function lazyScreen<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  { mayBeAbsent = false }: { mayBeAbsent?: boolean } = {},
): LazyScreen<Props> {
  let loaded: ComponentType<Props> | undefined;
  const fetchAhead = (): void => {
    load().then(
      (component) => {
        loaded = component;
      },
      () => undefined,
    );
  };
  function Lazy(props: Props): JSX.Element | null {
    const state = useSignal<'loading' | 'loaded' | 'failed'>(loaded === undefined ? 'loading' : 'loaded');
    const fetchIt = (): void => {
      state.value = 'loading';
      load().then(
        (component) => {
          loaded = component;
          state.value = 'loaded';
        },
        () => {
          state.value = 'failed';
        },
      );
    };
    useEffect(() => {
      if (loaded === undefined) fetchIt();
    }, []);
    useSaid('lazy', state.value === 'failed' && !mayBeAbsent ? words.value.errors.noConnection : undefined);
    if (state.value === 'loaded' && loaded !== undefined) {
      const Screen = loaded;
      return <Screen {...props} />;
    }
    if (state.value === 'loading' || mayBeAbsent) return null;
    return (
      <div class="lazy-failed">
        <p>{words.value.errors.noConnection}</p>
        <button type="button" class="button" onClick={fetchIt}>{words.value.webinars.retry}</button>
      </div>
    );
  }
  return Object.assign(Lazy, { fetchAhead });
}
