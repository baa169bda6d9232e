import { threadWords } from '../../i18n/words';
import type { Draft, UnsentText } from '../../store/api';
import { focusHeading } from '../focus-heading';
import { useThreadView, type ThreadView } from './thread-view';

/** A text that has no other place on the screen, until its writer lets go of it. */
interface Kept extends UnsentText {
  discard(): void;
}

/** Where the posts are not shown any more: what the reader wrote and the server has not taken, the draft with it. */
export function UnsentTexts() {
  const view = useThreadView();
  const { log } = view.thread;
  void log.version.value;
  const sent = log.unsent.map((text): Kept => ({ ...text, discard: () => void view.thread.discard(text.key) }));
  const kept = [...sent, ...drafts(view)];
  if (kept.length === 0) return null;
  const { actions, message } = view.says.value;
  return (
    <section class="thread-unsent" aria-labelledby="thread-unsent" data-part>
      <h2 id="thread-unsent">{threadWords.value.unsentTitle}</h2>
      <ul>
        {kept.map(({ key, text, lang, discard }) => (
          <li key={key}>
            <p class="returned-text" lang={lang} dir="auto">{text}</p>
            <div class="button-row">
              <button type="button" class="button" onClick={() => void view.copy({ text })}>{actions.copy}</button>
              <button
                type="button"
                class="button"
                onClick={(event) => {
                  focusHeading(event);
                  discard();
                }}
              >
                {message.discard}
              </button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What was being written, and what was being written before that became an edit. */
function drafts({ thread }: ThreadView): Kept[] {
  const draft = thread.draft.value;
  const { before, ...rest } = draft;
  const save = (next: Draft) => () => thread.saveDraft(next);
  return [
    { key: 'before', text: before?.text ?? '', discard: save(rest) },
    { key: 'draft', text: draft.text, discard: save(before ?? { text: '' }) },
  ].filter(({ text }) => text.trim() !== '');
}
