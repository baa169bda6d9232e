import { MessageCircleQuestionMark } from 'lucide-preact';
import { useEffect, useRef } from 'preact/hooks';

import { language, questionWords } from '../../i18n/words';
import { useClient } from '../client-context';
import { useRoomView } from '../room/room-view';
import { askFieldId, useAskForm } from './ask-view';
import { rulesOf, useAsking, useQuestions } from './use-questions';
import { LanguageChoice, TextField, useLength } from './writing';

/** Where one asks, in a thumb's reach; or why one cannot now. */
export function AskPlace({ onAsked }: { onAsked(): void }) {
  const view = useRoomView();
  const asking = useAsking();
  const form = useAskForm();
  const questions = useQuestions();
  const says = questionWords.value;
  const wasOpen = useRef(false);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    view.holdAsker(button.current);
    if (wasOpen.current && !form.isOpen) button.current?.focus();
    wasOpen.current = form.isOpen;
    return () => view.holdAsker(null);
  }, [form.isOpen, asking]);
  if (asking === 'over') return <p class="write-note">{says.over}</p>;
  if (asking === 'paused') return <p class="write-note">{says.paused}</p>;
  if (asking === 'join') {
    return view.room.record.value?.state === 'ended' ? null : <p class="ask-join">{says.joinFirst}</p>;
  }
  if (form.isOpen) return <AskForm onAsked={onAsked} />;
  return (
    <div class="ask-bar" data-part>
      <button type="button" class="button is-main" ref={button} onClick={form.open}>
        <MessageCircleQuestionMark size={20} aria-hidden="true" />
        <span>{questions.draft.value.text.trim() === '' ? says.ask : says.goOn}</span>
      </button>
    </div>
  );
}

export function AskForm({ onAsked }: { onAsked(): void }) {
  const form = useAskForm();
  const questions = useQuestions();
  const { limits } = useClient();
  const field = useRef<HTMLTextAreaElement>(null);
  const draft = questions.draft.value;
  const length = useLength(draft.text, limits.value.questionCharacters);
  const isOptional = useRules().names === 'optional';
  const says = questionWords.value;
  useEffect(() => field.current?.focus(), []);

  const submit = (event: Event): void => {
    event.preventDefault();
    if (!length.isFit) {
      field.current?.focus();
      return;
    }
    questions.ask(draft.text, draft.lang ?? language.value, isOptional ? draft.anonymous === true : undefined);
    form.close();
    onAsked();
  };
  return (
    <form
      class="ask-form"
      aria-label={says.ask}
      data-part
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.isComposing) form.close();
      }}
    >
      <TextField
        id={askFieldId}
        label={says.yourQuestion}
        placeholder={says.placeholder}
        lang={draft.lang ?? language.value}
        value={draft.text}
        length={length}
        field={field}
        onInput={(text) => questions.saveDraft({ ...questions.draft.value, text })}
        tools={
          <LanguageChoice
            label={says.language}
            chosen={draft.lang ?? language.value}
            onChoose={(lang) => questions.saveDraft({ ...questions.draft.value, lang })}
          />
        }
      />
      <NameChoice />
      <WhoReads />
      <div class="button-row">
        <button type="submit" class="button is-main" aria-disabled={!length.isFit}>{says.submit}</button>
        <button type="button" class="button is-plain" onClick={form.close}>{says.later}</button>
      </div>
    </form>
  );
}

function useRules() {
  return rulesOf(useRoomView().room.record.value);
}

/** Whose name stands beside it is said before one asks. */
function NameChoice() {
  const { session } = useClient();
  const questions = useQuestions();
  const { names } = useRules();
  const says = questionWords.value;
  const name = session.me.value?.name ?? '';
  const draft = questions.draft.value;
  if (names === 'anonymous') return <p class="ask-note">{says.noNames}</p>;
  if (names === 'named') return <p class="ask-note">{says.named({ name })}</p>;
  return (
    <>
      <label class="choice ask-name">
        <input
          type="checkbox"
          checked={draft.anonymous === true}
          aria-describedby="ask-name-note"
          onChange={(event) => questions.saveDraft({ ...questions.draft.value, anonymous: event.currentTarget.checked })}
        />
        <span>{says.noName}</span>
      </label>
      <p class="ask-note" id="ask-name-note">{draft.anonymous === true ? says.noNameSays : says.named({ name })}</p>
    </>
  );
}

function WhoReads() {
  const { room } = useRoomView();
  const { review } = useRules();
  const says = questionWords.value;
  const reviewed = review && !room.moderates.value;
  return <p class="ask-note">{reviewed ? says.hostReadsFirst : says.everyoneSees}</p>;
}
