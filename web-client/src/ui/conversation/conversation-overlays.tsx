import { AppealsDialog } from '../appeals/lazy';
import { lazyScreen } from '../pieces/lazy-screen';
import { useConversationView } from './conversation-view';

const MessageMenu = lazyScreen(() => import('../log/message-menu').then((file) => file.MessageMenu));
const RemoveDialog = lazyScreen(() => import('../log/remove-dialog').then((file) => file.RemoveDialog));

/** While nobody waits. */
export function fetchOverlaysAhead(): void {
  for (const screen of [MessageMenu, RemoveDialog]) screen.fetchAhead();
}

/** What is asked about one item, above the conversation; and the requests for a second look. */
export function ConversationOverlays() {
  const view = useConversationView();
  const asked = view.menu.value;
  const removing = view.removing.value === undefined ? undefined : view.item(view.removing.value);
  return (
    <>
      {asked !== undefined && <MessageMenu key={asked.key} asked={asked} />}
      {removing !== undefined && removing.removed === undefined && <RemoveDialog item={removing} />}
      {view.appealsShown.value && <AppealsDialog />}
    </>
  );
}
