// Which questions may go on after a webinar, and on which boards.

import { expect, it } from 'vitest';
import type { AskedRecord, BoardSummary, QuestionRecord } from '../src/protocol/generated';
import { makeOwn, makeQuestion } from '../src/store/question';
import { boardsFor, leftOpen } from '../src/ui/summary/carry';

function board(id: number, visibility: BoardSummary['visibility'], posting: BoardSummary['posting'] = 'members'): BoardSummary {
  return { id, name: { en: 'n', fr: 'n' }, purpose: { en: 'p', fr: 'p' }, visibility, posting, threads: 0 };
}

const boards = [board(1, 'public'), board(2, 'members'), board(3, 'members', 'moderators')];
const asMember = ({ posting }: BoardSummary): boolean => posting === 'members';
const asModerator = (): boolean => true;

it('what is published or on stage and goes on nowhere yet was left open', () => {
  const left = leftOpen([
    { state: 'published' },
    { state: 'staged' },
    { state: 'published', thread: 9 },
    { state: 'answered' },
    { state: 'pending' },
    { state: 'dismissed' },
  ]);
  expect(left).toEqual([{ state: 'published' }, { state: 'staged' }]);
});

it('the boards are those where one may begin threads; of a members’ webinar only members’ boards', () => {
  const ids = (list: readonly BoardSummary[]): number[] => list.map(({ id }) => id);
  expect(ids(boardsFor(boards, { visibility: 'public' }, asMember))).toEqual([1, 2]);
  expect(ids(boardsFor(boards, { visibility: 'public' }, asModerator))).toEqual([1, 2, 3]);
  expect(ids(boardsFor(boards, { visibility: 'members' }, asMember))).toEqual([2]);
  expect(ids(boardsFor(boards, { visibility: 'members' }, asModerator))).toEqual([2, 3]);
});

it('a question says where it goes on, to everybody and to its asker', () => {
  const record: QuestionRecord = {
    type: 'question', id: 1, rev: 1, state: 'published', text: 't', body: [], lang: 'en', at: 1, publishedAt: 1,
    translations: [], merged: [], thread: 45,
  };
  const question = makeQuestion({
    record, review: undefined, votes: 0, uncounted: 0, votedFor: () => false, mergedInto: [], isMine: false, isStarred: false,
    wishes: [], wishedOnStage: undefined,
  });
  expect(question?.thread).toBe(45);
  const asked: AskedRecord = { type: 'asked', id: 1, rev: 1, state: 'merged', anonymous: true, text: 't', lang: 'en', at: 1, thread: 46 };
  expect(makeOwn('k', asked, []).thread).toBe(46);
});
