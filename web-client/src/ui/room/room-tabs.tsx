import { useRef } from 'preact/hooks';

import { words } from '../../i18n/words';
import { useRoomView, type RoomTab } from './room-view';

const tabs: readonly RoomTab[] = ['chat', 'questions'];

const steps: Readonly<Record<string, (at: number) => number>> = {
  ArrowRight: (at) => at + 1,
  ArrowLeft: (at) => at - 1,
  Home: () => 0,
  End: () => tabs.length - 1,
};

/** The parts of a webinar, one at a time where there is no room for more; each says what is new in it. */
export function RoomTabs() {
  const view = useRoomView();
  const list = useRef<HTMLDivElement>(null);
  const says = words.value.room;
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const at = (step(tabs.indexOf(view.tab.value)) + tabs.length) % tabs.length;
    view.show(tabs[at] ?? 'chat');
    (list.current?.children[at] as HTMLElement | undefined)?.focus();
  };
  return (
    <div class="room-tabs" role="tablist" aria-label={says.tabs} ref={list} onKeyDown={onKeyDown} data-part>
      {tabs.map((tab) => (
        <button
          key={tab}
          type="button"
          class="room-tab"
          role="tab"
          id={`tab-${tab}`}
          aria-controls={`panel-${tab}`}
          aria-selected={view.tab.value === tab}
          tabIndex={view.tab.value === tab ? 0 : -1}
          onClick={() => view.show(tab)}
        >
          <span>{says[tab]}</span>
          <News tab={tab} />
        </button>
      ))}
    </div>
  );
}

/** What is new where one is not looking, and for hosts what waits for them. */
function News({ tab }: { tab: RoomTab }) {
  const { room, tab: shown } = useRoomView();
  const says = words.value.room;
  const questions = room.questions.value;
  if (tab === 'chat') {
    const count = shown.value === 'chat' ? 0 : room.log.unreadCount.value;
    return <Badge count={count} says={says.newShort({ count })} />;
  }
  const waiting = questions?.toReview.value.length ?? 0;
  if (waiting > 0) return <Badge count={waiting} says={says.toReviewShort({ count: waiting })} waits />;
  const count = shown.value === 'questions' ? 0 : (questions?.unseen.value ?? 0);
  return <Badge count={count} says={says.newQuestionsShort({ count })} />;
}

interface BadgeProps {
  readonly count: number;
  readonly says: string;
  readonly waits?: boolean;
}

/** Two tabs of two words each are too much for a phone: there it is a number, and the words are read aloud. */
function Badge({ count, says, waits = false }: BadgeProps) {
  if (count === 0) return null;
  return (
    <span class={waits ? 'news is-waiting' : 'news'}>
      <span class="only-phone" aria-hidden="true">{words.value.webinar.hereShort({ count })}</span>
      <span class="only-phone only-read-aloud">{says}</span>
      <span class="only-wide">{says}</span>
    </span>
  );
}
