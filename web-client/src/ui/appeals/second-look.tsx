import { useEffect, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';

import { dateOf } from '../../i18n/format';
import { appealWords, language, words } from '../../i18n/words';
import type { OwnAppeal } from '../../protocol/generated';
import type { AppealAct, Taken } from '../../store/appeal-api';
import { useClient } from '../client-context';
import { problemSentence } from '../problem';
import { TextField, useLength } from '../questions/writing';
import { announcer, useSaid } from '../voice';
import { readableReply } from './replies';
import { takenWords } from './taken-words';
import { useAppeals } from './use-appeals';

export interface SecondLookProps {
  taken: Taken;
  until: number;
  appeal?: OwnAppeal | undefined;
}

/** For the author of what was taken: the way to ask somebody else, then where that stands, in words. */
export function SecondLook({ taken, until, appeal }: SecondLookProps) {
  const appeals = useAppeals();
  const asks = useSignal(false);
  const text = useSignal('');
  const place = useRef<HTMLDivElement>(null);
  const act = appeal === undefined ? appeals?.asked(taken) : undefined;
  const says = appealWords.value;
  const state = appeal === undefined ? undefined : stateSentence(taken, appeal);
  useSaid(`appeal-${taken.target}-${taken.id}`, state);

  const ask = (): void => {
    appeals?.make(taken, text.value.trim());
    asks.value = false;
    place.current?.focus();
  };
  const change = (key: string): void => {
    text.value = appeals?.discard(key) ?? text.value;
    asks.value = true;
  };
  return (
    <div class="second-look" ref={place} tabIndex={-1}>
      {appeal !== undefined && <AppealState state={state ?? ''} appeal={appeal} />}
      {act !== undefined && <AskState act={act} change={() => change(act.key)} />}
      {appeal === undefined && act === undefined && (
        <>
          {until < Date.now() ? (
            <p class="field-hint">{says.timeOver}</p>
          ) : asks.value ? (
            <AskForm
              id={`appeal-${taken.target}-${taken.id}`}
              until={until}
              text={text.value}
              onInput={(value) => (text.value = value)}
              submit={ask}
              cancel={() => {
                asks.value = false;
                place.current?.focus();
              }}
            />
          ) : (
            <button type="button" class="button" onClick={() => (asks.value = true)}>{says.ask}</button>
          )}
        </>
      )}
    </div>
  );
}

function stateSentence({ target }: Taken, { state }: OwnAppeal): string {
  if (state === 'open') return appealWords.value.waiting;
  return takenWords(target)[state];
}

function AppealState({ state, appeal }: { state: string; appeal: OwnAppeal }) {
  const says = appealWords.value;
  return (
    <>
      <p class={`second-look-state is-${appeal.state}`}>{state}</p>
      <dl class="returned-facts">
        {appeal.answer !== undefined && (
          <>
            <dt>{says.answer}</dt>
            <dd dir="auto">{readableReply(appeal.answer)}</dd>
          </>
        )}
        <dt>{says.youSaid}</dt>
        <dd dir="auto">{appeal.text}</dd>
      </dl>
    </>
  );
}

/** On its way; or stopped, and why. */
function AskState({ act, change }: { act: AppealAct; change(): void }) {
  const appeals = useAppeals();
  const says = words.value.message;
  const stopped = act.state === 'failed' || act.state === 'aged';
  const why = act.problem === undefined || act.state === 'aged' ? '' : ` ${problemSentence(words.value, act.problem)}`;
  const sentence = `${act.state === 'aged' ? says.aged : appealWords.value.notSent}${why}`;
  useSaid('appeal-sending', stopped ? sentence : undefined);
  if (!stopped) return <p class="second-look-state is-open">{act.state === 'waiting' ? says.waiting : says.sending}</p>;
  return (
    <>
      <p class="field-error">{sentence}</p>
      <div class="button-row">
        <button type="button" class="button is-main" onClick={() => appeals?.retry(act.key)}>
          {act.state === 'aged' ? says.sendNow : says.retry}
        </button>
        <button type="button" class="button" onClick={change}>{says.discard}</button>
      </div>
    </>
  );
}

interface AskFormProps {
  id: string;
  until: number;
  text: string;
  onInput(text: string): void;
  submit(): void;
  cancel(): void;
}

function AskForm({ id, until, text, onInput, submit, cancel }: AskFormProps) {
  const { limits } = useClient();
  const missing = useSignal(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const length = useLength(text, limits.value.reasonCharacters);
  const says = appealWords.value;
  useEffect(() => {
    field.current?.focus();
    field.current?.form?.scrollIntoView({ block: 'nearest' });
  }, []);
  const onSubmit = (event: Event): void => {
    event.preventDefault();
    missing.value = text.trim() === '';
    if (length.isFit) return submit();
    if (missing.value) announcer.say('problem', says.whyMissing);
    field.current?.focus();
  };
  return (
    <form class="second-look-form" onSubmit={onSubmit} noValidate>
      <p class="field-hint">{says.once({ day: dateOf(until) })}</p>
      <TextField
        id={id}
        label={says.why}
        lang={language.value}
        value={text}
        length={length}
        error={missing.value ? says.whyMissing : undefined}
        field={field}
        onInput={(value) => {
          missing.value = false;
          onInput(value);
        }}
      />
      <div class="button-row">
        <button type="submit" class="button is-main">{says.submit}</button>
        <button type="button" class="button" onClick={cancel}>{says.notNow}</button>
      </div>
    </form>
  );
}
