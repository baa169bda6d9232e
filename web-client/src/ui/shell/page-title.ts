import { useEffect, useRef } from 'preact/hooks';

import { words } from '../../i18n/words';
import { moves } from '../route';

/** The tab's title; and after a move inside the page, the focus on the new page's heading once it is there. */
export function usePageTitle(page: string, unread = 0): void {
  const title = words.value.app.titleOf({ page });
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) ${title}` : title;
  }, [title, unread]);
  const focused = useRef(moves.value === 0);
  useEffect(() => {
    if (focused.current) return;
    const headings = [...document.querySelectorAll<HTMLElement>('h1[tabindex="-1"]')];
    const heading = headings.find((candidate) => candidate.getClientRects().length > 0);
    heading?.focus();
    focused.current = heading !== undefined;
  });
}
