import type { ComponentChildren } from 'preact';

import { useSaid } from '../voice';
import { Hall } from './hall';

interface NoticeProps {
  title: string;
  children: ComponentChildren;
  /** What one can do; the first is the main one. */
  actions?: ComponentChildren;
  /** The title is the page's. */
  page?: boolean;
  /** It stands where something was expected: it is said aloud. */
  said?: boolean;
  light?: 'on' | 'off';
}

/** A designed state of a screen or a list: what is the case, what one can do. */
export function Notice({ title, children, actions, page = false, said = false, light = 'off' }: NoticeProps) {
  useSaid('notice', said ? title : undefined);
  return (
    <div class="notice">
      <Hall light={light} />
      {page ? <h1 class="notice-title" tabIndex={-1}>{title}</h1> : <h2 class="notice-title">{title}</h2>}
      <p class="notice-text">{children}</p>
      {actions !== undefined && <div class="button-row notice-actions">{actions}</div>}
    </div>
  );
}
