import { useSignal } from '@preact/signals';

import { words } from '../../i18n/words';
import type { WebinarRecord } from '../../protocol/generated';
import type { Problem } from '../../store/api';
import { useClient } from '../client-context';
import { Dialog } from '../pieces/dialog';
import { ProblemLine } from '../pieces/problem-line';
import { useRoomView } from './room-view';

/** Whether the reader may open and end this webinar: its hosts and the administrators. */
export function useOpens(): boolean {
  const { room } = useRoomView();
  const { session } = useClient();
  return room.role.value === 'host' || session.me.value?.siteRole === 'admin';
}

/** Opening, ending and opening again: the host's main act. */
export function HostControls({ record }: { record: WebinarRecord }) {
  const view = useRoomView();
  const says = words.value.webinar;
  const { act, acting, problem } = useStateChange(true);
  const open = (label: string, kind: string) => (
    <button type="button" class={kind} aria-disabled={acting} onClick={() => void act()}>{acting ? says.acting : label}</button>
  );
  return (
    <div class="host-controls">
      {record.state === 'ended' && open(says.reopen, 'button')}
      {record.state === 'scheduled' && open(says.openNow, 'button is-main')}
      {record.state === 'scheduled' && <p class="field-hint">{says.openHint}</p>}
      {record.state === 'live' && (
        <button type="button" class="button" onClick={() => (view.panel.value = 'end')}>{says.end}</button>
      )}
      <ProblemLine problem={problem} />
      <button type="button" class="button" aria-haspopup="dialog" onClick={() => (view.panel.value = 'rules')}>
        {words.value.room.questionRules}
      </button>
    </div>
  );
}

export function EndDialog() {
  const view = useRoomView();
  const says = words.value.webinar;
  const { act, acting, problem } = useStateChange(false);
  const close = (): void => {
    view.panel.value = undefined;
  };
  return (
    <Dialog title={says.endTitle} kind="sheet" onClose={close}>
      <div class="removal">
        <p>{says.endBody}</p>
        <ProblemLine problem={problem} />
        <div class="button-row">
          <button
            type="button"
            class="button is-danger"
            aria-disabled={acting}
            onClick={() => void act().then((done) => {
              if (done) close();
            })}
          >
            {acting ? says.acting : says.endConfirm}
          </button>
          <button type="button" class="button" onClick={close}>{says.endCancel}</button>
        </div>
      </div>
    </Dialog>
  );
}

function useStateChange(live: boolean) {
  const { room } = useRoomView();
  const acting = useSignal(false);
  const problem = useSignal<Problem | undefined>(undefined);
  const act = async (): Promise<boolean> => {
    if (acting.value) return false;
    acting.value = true;
    const outcome = await room.setLive(live);
    acting.value = false;
    problem.value = 'problem' in outcome ? outcome.problem : undefined;
    return problem.value === undefined;
  };
  return { act, acting: acting.value, problem: problem.value };
}
