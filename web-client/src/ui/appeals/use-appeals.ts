import { useEffect } from 'preact/hooks';

import { dateOf, dayNumber, timeOf } from '../../i18n/format';
import type { Appeals } from '../../store/appeal-api';
import { useRoomView } from '../room/room-view';
import { now } from '../today';

/** Undefined while their program is on its way. */
export function useAppeals(): Appeals | undefined {
  const { room } = useRoomView();
  const appeals = room.appeals.value;
  useEffect(() => {
    if (appeals === undefined) void room.openAppeals();
  }, [room, appeals]);
  return appeals;
}

/** "2:05 p.m.", with the date where it is another day. */
export function momentOf(at: number): string {
  const time = timeOf(at);
  return dayNumber(at) === dayNumber(now.value) ? time : `${dateOf(at)}, ${time}`;
}
