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

interface HostControlsProps {
  record: WebinarRecord;
  /** The press that opens it. */
  onOpen?(): void;
}

/** Opening, ending and opening again: the host's main act. One button through all of it, which keeps the focus. */
export function HostControls({ record, onOpen }: HostControlsProps) {
  const view = useRoomView();
  const says = words.value.webinar;
  const { act, acting, problem } = useStateChange(true);
  const label = { scheduled: says.openNow, live: says.end, ended: says.reopen }[record.state];
  const press = (): void => {
    if (record.state === 'live') {
      view.panel.value = 'end';
    } else {
      onOpen?.();
      void act();
    }
  };
  return (
    <div class="host-controls">
      <button
        type="button"
        class={record.state === 'scheduled' ? 'button is-main' : 'button'}
        aria-disabled={acting}
        onClick={press}
      >
        {acting ? says.acting : label}
      </button>
      {record.state === 'scheduled' && <p class="field-hint">{says.openHint}</p>}
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
