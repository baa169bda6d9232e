import type { RefObject } from 'preact';
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

import { language, summaryWords, words } from '../../i18n/words';
import type { BoardSummary, WebinarRecord } from '../../protocol/generated';
import type { Problem } from '../../store/api';
import type { Boards } from '../../store/board-api';
import type { Question } from '../../store/question-api';
import { useBoards } from '../boards/use-boards';
import { problemSentence } from '../problem';
import { addressOf, followLink } from '../route';
import { announcer, useSaid } from '../voice';
import { boardsFor, leftOpen } from './carry';

interface CarryProps {
  webinar: WebinarRecord;
  questions: readonly Question[];
}

interface Carried {
  board: BoardSummary;
  threads: number;
  left: number;
}

/** What was not answered in the webinar can go on as threads on a board. Nothing where nothing was left open. */
export function CarryOver({ webinar, questions }: CarryProps) {
  const carried = useSignal<Carried | undefined>(undefined);
  const says = summaryWords.value;
  const count = leftOpen(questions).length;
  const heading = useRef<HTMLHeadingElement>(null);
  if (webinar.state !== 'ended' || (count === 0 && carried.value === undefined)) return null;
  // What the server counts is told sooner than the questions change.
  const isOver = carried.value?.left === 0;
  return (
    <section class="summary-part summary-carry" aria-labelledby="summary-carry">
      <h2 id="summary-carry" class="summary-heading" tabIndex={-1} ref={heading}>{says.carryTitle({ count: isOver ? 0 : (carried.value?.left ?? count) })}</h2>
      {carried.value !== undefined && <Result carried={carried.value} />}
      {!isOver && (
        <Choosing
          webinar={webinar}
          heading={heading}
          before={carried.value}
          done={(now) => {
            carried.value = now;
            if (now.left === 0) heading.current?.focus();
          }}
        />
      )}
    </section>
  );
}

function Result({ carried: { board, threads, left } }: { carried: Carried }) {
  const says = summaryWords.value;
  const name = board.name[language.value];
  const sentence = says.carryDone({ count: threads });
  useSaid('carried', `${sentence} ${name}`);
  return (
    <p class="summary-carried">
      {sentence} <a href={addressOf.board(board.id)} dir="auto" onClick={followLink}>{name}</a>.
      {left > 0 && ` ${says.carryLeft({ count: left })}`}
    </p>
  );
}

interface ChoosingProps {
  webinar: WebinarRecord;
  /** Takes the focus from a button that goes. */
  heading: RefObject<HTMLElement>;
  /** What the same act has done already. */
  before: Carried | undefined;
  done(carried: Carried): void;
}

function Choosing(props: ChoosingProps) {
  const { boards, failed, retry } = useBoards();
  const says = summaryWords.value;
  useEffect(() => boards?.refresh(), [boards]);
  const list = boards?.boards.value ?? [];
  const state = boards?.state.value;
  const hasFailed = failed || (state === 'failed' && list.length === 0);
  useSaid('carry-boards', hasFailed ? says.carryFailed : undefined);
  if (hasFailed) {
    const again = (): void => {
      props.heading.current?.focus();
      if (failed) retry();
      else boards?.refresh();
    };
    return (
      <>
        <p class="field-error">{says.carryFailed}</p>
        <button type="button" class="button" onClick={again}>{says.carryRetry}</button>
      </>
    );
  }
  if (boards === undefined || (state === 'loading' && list.length === 0)) return <p aria-busy="true">{says.carryLoading}</p>;
  const choice = boardsFor(list, props.webinar, (board) => boards.mayBegin(board));
  if (choice.length === 0) return <p>{props.webinar.visibility === 'members' ? says.carryNoMembersBoard : says.carryNoBoard}</p>;
  return <ChoiceForm {...props} boards={boards} choice={choice} />;
}

function ChoiceForm({ webinar, before, done, boards, choice }: ChoosingProps & { boards: Boards; choice: readonly BoardSummary[] }) {
  const says = summaryWords.value;
  const { chosen, missing, problem, acting, select, submit, choose } = useCarrying({ webinar, before, done }, boards, choice);
  const error = missing ? says.carryMissing : problem && sentenceOf(problem);
  useSaid('carry', error);
  return (
    <form class="carry-form" onSubmit={(event) => void submit(event)} noValidate>
      {before === undefined && <p>{says.carryLead}</p>}
      <div class={error === undefined ? 'field' : 'field has-error'}>
        <label class="field-label" for="carry-board">{says.carryBoard}</label>
        {error !== undefined && <p class="field-error" id="carry-error">{error}</p>}
        <div class="field-line">
          <select
            class="field-input"
            id="carry-board"
            ref={select}
            value={chosen === undefined ? '' : String(chosen.id)}
            onChange={(event) => choose(Number(event.currentTarget.value))}
            {...(error === undefined ? {} : { 'aria-invalid': true, 'aria-describedby': 'carry-error' })}
          >
            <option value="">{says.carryChoose}</option>
            {choice.map(({ id, name }) => <option key={id} value={String(id)}>{name[language.value]}</option>)}
          </select>
        </div>
      </div>
      <button type="submit" class="button is-main" aria-disabled={acting} aria-describedby="carry-says">
        {acting ? says.carryActing : before === undefined ? says.carryAct : says.carryAgain}
      </button>
      <p class="field-hint" id="carry-says">
        {says.carrySays}
        {chosen !== undefined && ` ${chosen.visibility === 'public' ? says.carryPublic : says.carryMembers}`}
      </p>
    </form>
  );
}

function sentenceOf(problem: Problem): string {
  const isBoard = problem.code === 'forbidden' && problem.field === 'board';
  return isBoard ? summaryWords.value.carryForbidden : problemSentence(words.value, problem);
}

function useCarrying({ webinar, before, done }: Omit<ChoosingProps, 'heading'>, boards: Boards, choice: readonly BoardSummary[]) {
  const id = useSignal(before?.board.id);
  const missing = useSignal(false);
  const problem = useSignal<Problem | undefined>(undefined);
  const acting = useSignal(false);
  const select = useRef<HTMLSelectElement>(null);
  const chosen = choice.find((board) => board.id === id.value);
  const choose = (board: number): void => {
    id.value = board === 0 ? undefined : board;
    missing.value = false;
    problem.value = undefined;
  };
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (acting.value) return;
    missing.value = chosen === undefined;
    problem.value = undefined;
    if (chosen === undefined) {
      select.current?.focus();
      return;
    }
    acting.value = true;
    const outcome = await boards.carry(webinar.id, chosen.id);
    acting.value = false;
    if ('problem' in outcome) {
      problem.value = outcome.problem;
      return;
    }
    const { threads, left } = outcome.ok;
    const sum = before?.board.id === chosen.id ? before.threads + threads : threads;
    if (left > 0) announcer.say('left', summaryWords.value.carryLeft({ count: left }));
    done({ board: chosen, threads: sum, left });
  };
  return { chosen, missing: missing.value, problem: problem.value, acting: acting.value, select, submit, choose };
}
