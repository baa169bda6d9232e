// What is done with the text of an item wherever it stands.

import { words } from '../../i18n/words';
import type { Item } from '../../store/api';
import { plainText } from '../pieces/rich-text';

/** False where the browser did not let us; the Clipboard API needs a secure context, which a local network has not. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const holder = document.createElement('textarea');
    holder.value = text;
    holder.className = 'only-read-aloud';
    document.body.append(holder);
    const before = document.activeElement;
    holder.select();
    const copied = document.execCommand('copy');
    holder.remove();
    if (before instanceof HTMLElement) before.focus();
    return copied;
  }
}

export function authorName(item: Item): string {
  return item.mine ? words.value.message.you : (item.author?.name ?? words.value.message.unnamed);
}

/** The words of an item without its markup, on one line. */
export function excerpt(item: Item, longest: number): string {
  const text = item.body === undefined ? item.text.replace(/\s+/g, ' ').trim() : plainText(item.body);
  return text.length > longest ? `${[...text].slice(0, longest).join('')}…` : text;
}
