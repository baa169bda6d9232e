// What a screen shows of questions: records of three channels, one's own votes, and what the outbox holds over them.

import { describe, expect, it } from 'vitest';
import type { AskedRecord, QuestionRecord, ReviewRecord } from '../src/protocol/generated';
import { QuestionsState } from '../src/store/questions';
import type { Change, LiveRecord } from '../src/sync/channel';
import type { Intent } from '../src/sync/intent';
import { Clock } from './fake/clock';

function question(id: number, more: Partial<QuestionRecord> = {}): QuestionRecord {
  const author = { id: 1, name: 'A' };
  return {
    type: 'question', id, rev: id, state: 'published', author, text: `text ${id}`, body: [], lang: 'en', at: id, publishedAt: id,
    translations: [], merged: [], ...more,
  };
}

function review(id: number, more: Partial<ReviewRecord> = {}): ReviewRecord {
  return { type: 'review', id, rev: id, state: 'pending', text: `text ${id}`, body: [], lang: 'en', at: id, ...more };
}

function asked(id: number, more: Partial<AskedRecord> = {}): AskedRecord {
  return { type: 'asked', id, rev: id, state: 'pending', anonymous: false, text: `text ${id}`, lang: 'en', at: id, ...more };
}

const votes = (id: number, count: number, rev = 1): LiveRecord => ({ type: 'votes', id, rev, count });
const vote = (id: number, on = true): LiveRecord => ({ type: 'vote', id, rev: 1, on });
const star = (id: number, place: number): LiveRecord => ({ type: 'star', id, rev: 1, place });

function change(put: readonly LiveRecord[], more: Partial<Change> = {}): Change {
  return { reset: false, put, gone: [], cursor: { epoch: 'run', c: 1, rev: 1 }, ranges: [], newestPos: 0, ...more };
}

let keys = 0;
function wish(op: Intent['op'], args: object, more: object = {}): Intent {
  keys += 1;
  return { key: `k${String(keys).padStart(4, '0')}`, op, args, lane: 'webinar/1', person: 7, at: 500, page: 'p', ...more } as Intent;
}

class Hall {
  readonly clock = new Clock();
  readonly state = new QuestionsState(this.clock);

  everyone(...put: LiveRecord[]): this {
    this.state.questionsSink.changed(change(put));
    return this;
  }

  backstage(...put: LiveRecord[]): this {
    this.state.openDesk(true);
    this.state.deskSink.changed(change(put));
    return this;
  }

  own(...put: LiveRecord[]): this {
    this.state.takeOwn(change(put));
    return this;
  }

  wants(op: Intent['op'], args: object, more: object = {}): Intent {
    const intent = wish(op, args, more);
    this.state.wish(intent, 'sending');
    return intent;
  }

  count(id: number): [votes: number, voted: boolean] {
    const found = this.state.all.value.get(id);
    return [found?.votes ?? -1, found?.voted ?? false];
  }

  where(): Record<string, number[]> {
    const { toReview, open, answered, dismissed, shortlist } = this.state;
    const ids = (list: { value: readonly { id: number }[] }): number[] => list.value.map(({ id }) => id);
    return { review: ids(toReview), open: ids(open), answered: ids(answered), dismissed: ids(dismissed), shortlist: ids(shortlist) };
  }
}

describe('votes', () => {
  it('P56 one’s own counts at once, and does not drop between its acknowledgement and the count', () => {
    const hall = new Hall().everyone(question(1), votes(1, 4));
    const intent = hall.wants('question.vote', { question: 1, on: true });
    expect(hall.count(1)).toEqual([5, true]);
    hall.own(vote(1));
    hall.state.wish({ ...intent, reply: { question: 1, channel: 'c', rev: 1, epoch: 'run' } } as Intent, undefined);
    expect(hall.count(1)).toEqual([5, true]);
    hall.everyone(votes(1, 5, 2));
    expect(hall.count(1)).toEqual([5, true]);
  });

  it('P56 a count that is late is believed in the end, whatever it says', () => {
    const hall = new Hall().everyone(question(1), votes(1, 4));
    const intent = hall.wants('question.vote', { question: 1, on: true });
    hall.own(vote(1));
    hall.state.wish({ ...intent, reply: { question: 1, channel: 'c', rev: 1, epoch: 'run' } } as Intent, undefined);
    hall.clock.advance(3_000);
    expect(hall.count(1)).toEqual([4, true]);
  });

  it('P57 a vote for one that was merged is a vote for its head, and taking it back takes it from all', () => {
    const hall = new Hall().everyone(question(1, { merged: [2, 3] }), votes(1, 9)).own(vote(3));
    expect(hall.count(1)).toEqual([9, true]);
    hall.wants('question.vote', { question: 1, on: false });
    expect(hall.count(1)).toEqual([8, false]);
  });

  it('a vote that was refused changes nothing', () => {
    const hall = new Hall().everyone(question(1), votes(1, 4));
    hall.state.wish(wish('question.vote', { question: 1, on: true }), 'failed');
    expect(hall.count(1)).toEqual([4, false]);
  });

  it('the last of several taps counts', () => {
    const hall = new Hall().everyone(question(1), votes(1, 4));
    for (const on of [true, false, true, false]) hall.wants('question.vote', { question: 1, on });
    expect(hall.count(1)).toEqual([4, false]);
  });
});

describe('what a host wants shows before the server has said so', () => {
  const hall = (): Hall =>
    new Hall()
      .everyone(question(1), question(2, { state: 'staged' }), question(3, { state: 'answered', answeredAt: 9 }), votes(1, 4))
      .backstage(review(4), review(5, { state: 'dismissed', reason: 'why' }), star(1, 10));

  it('stands where it will stand', () => {
    const cases: [op: Intent['op'], args: object, list: string, id: number][] = [
      ['question.publish', { question: 4 }, 'open', 4],
      ['question.publish', { question: 5 }, 'open', 5],
      ['question.dismiss', { question: 1, reason: 'why' }, 'dismissed', 1],
      ['question.answer', { question: 4 }, 'answered', 4],
      ['question.reopen', { question: 3 }, 'open', 3],
      ['question.star', { question: 2, on: true, before: 1 }, 'shortlist', 2],
    ];
    for (const [op, args, list, id] of cases) {
      const one = hall();
      one.wants(op, args);
      expect(one.where()[list], op).toContain(id);
      const others = Object.entries(one.where()).filter(([name]) => name !== list && name !== 'shortlist');
      for (const [name, ids] of others) if (list !== 'shortlist') expect(ids, `${op} in ${name}`).not.toContain(id);
    }
  });

  it('P54 one is on stage, also while another is on its way there', () => {
    const one = hall();
    expect(one.state.staged.value?.id).toBe(2);
    one.wants('question.stage', { question: 1, on: true });
    expect(one.state.staged.value?.id).toBe(1);
    expect(one.state.all.value.get(2)?.state).toBe('published');
  });

  it('P58 what is answered leaves the shortlist', () => {
    const one = hall();
    expect(one.where()['shortlist']).toEqual([1]);
    one.wants('question.answer', { question: 1, text: 'Yes', lang: 'en' });
    expect(one.where()['shortlist']).toEqual([]);
    expect(one.state.all.value.get(1)?.answer?.text).toBe('Yes');
  });

  it('what the server refused is undone, and says why, with what was written', () => {
    const one = hall();
    const intent = one.wants('question.answer', { question: 1, text: 'A long answer', lang: 'en' });
    one.state.wish({ ...intent, problem: { code: 'state_changed' } }, 'failed');
    expect(one.state.all.value.get(1)).toMatchObject({
      state: 'published',
      act: { what: 'answer', state: 'failed', problem: { code: 'state_changed' }, text: 'A long answer' },
    });
    expect(one.state.stopped.value.map(({ id }) => id)).toEqual([1]);
  });

  it('a vote and a star are no acts to wait for', () => {
    const one = hall();
    one.wants('question.vote', { question: 1, on: true });
    one.wants('question.star', { question: 1, on: false });
    expect(one.state.all.value.get(1)?.act).toBeUndefined();
  });
});

describe('the desk', () => {
  it('P57 a waiting one knows those that were merged into it, also through others', () => {
    const hall = new Hall().backstage(review(1), review(2, { state: 'merged', mergedInto: 1 }), review(3, { state: 'merged', mergedInto: 2 }));
    expect(hall.state.all.value.get(1)?.merged).toEqual([2, 3]);
  });

  it('P51 what is backstage is forgotten by who no longer runs the webinar', () => {
    const hall = new Hall().everyone(question(1)).backstage(review(4));
    hall.state.openDesk(false);
    expect([hall.state.desk.value, hall.where()['review'], hall.where()['open']]).toEqual(['closed', [], [1]]);
  });

  it('one that looks the same stays the same object when others change', () => {
    const hall = new Hall().everyone(question(1), question(2), votes(1, 1), votes(2, 1));
    const [first, second] = [hall.state.all.value.get(1), hall.state.all.value.get(2)];
    hall.everyone(votes(2, 2, 2));
    expect(hall.state.all.value.get(1)).toBe(first);
    expect(hall.state.all.value.get(2)).not.toBe(second);
  });
});

describe('one’s own questions', () => {
  it('P50 each is there with what became of it', () => {
    const hall = new Hall().everyone(question(2)).own(asked(1), asked(2, { state: 'published' }), asked(3, { state: 'dismissed', reason: 'why' }));
    expect(hall.state.own.value.map(({ id, state }) => `${id} ${state}`)).toEqual(['3 dismissed', '2 published', '1 pending']);
    expect(hall.state.all.value.get(2)?.mine).toBe(true);
  });

  it('P32 the record takes the place of the one on its way, under the same key', () => {
    const hall = new Hall();
    const intent = hall.wants('question.ask', { webinar: 1, text: 'Why?', lang: 'en', anonymous: true });
    expect(hall.state.own.value).toMatchObject([{ key: intent.key, state: 'pending', text: 'Why?', anonymous: true, act: { state: 'sending' } }]);
    const acknowledged = { ...intent, reply: { question: 9, channel: 'own', rev: 3, epoch: 'run' } } as Intent;
    hall.state.wish(acknowledged, 'sent');
    hall.own(asked(9, { text: 'Why?', anonymous: true }));
    hall.state.wish(acknowledged, undefined);
    expect(hall.state.own.value).toEqual([{ key: intent.key, id: 9, state: 'pending', anonymous: true, text: 'Why?', lang: 'en', at: 9 }]);
  });

  it('P31 one that had arrived although its reply was lost is not shown twice', () => {
    const hall = new Hall().own(asked(1, { text: 'Why?' }));
    hall.wants('question.ask', { webinar: 1, text: 'Why?', lang: 'en' });
    expect(hall.state.own.value.length).toBe(2);
    hall.own(asked(2, { text: 'Why?' }));
    expect(hall.state.own.value.map(({ id }) => id)).toEqual([2, 1]);
  });

  it('P58 one that is taken back goes at once, and comes back when that failed', () => {
    const hall = new Hall().everyone(question(1)).own(asked(1, { state: 'published' }));
    const intent = hall.wants('question.withdraw', { question: 1 });
    expect([hall.state.own.value, hall.where()['open']]).toEqual([[], []]);
    hall.state.wish({ ...intent, problem: { code: 'state_changed' } }, 'failed');
    expect(hall.state.own.value).toMatchObject([{ state: 'published', act: { what: 'withdraw', state: 'failed' } }]);
  });
});
