// What the parts of a webinar's page share while it is open: the room, which message's menu or removal is asked about, and
// what one is writing. Made by the page, given to its parts by context.

import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { signal } from '@preact/signals';

import { language, words } from '../../i18n/words';
import type { Draft, Item, Room } from '../../store/api';
import { plainText } from '../pieces/rich-text';
import { announcer } from '../voice';
import { widest } from '../wide';

export interface MenuFor {
  readonly key: string;
  /** Gets the focus back. */
  readonly opener: HTMLElement;
}

export type RoomTab = 'chat' | 'questions';

/** The address keeps which part is shown, so that a reload and a link lead there. */
const questionsFragment = '#questions';

export class RoomView {
  readonly tab = signal<RoomTab>(location.hash === questionsFragment ? 'questions' : 'chat');
  /** The form in which one asks is open. */
  readonly asking = signal(false);
  /** A host is deciding about a question: on a phone the part with the questions is all the sheet’s. */
  readonly deciding = signal(false);
  /** A question whose verbs a host asks for. */
  readonly deskAsked = signal<number | undefined>(undefined);
  readonly menu = signal<MenuFor | undefined>(undefined);
  readonly removing = signal<string | undefined>(undefined);
  readonly panel = signal<'about' | 'people' | 'end' | 'rules' | 'appeals' | undefined>(undefined);
  /** The language the next message is marked with; undefined: the interface's. */
  readonly writesIn = signal<string | undefined>(undefined);
  /** A message to bring into view and point at. */
  readonly target = signal<{ readonly id: number; readonly pos: number | undefined } | undefined>(undefined);
  /** Grows when the log should go to its end: one has just sent something. */
  readonly toEnd = signal(0);

  private composer: HTMLTextAreaElement | null = null;
  private asker: HTMLButtonElement | null = null;

  constructor(readonly room: Room) {}

  readonly holdComposer = (element: HTMLTextAreaElement | null): void => {
    this.composer = element;
  };

  readonly holdAsker = (element: HTMLButtonElement | null): void => {
    this.asker = element;
  };

  /** Whether this part is before the reader. */
  shows(tab: RoomTab): boolean {
    return widest.value || this.tab.value === tab;
  }

  show(tab: RoomTab): void {
    this.tab.value = tab;
    history.replaceState(null, '', tab === 'questions' ? questionsFragment : location.pathname);
  }

  /** Where one takes part in what is shown. */
  focusPart(): void {
    if (this.tab.value === 'chat') this.focusComposer();
    else this.asker?.focus();
  }

  /** At once: a key may be pressed before the next drawing, and it must find this text. */
  private write(draft: Draft): void {
    this.room.saveDraft(draft);
    this.showDraft();
  }

  private showDraft(): void {
    if (this.composer !== null) this.composer.value = this.room.draft.value.text;
  }

  focusComposer(): boolean {
    this.composer?.focus();
    return this.composer !== null;
  }

  /** The item as it is now; it may have changed since a menu was opened. */
  item(key: string): Item | undefined {
    return this.room.log.items[this.room.log.indexOfKey(key)];
  }

  reply(item: Item): void {
    if (item.id === undefined) return;
    const { text } = this.leaveEdit();
    this.write({ text, replyTo: item.id });
    this.focusComposer();
  }

  edit(item: Item): void {
    if (item.id === undefined) return;
    const draft = this.room.draft.value;
    const before = draft.editing === undefined ? draft : draft.before;
    this.write({ text: item.text, editing: item.id, ...(before === undefined ? {} : { before }) });
    this.focusComposer();
  }

  /** Ends an edit without saving; what was being written before it comes back. */
  leaveEdit(): Draft {
    const { editing, before } = this.room.draft.value;
    if (editing !== undefined) this.write(before ?? { text: '' });
    return this.room.draft.value;
  }

  send(): void {
    const { text, replyTo, editing, before } = this.room.draft.value;
    if (editing !== undefined) {
      this.room.edit(editing, text);
      if (before !== undefined) this.room.saveDraft(before);
    } else {
      const lang = this.writesIn.value ?? language.value;
      this.room.post(text, replyTo === undefined ? { lang } : { lang, replyTo });
      this.toEnd.value += 1;
    }
    this.showDraft();
  }

  /** Puts a text back where it can be written again, after what stands there. */
  reuse(text: string): void {
    const draft = this.room.draft.value;
    this.write({ ...draft, text: draft.text.trim() === '' ? text : `${draft.text}\n${text}` });
    this.focusComposer();
  }

  discard(intentKey: string): void {
    const text = this.room.discard(intentKey);
    if (text !== undefined && this.room.draft.value.text.trim() === '') this.reuse(text);
  }

  async copy(item: Item): Promise<void> {
    if (await copyText(item.text)) announcer.say('copied', words.value.announce.copied);
  }
}

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
  return item.mine ? words.value.message.you : (item.author?.name ?? '');
}

/** The words of a message without its markup, on one line. */
export function excerpt(item: Item, longest: number): string {
  const text = item.body === undefined ? item.text.replace(/\s+/g, ' ').trim() : plainText(item.body);
  return text.length > longest ? `${[...text].slice(0, longest).join('')}…` : text;
}

const RoomViewContext = createContext<RoomView | undefined>(undefined);
export const RoomViewProvider = RoomViewContext.Provider;

export function useRoomView(): RoomView {
  const view = useContext(RoomViewContext);
  if (view === undefined) throw new Error('outside of a webinar');
  return view;
}
