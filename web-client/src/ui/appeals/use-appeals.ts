import { useEffect } from 'preact/hooks';

import type { Appeals } from '../../store/appeal-api';
import { useConversationView } from '../conversation/conversation-view';

/** Undefined while their program is on its way. */
export function useAppeals(): Appeals | undefined {
  const { conversation } = useConversationView();
  const appeals = conversation.appeals.value;
  useEffect(() => {
    if (appeals === undefined) void conversation.openAppeals();
  }, [conversation, appeals]);
  return appeals;
}
