import { appealWords } from '../../i18n/words';
import { useConversationView } from '../conversation/conversation-view';
import { useSaid } from '../voice';
import { useAppeals } from './use-appeals';

/** Where who moderates looks: that somebody waits for a second look. Nothing while nobody does. */
export function AppealsBand() {
  const view = useConversationView();
  const count = useAppeals()?.waiting.value ?? 0;
  const sentence = count === 0 ? undefined : appealWords.value.openQueue({ count });
  useSaid('appeals', sentence);
  if (sentence === undefined) return null;
  return (
    <button type="button" class="appeals-band" aria-haspopup="dialog" onClick={() => view.showAppeals()}>
      {sentence}
    </button>
  );
}
