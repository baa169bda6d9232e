// What a press or a key in the log means. One handler for all rows: a row says with `data-act` what its controls do.

import type { Item } from '../../store/api';
import type { ConversationView } from '../conversation/conversation-view';
import type { LogController } from './log-controller';

function keyOf(target: EventTarget | null): string | undefined {
  return target instanceof Element ? target.closest<HTMLElement>('.log-row')?.dataset['key'] : undefined;
}

export function onClick(event: MouseEvent, view: ConversationView): void {
  const target = event.target as Element;
  const key = keyOf(target);
  const item = key === undefined ? undefined : view.item(key);
  if (key === undefined || item === undefined || target.closest('a') !== null) return;
  const control = target.closest<HTMLElement>('[data-act]');
  if (control !== null) act(control, item, view);
  else if (opensByPress(event, target) && view.hasMenu(item)) openMenu(key, view, target.closest<HTMLElement>('article'));
}

function act(control: HTMLElement, item: Item, view: ConversationView): void {
  const { conversation } = view;
  switch (control.dataset['act']) {
    case 'more':
      openMenu(item.key, view, control.closest<HTMLElement>('article'));
      break;
    case 'quote':
      if (item.replyTo !== undefined) view.target.value = { id: item.replyTo.id, pos: item.replyTo.pos };
      break;
    case 'react': {
      const emoji = control.dataset['emoji'] ?? '';
      const mine = item.reactions.some((reaction) => reaction.emoji === emoji && reaction.mine);
      if (item.id !== undefined) conversation.react(item.id, emoji, !mine);
      break;
    }
    case 'retry':
      if (item.intent !== undefined) conversation.retry(item.intent.key);
      break;
    case 'discard':
      if (item.intent !== undefined) view.discard(item.intent.key);
      break;
  }
}

// A finger has no hover: the bubble itself opens its menu. A reader aloud presses the article, which arrives as a click
// without a pointer (detail 0). A selection of text is no press.
function opensByPress(event: MouseEvent, target: Element): boolean {
  if (getSelection()?.isCollapsed === false) return false;
  if (event.detail === 0) return target.closest('article') !== null;
  return target.closest('.bubble') !== null && matchMedia('(hover: none)').matches;
}

function openMenu(key: string, view: ConversationView, opener: HTMLElement | null): void {
  if (opener !== null) view.menu.value = { key, opener };
}

export function holdFocused(event: FocusEvent, controller: LogController): void {
  const key = keyOf(event.target);
  if (key !== undefined) controller.choose(key);
}

const steps: Readonly<Record<string, number>> = {
  ArrowUp: -1,
  ArrowDown: 1,
  PageUp: -10,
  PageDown: 10,
  Home: -Infinity,
  End: Infinity,
};

export function onKeyDown(event: KeyboardEvent, view: ConversationView, controller: LogController): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const target = event.target as Element;
  if (event.key === 'Escape') {
    if (view.focusComposer()) event.preventDefault();
    return;
  }
  if (target.closest('button, a') !== null) return;
  const step = steps[event.key];
  if (step !== undefined) {
    event.preventDefault();
    void controller.step(step);
  } else if (event.key === 'Enter' || event.key === 'ContextMenu') {
    const item = controller.activeItem;
    if (item === undefined || !view.hasMenu(item) || target.closest('article') === null) return;
    event.preventDefault();
    openMenu(item.key, view, target.closest<HTMLElement>('article'));
  }
}
