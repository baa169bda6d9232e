import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';

import { words } from '../../i18n/words';
import type { Problem } from '../../store/api';
import { useClient } from '../client-context';
import { Field } from '../pieces/field';
import { Notice } from '../pieces/notice';
import { ProblemLine } from '../pieces/problem-line';
import { problemSentence } from '../problem';
import { addressOf, followLink, goTo } from '../route';
import { usePageTitle } from '../shell/page-title';

/** A sign-in link was opened. It is redeemed by a press, so that no preview of the link uses it up. */
export default function EnterPage({ token }: { token: string }) {
  const says = words.value;
  usePageTitle(says.enter.title);
  const problem = useSignal<Problem | undefined>(undefined);
  const dead = problem.value?.code === 'bad_token' || problem.value?.code === 'not_found';
  const home = <a class="button" href={addressOf.webinars} onClick={followLink}>{says.notFound.home}</a>;
  return (
    <main class="page is-narrow" id="content" data-part>
      {token === '' ? (
        <Notice page title={says.enter.incompleteTitle} actions={home}>{says.enter.incomplete}</Notice>
      ) : dead ? (
        <Notice page said title={says.enter.usedTitle} actions={home}>{says.enter.used}</Notice>
      ) : (
        <EnterForm token={token} problem={problem.value} onProblem={(found) => (problem.value = found)} />
      )}
    </main>
  );
}

/** A link that makes a new person needs a name; one that signs in a known person does not. */
function nameProblem(problem: Problem): string {
  const missing = problem.code === 'missing_field' || problem.code === 'empty';
  return missing ? words.value.enter.nameMissing : problemSentence(words.value, problem);
}

interface EnterFormProps {
  token: string;
  problem: Problem | undefined;
  onProblem(problem: Problem | undefined): void;
}

function EnterForm({ token, problem, onProblem }: EnterFormProps) {
  const { session, limits } = useClient();
  const name = useSignal('');
  const entering = useSignal(false);
  const field = useRef<HTMLInputElement>(null);
  const says = words.value.enter;
  const me = session.me.value;
  const aboutName = problem?.field === 'name';

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (entering.value) return;
    entering.value = true;
    const outcome = await session.redeem(token, name.value.trim() === '' ? undefined : name.value.trim());
    entering.value = false;
    if ('ok' in outcome) {
      goTo(addressOf.webinars, 'replace');
      return;
    }
    onProblem(outcome.problem);
    if (outcome.problem.field === 'name') field.current?.focus();
  };

  return (
    <form class="form" onSubmit={(event) => void submit(event)} noValidate>
      <h1 tabIndex={-1}>{says.title}</h1>
      <p class="page-lead">{says.lead}</p>
      {me !== undefined && <p>{says.already({ name: me.name })}</p>}
      <Field
        id="enter-name"
        label={says.name}
        hint={says.nameHint}
        value={name.value}
        error={problem !== undefined && aboutName ? nameProblem(problem) : undefined}
        maxCharacters={limits.value.nameCharacters}
        autoComplete="name"
        field={field}
        onInput={(value) => (name.value = value)}
      />
      <ProblemLine problem={aboutName ? undefined : problem} />
      <button type="submit" class="button is-main" aria-disabled={entering.value}>
        {entering.value ? says.entering : says.submit}
      </button>
    </form>
  );
}
