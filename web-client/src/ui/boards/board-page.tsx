import { ArrowUp, Plus } from 'lucide-preact';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';

import { boardWords, language } from '../../i18n/words';
import type { Board, BoardHead, Boards } from '../../store/board-api';
import { useClient } from '../client-context';
import { focusHeading } from '../focus-heading';
import { Notice } from '../pieces/notice';
import { addressOf, followLink } from '../route';
import { usePageTitle } from '../shell/page-title';
import { announcer, useSaid } from '../voice';
import { ThreadRow } from './thread-row';
import { useBoards } from './use-boards';
import { useStillness } from './use-stillness';

/** One board: what it is for, and its threads. */
export default function BoardPage({ board }: { board: number }) {
  const { boards, failed, retry } = useBoards();
  return (
    <main class="page" id="content" data-part>
      {boards !== undefined && <OpenBoard boards={boards} board={board} />}
      {boards === undefined && (failed ? <ThreadsFailed page retry={retry} /> : <ThreadsLoading page />)}
    </main>
  );
}

/** Followed for as long as the page shows it. */
export function useOpenBoard(boards: Boards, board: number): Board {
  const open = useMemo(() => boards.open(board), [boards, board]);
  useEffect(() => () => open.leave(), [open]);
  return open;
}

function OpenBoard({ boards, board }: { boards: Boards; board: number }) {
  const open = useOpenBoard(boards, board);
  const says = boardWords.value;
  const head = open.head.value;
  const status = open.status.value;
  usePageTitle(head === undefined ? says.title : head.name[language.value]);
  if (status === 'gone') return <BoardGone />;
  if (head === undefined && status !== 'ready') return status === 'failed' ? <ThreadsFailed page retry={() => open.retry()} /> : <ThreadsLoading page />;
  return (
    <>
      <p class="board-back"><a href={addressOf.boards} onClick={followLink}>{says.back}</a></p>
      <Head boards={boards} board={open} head={head} />
      {status === 'ready' && <Threads board={open} mayBegin={head !== undefined && boards.mayBegin(head)} />}
      {status === 'loading' && <ThreadsLoading />}
      {status === 'failed' && <ThreadsFailed retry={() => open.retry()} />}
    </>
  );
}

export function BoardGone() {
  const says = boardWords.value;
  const back = <a class="button is-main" href={addressOf.boards} onClick={followLink}>{says.back}</a>;
  return <Notice page title={says.goneTitle} actions={back}>{says.gone}</Notice>;
}

function Head({ boards, board, head }: { boards: Boards; board: Board; head: BoardHead | undefined }) {
  const { session } = useClient();
  const says = boardWords.value;
  if (head === undefined) return <h1 tabIndex={-1}>{says.title}</h1>;
  const isMember = session.me.value?.kind === 'member';
  return (
    <div class="page-head">
      <div class="page-head-words">
        <h1 tabIndex={-1} dir="auto">{head.name[language.value]}</h1>
        <p class="page-lead" dir="auto">{head.purpose[language.value]}</p>
        <p class="board-facts">
          {head.visibility === 'members' ? says.membersRead : says.publicReads}
          {head.posting === 'moderators' && ` ${says.moderatorsBegin}`}
        </p>
        {!isMember && session.known.value && head.posting === 'members' && <p class="board-facts">{says.signIn}</p>}
      </div>
      {boards.mayBegin(head) && (
        <a class="button is-main" href={addressOf.newThread(board.board)} onClick={followLink}>
          <Plus size={20} aria-hidden="true" />
          <span>{says.begin}</span>
        </a>
      )}
    </div>
  );
}

function Threads({ board, mayBegin }: { board: Board; mayBegin: boolean }) {
  const says = boardWords.value;
  const section = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const threads = board.threads.value;
  const stillness = useStillness((isStill) => board.holdStill(isStill));
  const focusRow = useRowFocus(threads.map(({ id }) => id), section, heading);
  const begin = (
    <a class="button is-main" href={addressOf.newThread(board.board)} onClick={followLink}>{says.begin}</a>
  );
  return (
    <section class="threads" aria-labelledby="board-threads" ref={section} {...stillness}>
      <h2 id="board-threads" class="only-read-aloud" tabIndex={-1} ref={heading}>{says.list}</h2>
      <Fresh board={board} focusRow={focusRow} />
      {threads.length === 0 ? (
        <Notice title={says.emptyThreadsTitle} actions={mayBegin ? begin : undefined}>
          {mayBegin ? says.emptyThreadsBegin : says.emptyThreads}
        </Notice>
      ) : (
        <ul class="thread-rows">
          {threads.map((thread) => <li key={thread.id} data-thread={thread.id}><ThreadRow thread={thread} /></li>)}
        </ul>
      )}
      <More board={board} focusRow={focusRow} />
    </section>
  );
}

/** Puts the keyboard on the thread at this place once it is drawn; undefined: on none after all. */
type FocusRow = (index: number | undefined) => void;

/** What came while nothing was to move; one press brings it to the top. */
function Fresh({ board, focusRow }: { board: Board; focusRow: FocusRow }) {
  const says = boardWords.value;
  const count = board.fresh.value;
  useSaid('fresh-threads', count > 0 ? says.freshSaid({ count }) : undefined);
  if (count === 0) return null;
  const show = (): void => {
    focusRow(0);
    board.showFresh();
    announcer.say('fresh-threads', says.arranged);
    window.scrollTo(0, 0);
  };
  return (
    <p class="fresh-line">
      <button type="button" class="button fresh-button" onClick={show}>
        <ArrowUp size={18} aria-hidden="true" />
        <span>{says.fresh({ count })}</span>
      </button>
    </p>
  );
}

function More({ board, focusRow }: { board: Board; focusRow: FocusRow }) {
  const says = boardWords.value;
  const state = board.more.value;
  useSaid('more-threads', state === 'failed' ? says.moreFailed : undefined);
  if (!board.hasMore.value) return null;
  const more = async (): Promise<void> => {
    if (state === 'loading') return;
    const before = board.threads.peek().length;
    focusRow(before);
    await board.loadMore();
    if (board.threads.peek().length === before) focusRow(undefined);
  };
  return (
    <div class="threads-more">
      {state === 'failed' && <p class="field-error">{says.moreFailed}</p>}
      <button type="button" class="button" aria-disabled={state === 'loading'} onClick={() => void more()}>
        {state === 'loading' ? says.moreLoading : says.more}
      </button>
    </div>
  );
}

/** Where the keyboard goes in the list: on a row that is asked for; and to the heading when the row it was on has left. */
function useRowFocus(ids: readonly number[], section: RefObject<HTMLElement>, heading: RefObject<HTMLElement>): FocusRow {
  const wanted = useRef<number | undefined>(undefined);
  const focused = useRef<number | undefined>(undefined);
  useEffect(() => {
    const element = section.current;
    const follow = ({ target }: FocusEvent): void => {
      const row = target instanceof Element ? target.closest<HTMLElement>('[data-thread]') : null;
      focused.current = row === null ? undefined : Number(row.dataset['thread']);
    };
    // An element that is taken away tells no other that has the focus now.
    const forget = ({ relatedTarget }: FocusEvent): void => {
      if (relatedTarget !== null) focused.current = undefined;
    };
    element?.addEventListener('focusin', follow);
    element?.addEventListener('focusout', forget);
    return () => {
      element?.removeEventListener('focusin', follow);
      element?.removeEventListener('focusout', forget);
    };
  }, []);
  useLayoutEffect(() => {
    const rows = section.current?.querySelectorAll<HTMLElement>('.thread-row-title > a') ?? [];
    const row = wanted.current === undefined ? undefined : rows[wanted.current];
    if (row !== undefined) {
      wanted.current = undefined;
      row.focus();
      return;
    }
    if (focused.current === undefined || ids.includes(focused.current)) return;
    focused.current = undefined;
    if (document.activeElement === document.body || document.activeElement === null) heading.current?.focus();
  });
  return (index) => {
    wanted.current = index;
  };
}

/** Its heading takes no focus: that waits for the one that stays. */
export function ThreadsLoading({ page = false }: { page?: boolean }) {
  const says = boardWords.value;
  return (
    <>
      {page && <h1 class="only-read-aloud">{says.title}</h1>}
      <div class="list-loading" aria-busy="true">
        <p class="only-read-aloud">{says.loadingThreads}</p>
        <div class="thread-shape" aria-hidden="true" />
        <div class="thread-shape" aria-hidden="true" />
        <div class="thread-shape" aria-hidden="true" />
      </div>
    </>
  );
}

export function ThreadsFailed({ page = false, retry }: { page?: boolean; retry(): void }) {
  const says = boardWords.value;
  // The button is about to go.
  const onClick = (event: Event): void => {
    focusHeading(event);
    retry();
  };
  const again = <button type="button" class="button is-main" onClick={onClick}>{says.retry}</button>;
  return <Notice said page={page} title={says.threadsFailedTitle} actions={again}>{says.threadsFailed}</Notice>;
}
