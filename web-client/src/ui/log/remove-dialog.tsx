import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';

import { language } from '../../i18n/words';
import type { Item } from '../../store/api';
import { useClient } from '../client-context';
import { useConversationView, type ConversationView } from '../conversation/conversation-view';
import { authorName } from '../conversation/texts';
import { Dialog } from '../pieces/dialog';
import { announcer, useSaid } from '../voice';

const reasons = ['offTopic', 'repeated', 'hurtful', 'private', 'other'] as const;
type Reason = (typeof reasons)[number];

/** Asks before a message goes, and a host for the reason that its author will read. */
export function RemoveDialog({ item }: { item: Item }) {
  const view = useConversationView();
  const says = view.says.value.remove;
  const close = (): void => {
    view.removing.value = undefined;
  };
  const remove = (reason?: string): void => {
    if (item.id !== undefined) view.conversation.remove(item.id, reason);
    close();
    announcer.say('removed', view.says.value.announce.removed);
  };
  const takes = view.removalTakes(item);
  return (
    <Dialog title={item.mine ? says.titleOwn : says.title({ author: authorName(item) })} kind="sheet" onClose={close}>
      {item.mine ? <OwnRemoval {...{ remove, close, takes }} /> : <RemovalWithReason {...{ remove, close, takes }} />}
    </Dialog>
  );
}

interface RemovalProps {
  remove(reason?: string): void;
  close(): void;
  /** What else goes with it. */
  takes: string | undefined;
}

function OwnRemoval({ remove, close, takes }: RemovalProps) {
  const says = useConversationView().says.value.remove;
  return (
    <div class="removal">
      <p>{says.bodyOwn}</p>
      {takes !== undefined && <p>{takes}</p>}
      <div class="button-row">
        <button type="button" class="button is-danger" onClick={() => remove()}>{says.confirm}</button>
        <button type="button" class="button" onClick={close}>{says.cancel}</button>
      </div>
    </div>
  );
}

interface RemovalWithReasonProps extends RemovalProps {
  /** Where what goes is not a message: what is said instead of it. */
  instead?: { readonly body: string; readonly confirm: string; readonly cancel: string };
}

export function RemovalWithReason({ remove, close, takes, instead }: RemovalWithReasonProps) {
  const view = useConversationView();
  const chosen = useSignal<Reason | undefined>(undefined);
  const own = useSignal('');
  const missing = useSignal(false);
  const group = useRef<HTMLFieldSetElement>(null);
  const { limits } = useClient();
  const says = view.says.value.remove;

  useSaid('problem', missing.value ? says.missing : undefined);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const listed = chosen.value === 'other' ? undefined : chosen.value;
    missing.value = listed === undefined && own.value.trim() === '';
    if (missing.value) {
      group.current?.querySelector('input')?.focus();
      return;
    }
    const text = await reasonText(view, listed, own.value.trim());
    remove([...text].slice(0, limits.value.reasonCharacters).join(''));
  };

  return (
    <form class="removal" onSubmit={(event) => void submit(event)} noValidate>
      <p>{instead?.body ?? says.body}</p>
      {takes !== undefined && <p>{takes}</p>}
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
        <button type="submit" class="button is-danger">{instead?.confirm ?? says.confirm}</button>
        <button type="button" class="button" onClick={close}>{instead?.cancel ?? says.cancel}</button>
      </div>
    </form>
  );
}

/** A reason of the list goes in both languages: nobody here knows which one its reader reads. Own words go as they are. */
async function reasonText(view: ConversationView, reason: Exclude<Reason, 'other'> | undefined, own: string): Promise<string> {
  if (reason === undefined) return own;
  const here = view.says.value.remove[reason];
  let there: Record<Reason, string> | undefined;
  try {
    there = await view.wordsOfRemoval(language.value === 'en' ? 'fr' : 'en');
  } catch {
    there = undefined;
  }
  return [here, there?.[reason] ?? '', own].filter(Boolean).join('\n');
}
