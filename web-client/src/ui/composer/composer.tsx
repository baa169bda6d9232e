import { ArrowUp, Check, X } from 'lucide-preact';
import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';

import { messageLanguages } from '../../i18n/languages';
import { language } from '../../i18n/words';
import { useClient } from '../client-context';
import { InTurn } from '../in-turn';
import { useConversationView, type ConversationView } from '../conversation/conversation-view';
import { authorName, excerpt } from '../conversation/texts';
import { growWithText } from '../pieces/grow-with-text';
import { characters } from './characters';

/** From here on the reader is told how many characters are left. */
const tellsFrom = 200;

/** Where one writes. What is typed is kept on the device at each key, and the place grows with it to six lines. */
export function Composer() {
  const view = useConversationView();
  const { conversation } = view;
  const { limits } = useClient();
  const field = useRef<HTMLTextAreaElement>(null);
  const draft = conversation.draft.value;
  const says = view.says.value.composer;
  const limit = conversation.noun === 'post' ? 'postCharacters' : 'textCharacters';
  const leftOf = (text: string): number => limits.value[limit] - characters(text);
  const isSendable = (text: string): boolean => text.trim() !== '' && leftOf(text) >= 0;
  const left = leftOf(draft.text);
  const newLine = view.longTexts || isUnderFinger();
  // Stays once it was there: a row that folds when the focus leaves moves the message that is just being pressed.
  const used = useSignal(draft.text !== '');

  useLayoutEffect(() => {
    view.holdComposer(field.current);
    return () => view.holdComposer(null);
  }, []);
  useLayoutEffect(() => {
    if (field.current !== null) growWithText(field.current);
  }, [draft.text]);

  // What is written now, not what was drawn last: keys may be quicker than drawing.
  const send = (): void => {
    if (!isSendable(conversation.draft.value.text)) return;
    view.send();
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey && (event.ctrlKey || event.metaKey || !newLine)) {
      event.preventDefault();
      send();
    } else if (event.key === 'Escape') {
      const { editing, replyTo } = conversation.draft.value;
      if (editing === undefined && replyTo === undefined) return;
      event.preventDefault();
      leave(view);
    }
  };

  return (
    <form
      class={used.value ? 'composer is-used' : 'composer'}
      aria-label={says.label}
      data-part
      onFocusIn={() => {
        used.value = true;
      }}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Banner />
      <div class="composer-line">
        <div class="composer-box">
          <textarea
            class="composer-field"
            ref={field}
            rows={1}
            dir="auto"
            lang={view.writesIn.value ?? language.value}
            aria-label={says.label}
            placeholder={says.placeholder}
            aria-describedby="composer-left"
            aria-invalid={left < 0}
            value={draft.text}
            enterkeyhint={newLine ? 'enter' : 'send'}
            onInput={(event) => {
              conversation.saveDraft({ ...conversation.draft.value, text: event.currentTarget.value });
              conversation.sayTyping();
            }}
            onKeyDown={onKeyDown}
          />
          <div class="composer-tools">
            {draft.editing === undefined && <InTurn><LanguageOfMessage /></InTurn>}
            <p id="composer-left" class={left < 0 ? 'composer-left is-over' : 'composer-left'}>
              {left < 0 ? says.tooLong({ count: -left }) : left < tellsFrom ? says.left({ count: left }) : ''}
            </p>
          </div>
        </div>
        <button
          type="submit"
          class="composer-send"
          aria-label={draft.editing === undefined ? says.send : says.save}
          aria-disabled={!isSendable(draft.text)}
          onPointerDown={keepKeyboardOpen}
        >
          {draft.editing === undefined ? <ArrowUp size={22} aria-hidden="true" /> : <Check size={22} aria-hidden="true" />}
        </button>
      </div>
    </form>
  );
}

// Under a finger the Enter key of the screen's keyboard is the only way to a new line, and the button sends.
function isUnderFinger(): boolean {
  return matchMedia('(hover: none) and (pointer: coarse)').matches;
}

// A press on the button would take the focus from the text and fold the screen's keyboard away.
function keepKeyboardOpen(event: PointerEvent): void {
  if (event.pointerType === 'touch') event.preventDefault();
}

function leave(view: ConversationView): void {
  const { editing, text } = view.conversation.draft.value;
  if (editing === undefined) view.conversation.saveDraft({ text });
  else view.leaveEdit();
  view.focusComposer();
}

function Banner() {
  const view = useConversationView();
  const { log, draft } = view.conversation;
  void log.version.value;
  const { replyTo, editing } = draft.value;
  const says = view.says.value.composer;
  if (replyTo === undefined && editing === undefined) return null;
  const about = log.find(editing ?? replyTo ?? 0);
  const title =
    editing !== undefined
      ? says.editing
      : about === undefined
        ? view.says.value.message.replyToUnknown
        : about.mine
          ? says.replyingSelf
          : says.replying({ author: authorName(about) });
  return (
    <div class="composer-banner">
      <p class="composer-about">
        <strong>{title}</strong>
        {about !== undefined && <span class="composer-quote" lang={about.lang} dir="auto">{excerpt(about, 90)}</span>}
      </p>
      <button
        type="button"
        class="icon-button"
        aria-label={editing === undefined ? says.cancelReply : says.cancelEdit}
        onClick={() => leave(view)}
      >
        <X size={20} aria-hidden="true" />
      </button>
    </div>
  );
}

function LanguageOfMessage() {
  const view = useConversationView();
  const says = view.says.value.composer;
  const chosen = view.writesIn.value ?? language.value;
  return (
    <select
      class="composer-language"
      aria-label={says.language}
      value={chosen}
      onChange={(event) => {
        const tag = event.currentTarget.value;
        view.writesIn.value = tag === language.value ? undefined : tag;
      }}
    >
      {messageLanguages.map(([tag, name]) => <option key={tag} value={tag} lang={tag}>{name}</option>)}
      <option value="und">{says.otherLanguage}</option>
    </select>
  );
}
