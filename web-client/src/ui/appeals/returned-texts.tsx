import { appealWords, words } from '../../i18n/words';
import type { ReturnedText } from '../../store/api';
import { useRoomView } from '../room/room-view';
import { readableReason } from './replies';
import { SecondLook } from './second-look';

/** One's own texts that somebody removed: why, the text to write it anew, and a second look. Nobody is moderated in silence. */
export function ReturnedTexts() {
  const view = useRoomView();
  const { room } = view;
  const says = words.value.returned;
  const returned = room.returned.value[0];
  if (returned === undefined) return null;
  const isBack = returned.appeal?.state === 'overturned';
  const close = (): void => room.dismissReturned(returned.message);
  return (
    <section class={isBack ? 'returned is-back' : 'returned'} aria-labelledby="returned-title" data-part>
      <h2 id="returned-title" class="returned-title">{titleOf(returned)}</h2>
      <dl class="returned-facts">
        <dt>{says.reason}</dt>
        <dd class="returned-reason" dir="auto">{readableReason(returned.reason)}</dd>
        <dt>{says.text}</dt>
        <dd class="returned-text" dir="auto">{returned.text}</dd>
      </dl>
      <SecondLook key={returned.message} taken={{ target: 'message', id: returned.message }} until={returned.appealUntil} appeal={returned.appeal} />
      <div class="button-row returned-acts">
        {room.mayPost.value && !isBack && (
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

function titleOf({ by, appeal }: ReturnedText): string {
  if (appeal?.state === 'overturned') return appealWords.value.overturnedMessage;
  return by === 'moderator' ? words.value.returned.byModerator : words.value.returned.byHost;
}
