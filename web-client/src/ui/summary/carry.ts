// Which questions an ended webinar left open, and on which boards they may go on. Pure.

import type { BoardSummary, WebinarRecord } from '../../protocol/generated';
import type { Question } from '../../store/question-api';

type Openable = Pick<Question, 'state' | 'thread'>;

function isOpen({ state }: Openable): boolean {
  return state === 'published' || state === 'staged';
}

/** Published, unanswered, and not yet going on anywhere. */
export function leftOpen<T extends Openable>(questions: readonly T[]): readonly T[] {
  return questions.filter((question) => isOpen(question) && question.thread === undefined);
}

/** What members said among themselves stays among them. */
export function boardsFor(
  boards: readonly BoardSummary[],
  webinar: Pick<WebinarRecord, 'visibility'>,
  mayBegin: (board: BoardSummary) => boolean,
): readonly BoardSummary[] {
  return boards.filter((board) => mayBegin(board) && (webinar.visibility === 'public' || board.visibility === 'members'));
}
