import { useEffect } from 'preact/hooks';

import { useClient } from '../client-context';
import { inTurn } from '../in-turn';

/** So long a conversation has the line and the processor for itself. */
const conversationComesFirstMs = 10_000;

/**
 * Begins to follow what is new, once for the whole page: when it is known who reads, after the first screen is drawn, and only
 * where something shows the number.
 */
export function FollowNews({ inConversation, showsPlaces }: { inConversation: boolean; showsPlaces: boolean }) {
  const client = useClient();
  const isKnown = client.session.known.value;
  // Also the moment to fetch its program once more, where there was no line for it.
  const isOnline = client.connection.state.value === 'online';
  useEffect(() => {
    if (!showsPlaces || !isKnown || client.news.peek() !== undefined) return undefined;
    let takeBack = (): void => undefined;
    const timer = setTimeout(() => (takeBack = inTurn(() => void client.openNews())), inConversation ? conversationComesFirstMs : 0);
    return () => {
      clearTimeout(timer);
      takeBack();
    };
  }, [showsPlaces, isKnown, isOnline, inConversation]);
  return null;
}
