import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';

import { language, loadWords, words, type Words } from '../../i18n/words';
import type { Item } from '../../store/api';
import { useClient } from '../client-context';
import { Dialog } from '../pieces/dialog';
import { authorName, useRoomView } from '../room/room-view';
import { announcer, useSaid } from '../voice';

const reasons = ['offTopic', 'repeated', 'hurtful', 'private', 'other'] as const;
type Reason = (typeof reasons)[number];

/** Asks before a message goes, and a host for the reason that its author will read. */
export function RemoveDialog({ item }: { item: Item }) {
  const view = useRoomView();
  const says = words.value.remove;
  const close = (): void => {
    view.removing.value = undefined;
  };
  const remove = (reason?: string): void => {
    if (item.id !== undefined) view.room.remove(item.id, reason);
    close();
    announcer.say('removed', words.value.announce.removed);
  };
  return (
    <Dialog title={item.mine ? says.titleOwn : says.title({ author: authorName(item) })} kind="sheet" onClose={close}>
      {item.mine ? <OwnRemoval remove={remove} close={close} /> : <RemovalWithReason remove={remove} close={close} />}
    </Dialog>
  );
}

interface RemovalProps {
  remove(reason?: string): void;
  close(): void;
}

function OwnRemoval({ remove, close }: RemovalProps) {
  const says = words.value.remove;
  return (
    <div class="removal">
      <p>{says.bodyOwn}</p>
      <div class="button-row">
        <button type="button" class="button is-danger" onClick={() => remove()}>{says.confirm}</button>
        <button type="button" class="button" onClick={close}>{says.cancel}</button>
      </div>
    </div>
  );
}

function RemovalWithReason({ remove, close }: RemovalProps) {
  const chosen = useSignal<Reason | undefined>(undefined);
  const own = useSignal('');
  const missing = useSignal(false);
  const group = useRef<HTMLFieldSetElement>(null);
  const { limits } = useClient();
  const says = words.value.remove;

  useSaid('problem', missing.value ? says.missing : undefined);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const listed = chosen.value === 'other' ? undefined : chosen.value;
    missing.value = listed === undefined && own.value.trim() === '';
    if (missing.value) {
      group.current?.querySelector('input')?.focus();
      return;
    }
    const text = await reasonText(listed, own.value.trim());
    remove([...text].slice(0, limits.value.reasonCharacters).join(''));
  };

  return (
    <form class="removal" onSubmit={(event) => void submit(event)} noValidate>
      <p>{says.body}</p>
      <fieldset ref={group} {...(missing.value ? { 'aria-describedby': 'removal-missing' } : {})}>
        <legend class="choices-legend">{says.reason}</legend>
        {missing.value && <p class="field-error" id="removal-missing">{says.missing}</p>}
        {reasons.map((reason) => (
          <label class="choice" key={reason}>
            <input
              type="radio"
              name="reason"
              checked={chosen.value === reason}
              onChange={() => {
                chosen.value = reason;
                missing.value = false;
              }}
            />
            <span>{says[reason]}</span>
          </label>
        ))}
      </fieldset>
      <div>
        <label class="field-label" for="removal-words">
          {chosen.value === undefined || chosen.value === 'other' ? says.words : says.wordsOptional}
        </label>
        <p class="field-hint" id="removal-hint">{says.wordsHint}</p>
        <textarea
          id="removal-words"
          class="text-area"
          dir="auto"
          aria-describedby="removal-hint"
          value={own.value}
          onInput={(event) => {
            own.value = event.currentTarget.value;
          }}
        />
      </div>
      <div class="button-row">
        <button type="submit" class="button is-danger">{says.confirm}</button>
        <button type="button" class="button" onClick={close}>{says.cancel}</button>
      </div>
    </form>
  );
}

/** A reason of the list goes in both languages: nobody here knows which one its reader reads. Own words go as they are. */
async function reasonText(reason: Exclude<Reason, 'other'> | undefined, own: string): Promise<string> {
  if (reason === undefined) return own;
  const here = words.value.remove[reason];
  let there: Words | undefined;
  try {
    there = await loadWords(language.value === 'en' ? 'fr' : 'en');
  } catch {
    there = undefined;
  }
  return [here, there?.remove[reason] ?? '', own].filter(Boolean).join('\n');
}
