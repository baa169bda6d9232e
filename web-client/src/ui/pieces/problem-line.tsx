import { words } from '../../i18n/words';
import type { Problem } from '../../store/api';
import { problemSentence } from '../problem';
import { useSaid } from '../voice';

/** What went wrong with an act and what to do, beside its button; nothing where all went well. */
export function ProblemLine({ problem }: { problem: Problem | undefined }) {
  const sentence = problem === undefined ? undefined : problemSentence(words.value, problem);
  useSaid('problem', sentence);
  return sentence === undefined ? null : <p class="field-error">{sentence}</p>;
}
