import { RefreshCw, WifiOff } from 'lucide-preact';
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

import { words } from '../../i18n/words';
import { useClient } from '../client-context';
import { announcer } from '../voice';

/** A drop shorter than this is nobody's business. */
const patience = 1_200;

/** A thin bar with words, only when something is wrong, and it says that nothing is lost. */
export function ConnectionBar() {
  const client = useClient();
  const { connection, unsent, disk } = client;
  const state = connection.state.value;
  const troubled = useTrouble(state !== 'online', state === 'offline' || state === 'stopped');
  const says = words.value.connection;
  const sentences = {
    connecting: connection.everOnline.value ? waitingSentence(unsent.value) : says.connecting,
    online: undefined,
    waiting: waitingSentence(unsent.value),
    offline: says.offline,
    stopped: says.stopped,
  };
  const sentence = troubled ? sentences[state] : undefined;
  useSaid(sentence);
  if (sentence === undefined) return null;
  return (
    <aside class={state === 'stopped' ? 'connection-bar is-stopped' : 'connection-bar'} aria-label={says.label} data-part>
      <WifiOff size={18} aria-hidden="true" />
      <p>
        {sentence}
        {disk.value === 'unavailable' && unsent.value > 0 && ` ${says.notKept}`}
      </p>
      {(state === 'waiting' || state === 'connecting') && (
        <button type="button" aria-disabled={state === 'connecting'} onClick={() => connection.retryNow()}>{says.tryNow}</button>
      )}
      {state === 'stopped' && <button type="button" onClick={() => connection.reload()}>{says.reload}</button>}
    </aside>
  );
}

/** Another release is served, and nothing is unsent. */
export function ReleaseBar() {
  const { connection } = useClient();
  const says = words.value.connection;
  if (!connection.reloadReady.value) return null;
  return (
    <aside class="connection-bar is-release" aria-label={says.release} data-part>
      <RefreshCw size={18} aria-hidden="true" />
      <p>{says.release}</p>
      <button type="button" onClick={() => connection.reload()}>{says.reload}</button>
    </aside>
  );
}

function waitingSentence(unsent: number): string {
  const says = words.value.connection;
  return unsent > 0 ? says.waitingWithUnsent({ count: unsent }) : says.waiting;
}

/** True once trouble has lasted, at once when it is certain. */
function useTrouble(troubled: boolean, certain: boolean): boolean {
  const shown = useSignal(false);
  useEffect(() => {
    if (!troubled || certain) {
      shown.value = troubled;
      return undefined;
    }
    const timer = setTimeout(() => (shown.value = true), patience);
    return () => clearTimeout(timer);
  }, [troubled, certain]);
  return shown.value && troubled;
}

function useSaid(sentence: string | undefined): void {
  const before = useRef<string>();
  useEffect(() => {
    if (sentence !== undefined) announcer.say('connection', sentence);
    else if (before.current !== undefined) announcer.say('connection', words.value.connection.backOnline);
    before.current = sentence;
  }, [sentence]);
}
