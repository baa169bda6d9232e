import { useSignal } from '@preact/signals';

import { questionWords, words } from '../../i18n/words';
import type { QuestionNames } from '../../protocol/generated';
import type { Problem } from '../../store/api';
import { Choices } from '../pieces/choices';
import { Dialog } from '../pieces/dialog';
import { ProblemLine } from '../pieces/problem-line';
import { useRoomView } from '../room/room-view';
import { announcer } from '../voice';
import { rulesOf, useQuestions } from './use-questions';

/** How a webinar takes questions. Who asks is told the same. */
export function RulesDialog() {
  const view = useRoomView();
  const close = (): void => {
    view.panel.value = undefined;
  };
  if (view.room.questions.value === undefined) return null;
  return (
    <Dialog title={questionWords.value.rulesTitle} kind="sheet" onClose={close}>
      <Rules close={close} />
    </Dialog>
  );
}

function Rules({ close }: { close(): void }) {
  const { room } = useRoomView();
  const questions = useQuestions();
  const before = rulesOf(room.record.value);
  const open = useSignal(before.open);
  const review = useSignal(before.review);
  const names = useSignal<QuestionNames>(before.names);
  const problem = useSignal<Problem | undefined>(undefined);
  const saving = useSignal(false);
  const says = questionWords.value;
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (saving.value) return;
    saving.value = true;
    const outcome = await questions.setRules({ open: open.value, review: review.value, names: names.value });
    saving.value = false;
    problem.value = 'problem' in outcome ? outcome.problem : undefined;
    if ('problem' in outcome) return;
    announcer.say('rules', says.saidRules);
    close();
  };
  return (
    <form class="form" onSubmit={(event) => void submit(event)} noValidate>
      <Choices
        name="rules-open"
        legend={says.rulesOpen}
        chosen={open.value}
        onChoose={(value) => (open.value = value)}
        options={[
          { value: true, label: says.open, hint: says.openHint },
          { value: false, label: says.closed, hint: says.closedHint },
        ]}
      />
      <Choices
        name="rules-review"
        legend={says.rulesReview}
        chosen={review.value}
        onChoose={(value) => (review.value = value)}
        options={[
          { value: true, label: says.review, hint: says.reviewHint },
          { value: false, label: says.noReview, hint: says.noReviewHint },
        ]}
      />
      <Choices
        name="rules-names"
        legend={says.rulesNames}
        chosen={names.value}
        onChoose={(value) => (names.value = value)}
        options={[
          { value: 'named', label: says.namesNamed, hint: says.namesNamedHint },
          { value: 'optional', label: says.namesOptional, hint: says.namesOptionalHint },
          { value: 'anonymous', label: says.namesAnonymous, hint: says.namesAnonymousHint },
        ]}
      />
      <ProblemLine problem={problem.value} />
      <div class="button-row">
        <button type="submit" class="button is-main" aria-disabled={saving.value}>
          {saving.value ? words.value.webinar.acting : says.save}
        </button>
        <button type="button" class="button" onClick={close}>{says.cancel}</button>
      </div>
    </form>
  );
}
