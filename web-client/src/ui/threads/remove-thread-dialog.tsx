import { useSignal } from '@preact/signals';

import { threadWords } from '../../i18n/words';
import type { Problem } from '../../store/api';
import { RemovalWithReason } from '../log/remove-dialog';
import { Dialog } from '../pieces/dialog';
import { ProblemLine } from '../pieces/problem-line';
import { useThreadView } from './thread-view';

/** Asks before what is left of a thread goes, and for the reason that its author will read. */
export function RemoveThreadDialog({ firstPost }: { firstPost: number }) {
  const view = useThreadView();
  const says = threadWords.value.takeThread;
  const problem = useSignal<Problem | undefined>(undefined);
  const isAsking = useSignal(false);
  const close = (): void => {
    view.removingThread.value = undefined;
  };
  const remove = async (reason: string): Promise<void> => {
    if (isAsking.value) return;
    isAsking.value = true;
    problem.value = undefined;
    const outcome = await view.thread.removeThread(firstPost, reason);
    isAsking.value = false;
    if ('ok' in outcome) close();
    else problem.value = outcome.problem;
  };
  return (
    <Dialog title={says.title} kind="sheet" onClose={close}>
      <ProblemLine problem={problem.value} />
      <RemovalWithReason remove={(reason) => void remove(reason ?? '')} close={close} takes={undefined} instead={says} />
    </Dialog>
  );
}
