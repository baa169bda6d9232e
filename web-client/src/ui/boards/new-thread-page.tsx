import type { RefObject } from 'preact';
import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

import { boardWords, language, words } from '../../i18n/words';
import type { ThreadKind } from '../../protocol/generated';
import type { Problem } from '../../store/api';
import type { Board, BoardHead, Boards, ThreadDraft } from '../../store/board-api';
import { useClient } from '../client-context';
import { characters } from '../composer/characters';
import { Choices } from '../pieces/choices';
import { Field } from '../pieces/field';
import { growWithText } from '../pieces/grow-with-text';
import { Notice } from '../pieces/notice';
import { ProblemLine } from '../pieces/problem-line';
import { problemSentence } from '../problem';
import { addressOf, followLink, goToLater } from '../route';
import { usePageTitle } from '../shell/page-title';
import { useSaid } from '../voice';
import { BoardGone, ThreadsFailed, ThreadsLoading, useOpenBoard } from './board-page';
import { useBoards } from './use-boards';

/** A new thread on a board. What is typed is kept on the device at each key, until the server has taken it. */
export default function NewThreadPage({ board }: { board: number }) {
  const { boards, failed, retry } = useBoards();
  return (
    <main class="page is-narrow" id="content" data-part>
      {boards !== undefined && <OnBoard boards={boards} board={board} />}
      {boards === undefined && (failed ? <ThreadsFailed page retry={retry} /> : <ThreadsLoading page />)}
    </main>
  );
}

function OnBoard({ boards, board }: { boards: Boards; board: number }) {
  const { session } = useClient();
  const open = useOpenBoard(boards, board);
  const says = boardWords.value;
  usePageTitle(says.newTitle);
  const head = open.head.value;
  if (open.status.value === 'gone') return <BoardGone />;
  if (head === undefined || !session.known.value || !open.isRecalled.value) {
    return open.status.value === 'failed' ? <ThreadsFailed page retry={() => open.retry()} /> : <ThreadsLoading page />;
  }
  if (!boards.mayBegin(head)) {
    const back = <a class="button is-main" href={addressOf.board(board)} onClick={followLink}>{head.name[language.value]}</a>;
    const isMember = session.me.value?.kind === 'member';
    return <Notice page title={says.newTitle} actions={back}>{isMember ? says.mayNotBegin : says.signIn}</Notice>;
  }
  return <ThreadForm board={open} head={head} moderates={boards.moderates.value} />;
}

function ThreadForm({ board, head, moderates }: { board: Board; head: BoardHead; moderates: boolean }) {
  const form = useThreadForm(board, moderates);
  const says = boardWords.value;
  const { draft, kind, lang, change, sending, limits } = form;
  const kinds: { value: ThreadKind; label: string; hint: string }[] = [
    { value: 'discussion', label: says.kindDiscussion, hint: says.kindDiscussionHint },
    { value: 'question', label: says.kindQuestion, hint: says.kindQuestionHint },
    { value: 'announcement', label: says.kindAnnouncement, hint: says.kindAnnouncementHint },
  ];
  return (
    <>
      <h1 tabIndex={-1}>{says.newTitle}</h1>
      <p class="page-lead">{says.newOn({ name: head.name[language.value] })}</p>
      <form class="form" onSubmit={(event) => void form.submit(event)} noValidate>
        <Field
          id="thread-title"
          label={says.threadTitle}
          hint={form.titleOver > 0 ? says.tooLong({ count: form.titleOver }) : says.threadTitleHint({ count: limits.titleCharacters })}
          lang={lang}
          value={draft.title}
          error={form.titleError}
          maxCharacters={limits.titleCharacters}
          field={form.titleField}
          onInput={(title) => change({ title })}
        />
        <ThreadText lang={lang} text={draft.text} limit={limits.postCharacters} error={form.textError} field={form.textField} onInput={(text) => change({ text })} />
        <LanguageOfThread lang={lang} choose={(chosen) => change({ lang: chosen })} />
        <Choices<ThreadKind>
          name="thread-kind"
          legend={says.kind}
          chosen={kind}
          onChoose={(chosen) => change({ kind: chosen })}
          options={moderates ? kinds : kinds.slice(0, 2)}
        />
        <p>{head.visibility === 'public' ? says.willReadPublic : says.willReadMembers}</p>
        <ProblemLine problem={form.otherProblem} />
        <div class="button-row">
          <button type="submit" class="button is-main" aria-disabled={sending}>{sending ? says.sending : says.send}</button>
          <a class="button is-plain" href={addressOf.board(board.board)} onClick={followLink}>{says.cancel}</a>
        </div>
        <p class="field-hint">{says.kept}</p>
      </form>
    </>
  );
}

interface TextProps {
  text: string;
  lang: string;
  limit: number;
  error: string | undefined;
  field: RefObject<HTMLTextAreaElement>;
  onInput(text: string): void;
}

/** From here on the writer is told how many characters are left. */
const tellsFrom = 500;

function ThreadText({ text, lang, limit, error, field, onInput }: TextProps) {
  const says = boardWords.value;
  useSaid('thread-text', error);
  useLayoutEffect(() => {
    if (field.current !== null) growWithText(field.current);
  }, [text]);
  const left = limit - characters(text);
  return (
    <div class={error === undefined ? 'field' : 'field has-error'}>
      <label class="field-label" for="thread-text">{says.text}</label>
      <p class="field-hint" id="thread-text-hint">{says.textHint}</p>
      {error !== undefined && <p class="field-error" id="thread-text-error">{error}</p>}
      <div class="field-line">
        <textarea
          class="field-input thread-text"
          id="thread-text"
          rows={7}
          lang={lang}
          dir="auto"
          value={text}
          ref={field}
          aria-describedby={`thread-text-hint${error === undefined ? '' : ' thread-text-error'} thread-text-left`}
          onInput={(event) => onInput(event.currentTarget.value)}
          {...(error === undefined ? {} : { 'aria-invalid': true })}
        />
      </div>
      <p class={left < 0 ? 'field-error' : 'field-hint'} id="thread-text-left">
        {left < 0 ? says.tooLong({ count: -left }) : left < tellsFrom ? says.left({ count: left }) : ''}
      </p>
    </div>
  );
}

function LanguageOfThread({ lang, choose }: { lang: string; choose(lang: 'en' | 'fr'): void }) {
  const option = (tag: 'en' | 'fr', name: string) => (
    <label class="choice" key={tag} lang={tag}>
      <input type="radio" name="thread-language" checked={lang === tag} onChange={() => choose(tag)} />
      <span>{name}</span>
    </label>
  );
  return (
    <fieldset>
      <legend class="choices-legend">{boardWords.value.language}</legend>
      {option('en', 'English')}
      {option('fr', 'Français')}
    </fieldset>
  );
}

function useThreadForm(board: Board, moderates: boolean) {
  const client = useClient();
  const draft = board.draft.value;
  const tried = useSignal(false);
  const problem = useSignal<Problem | undefined>(undefined);
  const sending = board.isBeginning.value;
  const titleField = useRef<HTMLInputElement>(null);
  const textField = useRef<HTMLTextAreaElement>(null);
  const limits = client.limits.value;
  const lang = draft.lang ?? language.value;
  // Kept from when they moderated.
  const kind: ThreadKind = draft.kind === 'announcement' && !moderates ? 'discussion' : draft.kind;
  const change = (changed: Partial<ThreadDraft>): void => board.saveDraft({ ...board.draft.peek(), kind, ...changed });

  const overAt = (name: 'title' | 'text'): number =>
    characters(board.draft.peek()[name].trim()) - (name === 'title' ? limits.titleCharacters : limits.postCharacters);
  const errorAt = (name: 'title' | 'text'): string | undefined => {
    const says = boardWords.value;
    const text = board.draft.peek()[name];
    if (tried.value && text.trim() === '') return name === 'title' ? says.titleMissing : says.textMissing;
    // Without the number, which would be said at each key: that one is in the line below.
    if (tried.value && overAt(name) > 0) return name === 'title' ? says.titleTooLong : says.textTooLong;
    return problem.value?.field === name ? problemSentence(words.value, problem.value) : undefined;
  };
  const focusFirstError = (): boolean => {
    if (errorAt('title') !== undefined) titleField.current?.focus();
    else if (errorAt('text') !== undefined) textField.current?.focus();
    else return false;
    return true;
  };
  const begin = async (): Promise<void> => {
    const go = goToLater();
    const outcome = await board.begin(lang);
    if ('ok' in outcome) return go(addressOf.thread(outcome.ok.thread), 'replace');
    problem.value = outcome.problem;
    focusFirstError();
  };
  // Sent from this form before it was left: what comes of it is told here now.
  useEffect(() => {
    if (board.isBeginning.peek()) void begin();
  }, [board]);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (board.isBeginning.peek()) return;
    tried.value = true;
    problem.value = undefined;
    if (focusFirstError()) return;
    if (board.draft.peek().kind !== kind) change({ kind });
    await begin();
  };
  const isAtField = problem.value?.field === 'title' || problem.value?.field === 'text';
  const otherProblem = isAtField ? undefined : problem.value;
  return {
    draft, kind, lang, change, submit, limits, titleField, textField, otherProblem,
    sending,
    titleOver: overAt('title'),
    titleError: errorAt('title'),
    textError: errorAt('text'),
  };
}
