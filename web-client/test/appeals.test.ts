// The appeals of a webinar as a screen shows them (P60, P61), and a channel that two parts follow.

import { signal } from '@preact/signals';
import { describe, expect, it } from 'vitest';

import type { AppealRecord, Me } from '../src/protocol/generated';
import { AppealsState } from '../src/store/appeals';
import { SummaryState } from '../src/store/summary';
import type { Change, LiveRecord } from '../src/sync/channel';
import type { Intent } from '../src/sync/intent';
import { SharedSink } from '../src/sync/shared-sink';
import { readable } from '../src/ui/appeals/replies';

const me = signal<Me | undefined>({ id: 2, name: 'Rosa', kind: 'member', guestOf: [] });

function appeal(id: number, more: Partial<AppealRecord> = {}): AppealRecord {
  return {
    type: 'appeal', id, rev: id, state: 'open', target: 'message', of: 40 + id, author: { id: 9, name: 'Luc' }, removed: 'A text',
    lang: 'fr', reason: 'Off topic', decidedBy: { id: 1, name: 'Salma' }, text: 'It is not', at: id, ...more,
  };
}

function change(put: LiveRecord[], more: Partial<Change> = {}): Change {
  return { reset: false, put, gone: [], cursor: { epoch: 'a', c: 1, rev: 1 }, ranges: [], newestPos: 0, ...more };
}

function opened(...records: AppealRecord[]): AppealsState {
  const state = new AppealsState(me);
  state.openDesk(true);
  state.deskSink.changed(change(records, { reset: true }));
  return state;
}

function decision(id: number, more: Partial<Intent> = {}): Intent {
  const args = { appeal: id, overturn: true, answer: 'You are right.' };
  return { key: 'k1', op: 'appeal.decide', args, lane: 'webinar/1', person: 2, at: 0, page: 'p', ...more } as Intent;
}

describe('the queue of a desk', () => {
  it('counts what the reader may decide: not what they removed, dismissed or wrote', () => {
    const state = opened(appeal(1), appeal(2, { decidedBy: { id: 2, name: 'Rosa' } }), appeal(3, { author: { id: 2, name: 'Rosa' } }));
    expect(state.open.value.map(({ id, isForOthers }) => [id, isForOthers])).toEqual([[1, false], [2, true], [3, true]]);
    expect(state.waiting.value).toBe(1);
  });

  it('shows a decision on its way, and counts it as made', () => {
    const state = opened(appeal(1));
    state.wish(decision(1), 'sending');
    expect(state.open.value[0]?.act).toMatchObject({ overturn: true, text: 'You are right.', state: 'sending' });
    expect(state.waiting.value).toBe(0);
    state.deskSink.changed(change([appeal(1, { rev: 9, state: 'overturned', answer: 'You are right.', answeredBy: { id: 2, name: 'Rosa' }, answeredAt: 5 })]));
    state.wish(decision(1), undefined);
    expect(state.open.value).toEqual([]);
    expect(state.decided.value[0]).toMatchObject({ answeredByMe: true, state: 'overturned' });
  });

  it('keeps a decision that was refused before its maker', () => {
    const state = opened(appeal(1));
    state.wish(decision(1, { problem: { code: 'not_eligible' } }), 'failed');
    expect(state.open.value[0]?.act?.problem).toEqual({ code: 'not_eligible' });
    expect(state.waiting.value).toBe(1);
  });

  it('forgets everything when the right to it goes', () => {
    const state = opened(appeal(1));
    state.openDesk(false);
    expect(state.desk.value).toBe('closed');
    expect(state.open.value).toEqual([]);
  });
});

describe('an appeal on its way', () => {
  it('stands with what it is about, and with nothing else', () => {
    const state = new AppealsState(me);
    const args = { message: 5, text: 'Please look again' };
    state.wish({ key: 'k', op: 'appeal.make', args, lane: 'webinar/1', person: 2, at: 0, page: 'p' } as Intent, 'waiting');
    expect(state.asked({ target: 'message', id: 5 })).toMatchObject({ state: 'waiting', text: 'Please look again' });
    expect(state.asked({ target: 'question', id: 5 })).toBeUndefined();
  });
});

describe('a channel that several parts follow', () => {
  it('tells the one that comes later all that is held', () => {
    const shared = new SharedSink();
    const first = new AppealsState(me);
    first.openDesk(true);
    shared.add(first.deskSink);
    shared.changed(change([appeal(1)], { reset: true }));
    shared.changed(change([appeal(2)], { gone: [appeal(1)] }));
    shared.became('live');
    const later = new AppealsState(me);
    later.openDesk(true);
    shared.add(later.deskSink);
    expect(later.desk.value).toBe('ready');
    expect(later.open.value.map(({ id }) => id)).toEqual([2]);
    expect(first.open.value.map(({ id }) => id)).toEqual([2]);
    shared.remove(first.deskSink);
    expect(shared.isEmpty).toBe(false);
  });
});

describe('the summary of a desk', () => {
  it('says that there is none before the webinar has ended, and shows it when it comes', () => {
    const state = new SummaryState();
    expect(state.status.value).toBe('closed');
    state.openDesk(true);
    expect(state.status.value).toBe('loading');
    state.deskSink.changed(change([], { reset: true }));
    expect(state.status.value).toBe('none');
  });
});

describe('a saved reply', () => {
  it('is read in the reader’s own language, with what was added to it', () => {
    expect(readable('We read it again.\nNous l’avons relu.\nCome back soon', ['Nous l’avons relu.'])).toBe('Nous l’avons relu.\nCome back soon');
    expect(readable('In my own words', ['Nous l’avons relu.'])).toBe('In my own words');
  });
});
