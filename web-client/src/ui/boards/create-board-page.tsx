import type { RefObject } from 'preact';
import { useSignal, type Signal } from '@preact/signals';
import { useRef } from 'preact/hooks';

import { boardWords, words, type Language } from '../../i18n/words';
import type { BoardPosting, Visibility } from '../../protocol/generated';
import type { Outcome, Problem } from '../../store/api';
import { useClient } from '../client-context';
import { characters } from '../composer/characters';
import { Choices } from '../pieces/choices';
import { Field } from '../pieces/field';
import { Notice } from '../pieces/notice';
import { ProblemLine } from '../pieces/problem-line';
import { problemSentence } from '../problem';
import { addressOf, followLink, goToLater } from '../route';
import { usePageTitle } from '../shell/page-title';

/** A new board: what it is called and is for, in both languages, who reads it and who begins threads. */
export default function CreateBoardPage() {
  const { session } = useClient();
  const says = boardWords.value;
  usePageTitle(says.boardTitle);
  const isAdmin = session.me.value?.siteRole === 'admin';
  const back = <a class="button is-main" href={addressOf.boards} onClick={followLink}>{says.back}</a>;
  return (
    <main class="page is-narrow" id="content" data-part>
      {isAdmin && <BoardForm />}
      {!isAdmin && session.known.value && <Notice page title={says.notAdminTitle} actions={back}>{says.notAdmin}</Notice>}
    </main>
  );
}

/** The arguments of the operation, by which the server names the one at fault. */
const fields = ['name.en', 'name.fr', 'purpose.en', 'purpose.fr'] as const;
type FieldName = (typeof fields)[number];

interface BoardField {
  text: Signal<string>;
  input: RefObject<HTMLInputElement>;
}

function BoardForm() {
  const form = useBoardForm();
  const says = boardWords.value;
  const { visibility, posting, creating, limit } = form;
  const labels = { 'name.en': says.nameEnglish, 'name.fr': says.nameFrench, 'purpose.en': says.purposeEnglish, 'purpose.fr': says.purposeFrench };
  return (
    <>
      <h1 tabIndex={-1}>{says.boardTitle}</h1>
      <p class="page-lead">{says.boardLead}</p>
      <form class="form" onSubmit={(event) => void form.submit(event)} noValidate>
        {fields.map((name) => {
          const { text, input } = form.at[name];
          const hint = { 'name.en': says.nameHint({ count: limit }), 'purpose.en': says.purposeHint }[name as string];
          return (
            <Field
              key={name}
              id={`board-${name.replace('.', '-')}`}
              label={labels[name]}
              lang={name.slice(-2) as Language}
              value={text.value}
              error={form.errorOf(name)}
              maxCharacters={limit}
              field={input}
              onInput={(value) => (text.value = value)}
              {...(hint === undefined ? {} : { hint })}
            />
          );
        })}
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
        <Choices<BoardPosting>
          name="posting"
          legend={says.posting}
          chosen={posting.value}
          onChoose={(value) => (posting.value = value)}
          options={[
            { value: 'members', label: says.postingMembers, hint: says.postingMembersHint },
            { value: 'moderators', label: says.postingModerators, hint: says.postingModeratorsHint },
          ]}
        />
        <ProblemLine problem={form.otherProblem} />
        <div class="button-row">
          <button type="submit" class="button is-main" aria-disabled={creating.value}>
            {creating.value ? says.creating : says.submit}
          </button>
          <a class="button is-plain" href={addressOf.boards} onClick={followLink}>{words.value.create.cancel}</a>
        </div>
      </form>
    </>
  );
}

function useBoardField(): BoardField {
  return { text: useSignal(''), input: useRef<HTMLInputElement>(null) };
}

function useBoardForm() {
  const client = useClient();
  const at: Readonly<Record<FieldName, BoardField>> = {
    'name.en': useBoardField(),
    'name.fr': useBoardField(),
    'purpose.en': useBoardField(),
    'purpose.fr': useBoardField(),
  };
  const visibility = useSignal<Visibility>('public');
  const posting = useSignal<BoardPosting>('members');
  const tried = useSignal(false);
  const problem = useSignal<Problem | undefined>(undefined);
  const creating = useSignal(false);
  const limit = client.limits.value.titleCharacters;
  const textAt = (name: FieldName): string => at[name].text.value.trim();

  const ownError = (name: FieldName): string | undefined => {
    if (textAt(name) === '') return boardWords.value.bothMissing;
    return characters(textAt(name)) > limit ? words.value.errors.tooLong : undefined;
  };
  const errorOf = (name: FieldName): string | undefined => {
    if (tried.value && ownError(name) !== undefined) return ownError(name);
    return problem.value?.field === name ? problemSentence(words.value, problem.value) : undefined;
  };
  const focusFirstError = (): boolean => {
    const faulty = fields.find((name) => errorOf(name) !== undefined);
    if (faulty !== undefined) at[faulty].input.current?.focus();
    return faulty !== undefined;
  };

  const create = async (): Promise<Outcome<{ board: number }>> => {
    await client.openBoards();
    const created = client.boards.peek()?.create({
      name: { en: textAt('name.en'), fr: textAt('name.fr') },
      purpose: { en: textAt('purpose.en'), fr: textAt('purpose.fr') },
      visibility: visibility.value,
      posting: posting.value,
    });
    // Their program could not be fetched.
    return created ?? { problem: { code: 'offline' } };
  };
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (creating.value) return;
    tried.value = true;
    problem.value = undefined;
    if (focusFirstError()) return;
    creating.value = true;
    const go = goToLater();
    const outcome = await create();
    creating.value = false;
    if ('ok' in outcome) return go(addressOf.board(outcome.ok.board), 'replace');
    problem.value = outcome.problem;
    focusFirstError();
  };
  const isAtField = fields.some((name) => name === problem.value?.field);
  return { at, visibility, posting, creating, limit, errorOf, submit, otherProblem: isAtField ? undefined : problem.value };
}
