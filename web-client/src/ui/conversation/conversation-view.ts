// What the parts of a conversation's page share while it is open, in a webinar as in a thread: whose menu or removal is asked
// about, what one is writing, and how what is written is called here. Made by the page, given to its parts by context.

import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { signal, type ReadonlySignal } from '@preact/signals';
import type { LucideIcon } from 'lucide-preact';

import { language, type Words } from '../../i18n/words';
import type { Conversation, Draft, Item } from '../../store/api';
import { announcer } from '../voice';
import { copyText } from './texts';

export interface MenuFor {
  readonly key: string;
  /** Gets the focus back. */
  readonly opener: HTMLElement;
}

/** What one can do with an item in this kind of conversation only. */
export interface OwnAct {
  readonly icon: LucideIcon;
  readonly words: string;
  readonly danger?: boolean;
  press(): void;
}

/** What the parts say; in a webinar of messages, in a thread of posts. */
export type ConversationWords = Pick<Words, 'log' | 'message' | 'actions' | 'remove' | 'returned' | 'composer' | 'announce'>;

export abstract class ConversationView {
  abstract readonly says: ReadonlySignal<ConversationWords>;
  readonly menu = signal<MenuFor | undefined>(undefined);
  readonly removing = signal<string | undefined>(undefined);
  /** Whether the requests for a second look are before the reader. */
  readonly appealsShown = signal(false);
  /** The language the next item is marked with; undefined: the interface's. */
  readonly writesIn = signal<string | undefined>(undefined);
  /** An item to bring into view and point at. */
  readonly target = signal<{ readonly id: number; readonly pos: number | undefined } | undefined>(undefined);
  /** Grows when the log should go to its end: one has just sent something. */
  readonly toEnd = signal(0);
  /** Texts to read at length: each stands for itself under its number, and Enter begins a new line. */
  readonly longTexts: boolean = false;

  private composer: HTMLTextAreaElement | null = null;

  constructor(readonly conversation: Conversation) {}

  /** What an item is here beside a text, in a word or two. */
  markOf(_item: Item): string | undefined {
    return undefined;
  }

  ownActs(_item: Item): readonly OwnAct[] {
    return [];
  }

  /** Of one that was removed nothing is left to do, but what is its conversation's own. */
  hasMenu(item: Item): boolean {
    return item.removed === undefined || this.ownActs(item).length > 0;
  }

  /** What else goes when this item is removed. */
  removalTakes(_item: Item): string | undefined {
    return undefined;
  }

  /** What is said about removals in a language: a reason goes to its reader in both. */
  abstract wordsOfRemoval(of: 'en' | 'fr'): Promise<ConversationWords['remove']>;

  readonly holdComposer = (element: HTMLTextAreaElement | null): void => {
    this.composer = element;
  };

  showAppeals(): void {
    this.appealsShown.value = true;
  }

  /** At once: a key may be pressed before the next drawing, and it must find this text. */
  private write(draft: Draft): void {
    this.conversation.saveDraft(draft);
    this.showDraft();
  }

  private showDraft(): void {
    if (this.composer !== null) this.composer.value = this.conversation.draft.value.text;
  }

  focusComposer(): boolean {
    this.composer?.focus();
    return this.composer !== null;
  }

  /** The item as it is now; it may have changed since a menu was opened. */
  item(key: string): Item | undefined {
    const { log } = this.conversation;
    return log.items[log.indexOfKey(key)];
  }

  reply(item: Item): void {
    if (item.id === undefined) return;
    const { text } = this.leaveEdit();
    this.write({ text, replyTo: item.id });
    this.focusComposer();
  }

  edit(item: Item): void {
    if (item.id === undefined) return;
    const draft = this.conversation.draft.value;
    const before = draft.editing === undefined ? draft : draft.before;
    this.write({ text: item.text, editing: item.id, ...(before === undefined ? {} : { before }) });
    this.focusComposer();
  }

  /** Ends an edit without saving; what was being written before it comes back. */
  leaveEdit(): Draft {
    const { editing, before } = this.conversation.draft.value;
    if (editing !== undefined) this.write(before ?? { text: '' });
    return this.conversation.draft.value;
  }

  send(): void {
    const { conversation } = this;
    const { text, replyTo, editing, before } = conversation.draft.value;
    if (editing !== undefined) {
      conversation.edit(editing, text);
      if (before !== undefined) conversation.saveDraft(before);
    } else {
      const lang = this.writesIn.value ?? language.value;
      conversation.post(text, replyTo === undefined ? { lang } : { lang, replyTo });
      this.toEnd.value += 1;
    }
    this.showDraft();
  }

  /** Puts a text back where it can be written again, after what stands there. */
  reuse(text: string): void {
    const draft = this.conversation.draft.value;
    this.write({ ...draft, text: draft.text.trim() === '' ? text : `${draft.text}\n${text}` });
    this.focusComposer();
  }

  discard(intentKey: string): void {
    const text = this.conversation.discard(intentKey);
    if (text !== undefined && this.conversation.draft.value.text.trim() === '') this.reuse(text);
  }

  async copy({ text }: Pick<Item, 'text'>): Promise<void> {
    if (await copyText(text)) announcer.say('copied', this.says.value.announce.copied);
  }
}

const ConversationViewContext = createContext<ConversationView | undefined>(undefined);
export const ConversationViewProvider = ConversationViewContext.Provider;

export function useConversationView(): ConversationView {
  const view = useContext(ConversationViewContext);
  if (view === undefined) throw new Error('outside of a conversation');
  return view;
}
