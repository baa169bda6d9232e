import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';

import { words } from '../../i18n/words';
import type { PeopleVisible, Visibility } from '../../protocol/generated';
import type { Problem } from '../../store/api';
import { useClient } from '../client-context';
import { Choices } from '../pieces/choices';
import { Field } from '../pieces/field';
import { ProblemLine } from '../pieces/problem-line';
import { addressOf, followLink, goToLater } from '../route';
import { usePageTitle } from '../shell/page-title';

/** A new webinar: a title in both languages, who may read, what people see of each other. */
export default function CreatePage() {
  const form = useCreation();
  const says = words.value.create;
  usePageTitle(says.title);
  const { title, visibility, people, missing, problem, creating, limit } = form;
  const error = (text: string): string | undefined => (missing.value && text.trim() === '' ? says.titleMissing : undefined);
  return (
    <main class="page is-narrow" id="content" data-part>
      <h1 tabIndex={-1}>{says.title}</h1>
      <p class="page-lead">{says.lead}</p>
      <form class="form" onSubmit={(event) => void form.submit(event)} noValidate>
        <Field
          id="create-en"
          label={says.titleEnglish}
          hint={says.titleHint({ count: limit })}
          lang="en"
          value={title.en.value}
          error={error(title.en.value)}
          maxCharacters={limit}
          field={form.first}
          onInput={(value) => (title.en.value = value)}
        />
        <Field
          id="create-fr"
          label={says.titleFrench}
          lang="fr"
          value={title.fr.value}
          error={error(title.fr.value)}
          maxCharacters={limit}
          field={form.second}
          onInput={(value) => (title.fr.value = value)}
        />
        <Choices<Visibility>
          name="visibility"
          legend={says.visibility}
          chosen={visibility.value}
          onChoose={(value) => (visibility.value = value)}
          options={[
            { value: 'public', label: says.public, hint: says.publicHint },
            { value: 'members', label: says.members, hint: says.membersHint },
          ]}
        />
        <Choices<PeopleVisible>
          name="people"
          legend={says.people}
          chosen={people.value}
          onChoose={(value) => (people.value = value)}
          options={[
            { value: 'count', label: says.count, hint: says.countHint },
            { value: 'names', label: says.names, hint: says.namesHint },
          ]}
        />
        <ProblemLine problem={problem.value} />
        <div class="button-row">
          <button type="submit" class="button is-main" aria-disabled={creating.value}>
            {creating.value ? says.creating : says.submit}
          </button>
          <a class="button is-plain" href={addressOf.webinars} onClick={followLink}>{says.cancel}</a>
        </div>
      </form>
    </main>
  );
}

function useCreation() {
  const client = useClient();
  const title = { en: useSignal(''), fr: useSignal('') };
  const visibility = useSignal<Visibility>('public');
  const people = useSignal<PeopleVisible>('count');
  const missing = useSignal(false);
  const problem = useSignal<Problem | undefined>(undefined);
  const creating = useSignal(false);
  const first = useRef<HTMLInputElement>(null);
  const second = useRef<HTMLInputElement>(null);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (creating.value) return;
    const en = title.en.value.trim();
    const fr = title.fr.value.trim();
    missing.value = en === '' || fr === '';
    if (missing.value) {
      (en === '' ? first : second).current?.focus();
      return;
    }
    creating.value = true;
    const go = goToLater();
    const outcome = await client.createWebinar({
      title: { en, fr },
      visibility: visibility.value,
      peopleVisible: people.value,
    });
    creating.value = false;
    if ('ok' in outcome) go(addressOf.webinar(outcome.ok.webinar), 'replace');
    else problem.value = outcome.problem;
  };
  const limit = client.limits.value.titleCharacters;
  return { title, visibility, people, missing, problem, creating, first, second, submit, limit };
}
