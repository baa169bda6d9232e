// The questions of a scene: the real derivation over records that the scene holds; what one wants of them goes nowhere.

import { signal } from '@preact/signals';

import { OpenedQuestions } from '../src/actions/questions';
import type { Notes } from '../src/actions/notes';
import type { QuestionsState } from '../src/store/questions';
import type { RoomState } from '../src/store/room-state';
import type { LiveRecord } from '../src/sync/channel';
import type { Engine } from '../src/sync/engine';
import type { Intent } from '../src/sync/intent';
import type { SendState } from '../src/sync/outbox';
import type { Sink } from '../src/sync/subscription';
import { systemTimers } from '../src/sync/timers';

export interface SceneQuestions {
  readonly records?: readonly LiveRecord[];
  readonly backstage?: readonly LiveRecord[];
  readonly own?: readonly LiveRecord[];
  readonly wishes?: readonly { readonly intent: Intent; readonly state: SendState }[];
  readonly status?: 'loading' | 'ready' | 'failed';
  readonly draft?: { readonly text: string; readonly anonymous?: boolean };
}

export function openSceneQuestions(webinar: number, scene: SceneQuestions | undefined, moderates: boolean): OpenedQuestions {
  const { status = 'ready' } = scene ?? {};
  const cursor = { epoch: 'scene', c: 1, rev: 1 };
  const change = (put: readonly LiveRecord[]) => ({ reset: true, put, gone: [], cursor, ranges: [], newestPos: 0 });
  const tell = (sink: Sink, put: readonly LiveRecord[]): void => {
    if (status === 'ready') sink.changed(change(put));
    if (status === 'failed') sink.became('refused');
  };
  const channel = `webinar/${webinar}`;
  const desk = `${channel}/backstage`;
  const engine = {
    conversations: {
      part(_channel: string, _name: string, make: () => QuestionsState): QuestionsState {
        const part = make();
        part.takeOwn(change(scene?.own ?? []));
        for (const { intent, state } of scene?.wishes ?? []) part.wish(intent, state);
        return part;
      },
      followBeside: (_channel: string, other: string, sink: Sink) => tell(sink, (other === desk ? scene?.backstage : scene?.records) ?? []),
      unfollowBeside: () => undefined,
    },
    intend: () => undefined,
    retry: () => undefined,
    discard: () => undefined,
    ask: () => Promise.resolve({ problem: { code: 'overloaded' } }),
  };
  const notes = { read: () => Promise.resolve(undefined), write: () => undefined, drop: () => undefined };
  const room = { webinar, channel, wasCurrent: signal(true), desk: signal(moderates ? desk : undefined) };
  const opened = new OpenedQuestions(
    room as unknown as RoomState,
    engine as unknown as Engine,
    notes as unknown as Notes,
    systemTimers,
    signal('online'),
  );
  if (scene?.draft !== undefined) opened.saveDraft(scene.draft);
  return opened;
}
