import { threadWords } from '../../i18n/words';
import type { ThreadRecord } from '../../protocol/generated';

/** What kind of thread it is, in a word; nothing for a discussion, which most are. */
export function KindChip({ thread: { kind, answer } }: { thread: Pick<ThreadRecord, 'kind' | 'answer'> }) {
  const says = threadWords.value;
  if (kind === 'discussion') return null;
  if (kind === 'announcement') return <span class="kind-chip is-announcement">{says.announcement}</span>;
  return answer === undefined
    ? <span class="kind-chip is-question">{says.question}</span>
    : <span class="kind-chip is-answered">{says.answered}</span>;
}
