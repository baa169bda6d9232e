// What every screen about boards begins with.

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

import type { Boards } from '../../store/board-api';
import { useClient } from '../client-context';

interface Opening {
  /** Undefined until their program is here. */
  boards: Boards | undefined;
  /** It could not be fetched. */
  failed: boolean;
  retry(): void;
}

/** The boards; the first screen that needs them fetches their program. */
export function useBoards(): Opening {
  const client = useClient();
  const failed = useSignal(false);
  const open = (): void => {
    failed.value = false;
    void client.openBoards().then((isThere) => (failed.value = !isThere));
  };
  useEffect(() => {
    if (client.boards.peek() === undefined) open();
  }, []);
  return { boards: client.boards.value, failed: failed.value, retry: open };
}
