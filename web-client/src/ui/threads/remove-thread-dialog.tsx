import { useSignal } from '@preact/signals';

import { threadWords } from '../../i18n/words';
import type { Problem } from '../../store/api';
import { Dialog } from '../pieces/dialog';
import { ProblemLine } from '../pieces/problem-line';
import { useThreadView } from './thread-view';

/** Asks before what is left of a thread goes. Its author has taken the text already: there is nobody to give a reason to. */
export function RemoveThreadDialog({ firstPost }: { firstPost: number }) {
  const view = useThreadView();
  const says = threadWords.value.takeThread;
  const problem = useSignal<Problem | undefined>(undefined);
  const isAsking = useSignal(false);
  const close = (): void => {
    view.removingThread.value = undefined;
  };
  const remove = async (): Promise<void> => {
    if (isAsking.value) return;
    isAsking.value = true;
    problem.value = undefined;
    const outcome = await view.thread.removeThread(firstPost);
    isAsking.value = false;
    if ('ok' in outcome) close();
    else problem.value = outcome.problem;
  };
  return (
    <Dialog title={says.title} kind="sheet" onClose={close}>
      <div class="removal">
        <p>{says.body}</p>
        <ProblemLine problem={problem.value} />
        <div class="button-row">
          <button type="button" class="button is-danger" aria-disabled={isAsking.value} onClick={() => void remove()}>{says.confirm}</button>
          <button type="button" class="button" onClick={close}>{says.cancel}</button>
        </div>
      </div>
    </Dialog>
  );
}
