import { useSignal } from '@preact/signals';

import { questionWords } from '../../i18n/words';
import { useRoomView } from '../room/room-view';
import { QuestionFacts } from './question-card';
import { QuestionText } from './question-text';
import { useQuestions } from './use-questions';
import { VoteTile } from './vote-tile';

/** So many characters fit on a phone without taking the conversation's place. */
const fitsAtOnce = 160;

/** The question that is being answered: one large card for everybody. */
export function StagedQuestion() {
  const view = useRoomView();
  const question = useQuestions().staged.value;
  const whole = useSignal(false);
  const says = questionWords.value;
  if (question === undefined) return null;
  const isLong = question.text.length > fitsAtOnce;
  return (
    <section class="staged" aria-labelledby="staged-title" data-part>
      <h2 id="staged-title" class="staged-title">{says.onStage}</h2>
      <div class={isLong && !whole.value ? 'staged-card is-folded' : 'staged-card'}>
        <VoteTile question={question} />
        <div class="question-main">
          <QuestionText key={question.id} question={question} />
          <QuestionFacts question={question} />
        </div>
      </div>
      <div class="staged-acts">
        {isLong && (
          <button type="button" class="link-button" aria-expanded={whole.value} onClick={() => (whole.value = !whole.value)}>
            {whole.value ? says.showLess : says.showAll}
          </button>
        )}
        {view.room.moderates.value && (
          <button
            type="button"
            class="link-button"
            onClick={() => {
              view.show('questions');
              view.deskAsked.value = question.id;
            }}
          >
            {says.verbs}
          </button>
        )}
      </div>
    </section>
  );
}
