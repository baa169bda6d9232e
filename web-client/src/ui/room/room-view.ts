// What the parts of a webinar's page share while it is open, beside its conversation: which part is shown, and what is asked.

import { signal } from '@preact/signals';

import { loadWords, words } from '../../i18n/words';
import type { Room } from '../../store/api';
import { ConversationView, useConversationView, type ConversationWords } from '../conversation/conversation-view';
import { widest } from '../wide';

export type RoomTab = 'chat' | 'questions';

/** The address keeps which part is shown, so that a reload and a link lead there. */
const questionsFragment = '#questions';

export class RoomView extends ConversationView {
  readonly says = words;
  readonly tab = signal<RoomTab>(location.hash === questionsFragment ? 'questions' : 'chat');
  /** The form in which one asks is open. */
  readonly asking = signal(false);
  /** A host is deciding about a question: on a phone the part with the questions is all the sheet’s. */
  readonly deciding = signal(false);
  /** A question whose verbs a host asks for. */
  readonly deskAsked = signal<number | undefined>(undefined);
  readonly panel = signal<'about' | 'people' | 'end' | 'rules' | undefined>(undefined);

  private asker: HTMLButtonElement | null = null;

  constructor(readonly room: Room) {
    super(room);
  }

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

  override showAppeals(): void {
    this.panel.value = undefined;
    super.showAppeals();
  }

  async wordsOfRemoval(of: 'en' | 'fr'): Promise<ConversationWords['remove']> {
    return (await loadWords(of)).remove;
  }
}

export function useRoomView(): RoomView {
  const view = useConversationView();
  if (!(view instanceof RoomView)) throw new Error('outside of a webinar');
  return view;
}
