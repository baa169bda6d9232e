import { useEffect, useRef } from 'preact/hooks';

import { threadWords } from '../../i18n/words';
import { useClient } from '../client-context';
import { Composer } from '../composer/composer';
import { addressOf, followLink } from '../route';
import { useThreadView } from './thread-view';

/** Where one writes and who will read it; or what one needs to write. */
export function WritingPlace() {
  const view = useThreadView();
  const { session } = useClient();
  const { thread } = view;
  const place = useRef<HTMLDivElement>(null);
  // A guest whose question was carried over from a webinar can change it, and writes nothing else.
  const edits = thread.mayEdit.value && thread.draft.value.editing !== undefined;
  const writes = thread.mayPost.value || edits;
  const edited = useRef(edits);
  useEffect(() => {
    if (edits && !edited.current) view.focusComposer();
    if (!writes && edited.current) place.current?.querySelector('a')?.focus();
    edited.current = edits;
  }, [edits, writes]);
  return (
    <div class="thread-writing" ref={place}>
      <Readers />
      {writes ? <Composer /> : <p class="write-note">{session.known.value ? <NeedsAccount /> : '\u00a0'}</p>}
    </div>
  );
}

/** Before one writes it is said who reads; nothing while that is not known. */
function Readers() {
  const { thread } = useThreadView();
  const says = threadWords.value;
  const visibility = thread.board.value?.visibility;
  if (visibility === undefined) return <p class="thread-readers">{'\u00a0'}</p>;
  return <p class="thread-readers">{visibility === 'public' ? says.readPublic : says.readMembers}</p>;
}

function NeedsAccount() {
  const { session } = useClient();
  const says = threadWords.value;
  return (
    <>
      {session.me.value?.kind === 'guest' ? says.needsAccountGuest : says.needsAccount}{' '}
      <a href={addressOf.you} onClick={followLink}>{says.toYou}</a>
    </>
  );
}
