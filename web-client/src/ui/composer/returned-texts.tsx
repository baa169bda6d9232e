import { words } from '../../i18n/words';
import { useRoomView } from '../room/room-view';

const listed = ['offTopic', 'repeated', 'hurtful', 'private'] as const;

/** A reason of the list comes in both languages, on the first two lines: the reader's is enough. */
function readableReason(reason: string): string {
  const lines = reason.split('\n');
  const mine = listed.map((name) => words.value.remove[name]).find((sentence) => lines.slice(0, 2).includes(sentence));
  return mine === undefined ? reason : [mine, ...lines.slice(2)].join('\n');
}

/** One's own texts that somebody removed: why, and the text to write it anew. Nobody is moderated in silence. */
export function ReturnedTexts() {
  const view = useRoomView();
  const { room } = view;
  const says = words.value.returned;
  const returned = room.returned.value[0];
  if (returned === undefined) return null;
  return (
    <section class="returned" aria-labelledby="returned-title" data-part>
      <h2 id="returned-title" class="returned-title">{returned.by === 'moderator' ? says.byModerator : says.byHost}</h2>
      <dl class="returned-facts">
        <dt>{says.reason}</dt>
        <dd class="returned-reason" dir="auto">{readableReason(returned.reason)}</dd>
        <dt>{says.text}</dt>
        <dd class="returned-text" dir="auto">{returned.text}</dd>
      </dl>
      <div class="button-row">
        {room.mayPost.value && (
          <button
            type="button"
            class="button is-main"
            onClick={() => {
              view.reuse(returned.text);
              room.dismissReturned(returned.message);
            }}
          >
            {says.reuse}
          </button>
        )}
        <button type="button" class="button" onClick={() => {
          room.dismissReturned(returned.message);
          view.focusComposer();
        }}>
          {says.close}
        </button>
      </div>
    </section>
  );
}
