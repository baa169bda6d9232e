import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

import type { News } from '../../store/news-api';
import { useClient } from '../client-context';

interface Opening {
  /** Undefined until their program is here. */
  news: News | undefined;
  /** It could not be fetched. */
  failed: boolean;
  retry(): void;
}

/** What is new. The page follows it sooner or later by itself; who wants to read it now does not wait for that. */
export function useNews(): Opening {
  const client = useClient();
  const failed = useSignal(false);
  const open = (): void => {
    failed.value = false;
    void client.openNews().then((isThere) => (failed.value = !isThere));
  };
  useEffect(() => {
    if (client.news.peek() === undefined) open();
  }, []);
  return { news: client.news.value, failed: failed.value, retry: open };
}
