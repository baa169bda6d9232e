import { Plus } from 'lucide-preact';
import { useEffect } from 'preact/hooks';

import { momentOf } from '../../i18n/format';
import { boardWords, language } from '../../i18n/words';
import type { BoardSummary } from '../../protocol/generated';
import type { Boards } from '../../store/board-api';
import { useClient } from '../client-context';
import { focusHeading } from '../focus-heading';
import { Notice } from '../pieces/notice';
import { addressOf, followLink } from '../route';
import { usePageTitle } from '../shell/page-title';
import { now } from '../today';
import { useBoards } from './use-boards';

/** What is talked about here, board by board. */
export default function BoardsPage() {
  const { session } = useClient();
  const { boards, failed, retry } = useBoards();
  const says = boardWords.value;
  const isAdmin = session.me.value?.siteRole === 'admin';
  usePageTitle(says.title);
  return (
    <main class="page" id="content" data-part>
      <div class="page-head">
        <div class="page-head-words">
          <h1 tabIndex={-1}>{says.title}</h1>
          <p class="page-lead">{says.lead}</p>
        </div>
        {isAdmin && (
          <a class="button is-main" href={addressOf.createBoard} onClick={followLink}>
            <Plus size={20} aria-hidden="true" />
            <span>{says.create}</span>
          </a>
        )}
      </div>
      {boards !== undefined && <BoardList boards={boards} isAdmin={isAdmin} />}
      {boards === undefined && (failed ? <ListFailed retry={retry} /> : <ListLoading />)}
    </main>
  );
}

function BoardList({ boards, isAdmin }: { boards: Boards; isAdmin: boolean }) {
  const says = boardWords.value;
  const list = boards.boards.value;
  const state = boards.state.value;
  useEffect(() => boards.refresh(), [boards]);
  if (list.length === 0 && state === 'loading') return <ListLoading />;
  if (list.length === 0 && state === 'failed') return <ListFailed retry={() => boards.refresh()} />;
  if (list.length === 0) return <Notice title={says.emptyTitle}>{isAdmin ? says.emptyAdmin : says.empty}</Notice>;
  return (
    <ul class="boards">
      {list.map((board) => <li key={board.id}><BoardCard board={board} /></li>)}
    </ul>
  );
}

function BoardCard({ board }: { board: BoardSummary }) {
  const says = boardWords.value;
  return (
    <a class="board-card" href={addressOf.board(board.id)} onClick={followLink}>
      <span class="board-card-name" dir="auto">{board.name[language.value]}</span>
      <span class="board-card-purpose" dir="auto">{board.purpose[language.value]}</span>
      <span class="board-card-facts">
        <span>{says.threads({ count: board.threads })}</span>
        {board.lastAt !== undefined && <span>{says.lastAt({ when: momentOf(board.lastAt, now.value) })}</span>}
        {board.visibility === 'members' && <span class="board-card-members">{says.membersOnly}</span>}
      </span>
    </a>
  );
}

function ListFailed({ retry }: { retry(): void }) {
  const says = boardWords.value;
  // The button is about to go.
  const again = (event: Event): void => {
    focusHeading(event);
    retry();
  };
  return (
    <Notice said title={says.failedTitle} actions={<button type="button" class="button is-main" onClick={again}>{says.retry}</button>}>
      {says.failed}
    </Notice>
  );
}

function ListLoading() {
  return (
    <div class="list-loading" aria-busy="true">
      <p class="only-read-aloud">{boardWords.value.loading}</p>
      <div class="card-shape" aria-hidden="true" />
      <div class="card-shape" aria-hidden="true" />
      <div class="card-shape" aria-hidden="true" />
    </div>
  );
}
