import type { ReturnedText } from '../../store/api';
import { useConversationView, type ConversationView } from '../conversation/conversation-view';
import { readableReason } from './replies';
import { SecondLook } from './second-look';
import { takenWords } from './taken-words';

/** One's own texts that somebody removed: why, the text to write it anew, and a second look. Nobody is moderated in silence. */
export function ReturnedTexts() {
  const view = useConversationView();
  const { conversation } = view;
  const says = view.says.value.returned;
  const returned = conversation.returned.value[0];
  if (returned === undefined) return null;
  const isBack = returned.appeal?.state === 'overturned';
  const close = (): void => conversation.dismissReturned(returned.id);
  return (
    <section class={isBack ? 'returned is-back' : 'returned'} aria-labelledby="returned-title" data-part>
      <h2 id="returned-title" class="returned-title">{titleOf(returned, view)}</h2>
      <dl class="returned-facts">
        <dt>{says.reason}</dt>
        <dd class="returned-reason" dir="auto">{readableReason(returned.reason, view.says.value.remove)}</dd>
        <dt>{says.text}</dt>
        <dd class="returned-text" dir="auto">{returned.text}</dd>
      </dl>
      <SecondLook key={returned.id} taken={{ target: conversation.noun, id: returned.id }} until={returned.appealUntil} appeal={returned.appeal} />
      <div class="button-row returned-acts">
        {conversation.mayPost.value && !isBack && (
          <button
            type="button"
            class="button is-main"
            onClick={() => {
              view.reuse(returned.text);
              close();
            }}
          >
            {says.reuse}
          </button>
        )}
        <button
          type="button"
          class="button"
          onClick={() => {
            close();
            view.focusComposer();
          }}
        >
          {says.close}
        </button>
      </div>
    </section>
  );
}

function titleOf({ by, appeal }: ReturnedText, { conversation, says }: ConversationView): string {
  if (appeal?.state === 'overturned') return takenWords(conversation.noun).overturned;
  return by === 'moderator' ? says.value.returned.byModerator : says.value.returned.byHost;
}
