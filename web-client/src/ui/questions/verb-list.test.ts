import { describe, expect, it } from 'vitest';

import type { Question } from '../../store/question-api';
import { verbsOf } from './verb-list';

function question(more: Partial<Question>): Question {
  return {
    id: 1, state: 'pending', mine: false, text: '', body: [], lang: 'en', at: 0, translations: [], merged: [], votes: 0,
    voted: false, starred: false, ...more,
  };
}

describe('what a host can do with a question', () => {
  it('the likeliest is first', () => {
    const first = (['pending', 'published', 'staged', 'answered', 'dismissed'] as const).map((state) => verbsOf(question({ state }))[0]);
    expect(first).toEqual(['publish', 'stage', 'answerAloud', 'reopen', 'restore']);
  });

  it('each way can be gone back', () => {
    expect(verbsOf(question({ state: 'staged' }))).toContain('unstage');
    expect(verbsOf(question({ state: 'published', starred: true }))).toContain('unstar');
    expect(verbsOf(question({ state: 'published', voted: true }))).toContain('unvote');
    expect(verbsOf(question({ state: 'published', merged: [2] }))).toContain('mergedList');
  });

  it('one that stands for another is not acted on, and what waits has no shortlist, no votes and no translation', () => {
    expect(verbsOf(question({ state: 'merged' }))).toEqual([]);
    for (const verb of ['star', 'vote', 'translate'] as const) expect(verbsOf(question({ state: 'pending' }))).not.toContain(verb);
  });

  it('a written answer is changed, not written again', () => {
    const answer = { text: 'Yes', body: [], lang: 'en', by: { id: 1, name: 'H' }, at: 1 };
    expect(verbsOf(question({ state: 'answered', answer }))).toContain('answerChange');
    expect(verbsOf(question({ state: 'answered' }))).toContain('answerWrite');
  });
});
