import { useEffect, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';

import { appealWords, language } from '../../i18n/words';
import type { AppealTarget } from '../../protocol/generated';
import { useClient } from '../client-context';
import { TextField, useLength } from '../questions/writing';
import { announcer } from '../voice';
import { repliesTo, replyText, type Reply, type Verdict } from './replies';

interface AnswerFormProps {
  target: AppealTarget;
  verdict: Verdict;
  confirm: string;
  text: string;
  onInput(text: string): void;
  submit(): void;
  back(): void;
}

/** No decision without an answer to its author; a saved one is a press away and can be changed. */
export function AnswerForm({ target, verdict, confirm, text, onInput, submit, back }: AnswerFormProps) {
  const { limits } = useClient();
  const missing = useSignal(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const length = useLength(text, limits.value.reasonCharacters);
  const says = appealWords.value;
  useEffect(() => form.current?.querySelector('button')?.focus(), []);

  const take = async (reply: Reply): Promise<void> => {
    const saved = await replyText(reply);
    missing.value = false;
    onInput(text.trim() === '' ? saved : `${text.trimEnd()}\n${saved}`);
    field.current?.focus();
  };
  const onSubmit = (event: Event): void => {
    event.preventDefault();
    missing.value = text.trim() === '';
    if (length.isFit) return submit();
    if (missing.value) announcer.say('problem', says.answerMissing);
    field.current?.focus();
  };
  return (
    <form class="appeal-answer-form" ref={form} onSubmit={onSubmit} noValidate>
      <div class="appeal-replies" role="group" aria-label={says.replies}>
        {repliesTo(target, verdict).map((reply) => (
          <button key={reply} type="button" class="appeal-reply" onClick={() => void take(reply)}>{says[reply]}</button>
        ))}
      </div>
      <TextField
        id="appeal-answer"
        label={says.yourAnswer}
        placeholder={says.answerHint}
        lang={language.value}
        value={text}
        length={length}
        error={missing.value ? says.answerMissing : undefined}
        field={field}
        onInput={(value) => {
          missing.value = false;
          onInput(value);
        }}
      />
      <div class="button-row">
        <button type="submit" class="button is-main">{confirm}</button>
        <button type="button" class="button" onClick={back}>{says.back}</button>
      </div>
    </form>
  );
}
