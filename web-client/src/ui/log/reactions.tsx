import { words } from '../../i18n/words';
import type { ItemReaction } from '../../store/api';

/** How often each reaction was given; a press gives or takes back one's own. */
export function reactionList(reactions: readonly ItemReaction[], pressable: boolean) {
  const says = words.value.message;
  return (
    <ul class="reactions">
      {reactions.map(({ emoji, count, mine }) => {
        const label = mine ? says.reactedMine({ emoji, count }) : says.reacted({ emoji, count });
        const content = (
          <span class={mine ? 'reaction is-mine' : 'reaction'}>
            <span class="reaction-emoji" aria-hidden="true">{emoji}</span>
            <span class="count" aria-hidden="true">{count}</span>
          </span>
        );
        return (
          <li key={emoji}>
            {pressable ? (
              <button
                type="button"
                class="reaction-press"
                tabIndex={-1}
                data-act="react"
                data-emoji={emoji}
                aria-pressed={mine}
                aria-label={label}
              >
                {content}
              </button>
            ) : (
              <span class="reaction-press">
                <span class="only-read-aloud">{label}</span>
                {content}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
