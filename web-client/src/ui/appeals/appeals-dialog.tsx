import { useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';

import { appealWords } from '../../i18n/words';
import type { Appeal } from '../../store/appeal-api';
import { Dialog } from '../pieces/dialog';
import { Notice } from '../pieces/notice';
import { useConversationView } from '../conversation/conversation-view';
import { AppealCase, DecidedCase } from './appeal-case';
import { useAppeals } from './use-appeals';

/** Requests for a second look, one before the reader at a time: the text in context first, the acts under the thumb. */
export function AppealsDialog() {
  const view = useConversationView();
  return (
    <Dialog title={appealWords.value.title} kind="side" onClose={() => (view.appealsShown.value = false)}>
      <Queue />
    </Dialog>
  );
}

function Queue() {
  const appeals = useAppeals();
  const { noun } = useConversationView().conversation;
  const says = appealWords.value;
  const shown = useSignal<number | undefined>(undefined);
  const place = useRef<HTMLDivElement>(null);
  const desk = appeals?.desk.value ?? 'loading';
  if (desk === 'failed') return <Notice said title={says.failedTitle}>{says.failed}</Notice>;
  if (appeals === undefined || desk === 'loading') return <p class="people-count" aria-busy="true">{says.loading}</p>;

  // Those one can decide come first; what was decided on this screen stays until one goes on.
  const open = [...appeals.open.value].sort((a, b) => Number(a.isForOthers) - Number(b.isForOthers));
  const current = (shown.value === undefined ? undefined : appeals.find(shown.value)) ?? open[0];
  const go = (id: number | undefined): void => {
    shown.value = id;
    place.current?.focus();
  };
  if (current === undefined) {
    return (
      <>
        <Notice title={says.emptyTitle}>{noun === 'post' ? says.emptyPosts : says.empty}</Notice>
        <Decided appeals={appeals.decided.value} />
      </>
    );
  }
  const at = open.findIndex(({ id }) => id === current.id);
  return (
    <div class="appeals" ref={place} tabIndex={-1}>
      <Steps at={at} open={open} go={go} />
      <AppealCase key={current.id} appeal={current} stay={() => (shown.value = current.id)} />
      {at === -1 && <Decided appeals={appeals.decided.value.filter(({ id }) => id !== current.id)} />}
    </div>
  );
}

/** `at`: -1 once the one before the reader has been decided. */
function Steps({ at, open, go }: { at: number; open: readonly Appeal[]; go(id: number): void }) {
  const says = appealWords.value;
  const before = open[at - 1];
  const after = open[at + 1];
  if (open.length === 0 || (at === 0 && open.length === 1)) return null;
  return (
    <div class="appeals-steps">
      {before !== undefined && <button type="button" class="link-button" onClick={() => go(before.id)}>{says.previous}</button>}
      <span class="count">{at === -1 ? says.openQueue({ count: open.length }) : says.place({ at: at + 1, count: open.length })}</span>
      {after !== undefined && <button type="button" class="link-button" onClick={() => go(after.id)}>{says.next}</button>}
    </div>
  );
}

function Decided({ appeals }: { appeals: readonly Appeal[] }) {
  if (appeals.length === 0) return null;
  return (
    <section class="appeals-decided" aria-labelledby="appeals-decided">
      <h3 id="appeals-decided" class="about-heading">{appealWords.value.decidedTitle}</h3>
      <ul>
        {appeals.map((appeal) => (
          <li key={appeal.id}><DecidedCase appeal={appeal} /></li>
        ))}
      </ul>
    </section>
  );
}
