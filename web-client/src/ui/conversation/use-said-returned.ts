import { useEffect, useRef } from 'preact/hooks';

import type { ConversationView } from './conversation-view';
import { announcer } from '../voice';

/** Says aloud that a text came back. */
export function useSaidReturned({ conversation, says }: ConversationView): void {
  const count = conversation.returned.value.length;
  const before = useRef(count);
  useEffect(() => {
    if (count > before.current) announcer.say('returned', says.value.announce.returned);
    before.current = count;
  }, [count]);
}
