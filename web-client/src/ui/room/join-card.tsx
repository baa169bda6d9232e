import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';

import { words } from '../../i18n/words';
import { useClient } from '../client-context';
import { Field } from '../pieces/field';
import { problemSentence } from '../problem';
import { announcer } from '../voice';
import { useRoomView } from './room-view';

/** Where the composer will be: a name, and one is in. It says first what is kept and who sees the name. */
export function JoinCard({ onJoined }: { onJoined(): void }) {
  const { room } = useRoomView();
  const { session, limits } = useClient();
  const joining = session.joining.value;
  const refused = joining?.webinar === room.webinar ? joining : undefined;
  const name = useSignal(refused?.name ?? '');
  const missing = useSignal(false);
  const field = useRef<HTMLInputElement>(null);
  const says = words.value.join;
  const record = room.record.value;

  const submit = (event: Event): void => {
    event.preventDefault();
    missing.value = name.value.trim() === '';
    if (missing.value) {
      field.current?.focus();
      return;
    }
    session.join(room.webinar, name.value.trim());
    announcer.say('joined', says.joined);
    onJoined();
  };
  const error = missing.value
    ? says.nameMissing
    : refused?.problem === undefined
      ? undefined
      : problemSentence(words.value, refused.problem);

  return (
    <form class="join" aria-labelledby="join-title" onSubmit={submit} noValidate data-part>
      <h2 id="join-title" class="join-title">{says.title}</h2>
      <Field
        id="join-name"
        label={says.name}
        value={name.value}
        error={error}
        maxCharacters={limits.value.nameCharacters}
        autoComplete="name"
        field={field}
        onInput={(value) => {
          name.value = value;
          if (value.trim() !== '') missing.value = false;
        }}
        after={<button type="submit" class="button is-main">{says.submit}</button>}
      />
      <p class="join-note">{record?.peopleVisible === 'names' ? says.seenByAll : says.seenByHosts} {says.noAccount}</p>
    </form>
  );
}
