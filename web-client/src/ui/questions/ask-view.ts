// The form in which one asks: whether it is open, and how a text comes back into it.

import type { OwnQuestion } from '../../store/question-api';
import { useRoomView } from '../room/room-view';
import { useQuestions } from './use-questions';

export const askFieldId = 'ask-text';

export interface AskView {
  readonly isOpen: boolean;
  open(): void;
  close(): void;
  /** Puts a text back where it can be written again, after what stands there. */
  refill(question: Pick<OwnQuestion, 'text' | 'lang' | 'anonymous'>): void;
}

export function useAskForm(): AskView {
  const view = useRoomView();
  const questions = useQuestions();
  const open = (): void => {
    view.asking.value = true;
    document.getElementById(askFieldId)?.focus();
  };
  return {
    isOpen: view.asking.value,
    open,
    close: () => (view.asking.value = false),
    refill({ text, lang, anonymous }) {
      const { text: before } = questions.draft.value;
      questions.saveDraft({ text: before.trim() === '' ? text : `${before}\n${text}`, lang, anonymous });
      open();
    },
  };
}
