import { words } from '../../i18n/words';
import { Hall } from '../pieces/hall';
import { useRoomView } from './room-view';

/** Before anybody has written. */
export function EmptyLog() {
  const { room } = useRoomView();
  const says = words.value.log;
  const ended = room.record.value?.state === 'ended';
  return (
    <div class="log-empty">
      <Hall light={room.record.value?.state === 'live' ? 'on' : 'off'} />
      <p class="log-empty-title">{ended ? says.emptyEnded : says.emptyTitle}</p>
      {!ended && <p>{room.mayPost.value ? says.empty : says.emptyReader}</p>}
    </div>
  );
}
