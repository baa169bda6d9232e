import { describe, expect, it } from 'vitest';
import type { AnyRecord, HistoryOk, MessageRecord, Push, SubscriptionAnswer } from '../src/protocol/generated';
import { Channel } from '../src/sync/channel';

function message(id: number, rev: number, pos: number, text = `text ${id}`): MessageRecord {
  return { type: 'message', id, rev, pos, author: { id: 1, name: 'A' }, text, body: [], lang: 'en', at: 0 };
}

function gone(id: number, rev: number): AnyRecord {
  return { type: 'message', id, rev, gone: true };
}

function answer(mode: 'resume' | 'snapshot', rev: number, records: AnyRecord[], more = false): SubscriptionAnswer {
  return { channel: 'webinar/1', epoch: 'run-1', c: rev, rev, mode, records, signals: [], more };
}

function push(from: number, rev: number, put: AnyRecord[]): Push {
  return { ch: 'webinar/1', from, rev, c: rev + 100, put };
}

function history(rev: number, records: AnyRecord[], more: boolean): HistoryOk {
  return { channel: 'webinar/1', rev, records, more };
}

/// Holds poses 11 to 20 (ids and revs alike), with older ones on the server.
function tail(): Channel {
  const channel = new Channel('webinar/1');
  const records = Array.from({ length: 10 }, (_, i) => message(11 + i, 11 + i, 11 + i));
  channel.answer(answer('snapshot', 20, records, true));
  channel.takeChange();
  return channel;
}

function ids(channel: Channel): number[] {
  return Array.from(channel.records.values(), ({ id }) => id).sort((a, b) => a - b);
}

function textOf(channel: Channel, id: number): string | undefined {
  const record = channel.records.get(`message/${id}`);
  return record && 'text' in record ? record.text : undefined;
}

describe('P21 answers', () => {
  it('P21 a snapshot replaces what was held', () => {
    const channel = tail();
    channel.answer(answer('snapshot', 40, [message(40, 40, 40)], true));
    expect(ids(channel)).toEqual([40]);
    expect(channel.ranges).toEqual([{ from: 40, to: 40 }]);
    expect(channel.takeChange()).toMatchObject({ reset: true, newestPos: 40, cursor: { rev: 40 } });
  });

  it('P21 a snapshot with nothing older is whole from the first place', () => {
    const channel = new Channel('webinar/1');
    channel.answer(answer('snapshot', 9, [message(5, 5, 3)], false));
    expect(channel.ranges).toEqual([{ from: 1, to: 3 }]);
  });

  it('P21 a resume is merged, and the run it came from is remembered', () => {
    const channel = tail();
    channel.answer({ ...answer('resume', 23, [message(12, 22, 12, 'edited'), message(21, 23, 21)]), epoch: 'run-2', c: 500 });
    expect(textOf(channel, 12)).toBe('edited');
    expect(channel.ranges).toEqual([{ from: 11, to: 21 }]);
    expect(channel.cursor).toEqual({ epoch: 'run-2', c: 500, rev: 23 });
  });

  it('P15 the cursor carries the commit of the last push', () => {
    const channel = tail();
    channel.push(push(20, 21, []));
    expect(channel.cursor).toEqual({ epoch: 'run-1', c: 121, rev: 21 });
  });
});

describe('P22 pushes', () => {
  it('P22 what is not newer than mine is ignored', () => {
    const channel = tail();
    expect(channel.push(push(15, 20, [message(15, 20, 15, 'again')]))).toBe('ignored');
    expect(textOf(channel, 15)).toBe('text 15');
  });

  it('P22 what begins at or below mine is applied', () => {
    const channel = tail();
    expect(channel.push(push(18, 22, [message(21, 22, 21)]))).toBe('applied');
    expect(ids(channel)).toContain(21);
    expect(channel.cursor?.rev).toBe(22);
  });

  it('P22 what begins above mine is a gap, and changes nothing', () => {
    const channel = tail();
    expect(channel.push(push(21, 22, [message(22, 22, 22)]))).toBe('gap');
    expect(channel.cursor?.rev).toBe(20);
    expect(ids(channel)).not.toContain(22);
  });

  it('P22 before the first answer nothing counts', () => {
    expect(new Channel('webinar/1').push(push(0, 5, [message(1, 5, 1)]))).toBe('ignored');
  });

  it('P22 a record changed twice is told once, as it is now', () => {
    const channel = tail();
    channel.push(push(20, 21, [message(12, 21, 12, 'first')]));
    channel.push(push(21, 22, [message(12, 22, 12, 'second')]));
    expect(channel.takeChange()?.put).toEqual([message(12, 22, 12, 'second')]);
    expect(channel.takeChange()).toBeUndefined();
  });

  it('P12 places passed over have left the channel: the stretch stays whole', () => {
    const channel = tail();
    channel.push(push(20, 25, [message(25, 25, 24)]));
    expect(channel.ranges).toEqual([{ from: 11, to: 24 }]);
  });

  it('P13 a tombstone takes the record, an older one does not', () => {
    const channel = tail();
    channel.push(push(20, 22, [gone(12, 22)]));
    expect(ids(channel)).not.toContain(12);
    expect(channel.takeChange()?.gone).toEqual([message(12, 12, 12)]);
  });

  it('P13 a tombstone of what was not held here is told once, for who knows its record from a list', () => {
    const channel = tail();
    channel.push(push(20, 23, [gone(3, 22), gone(12, 23)]));
    const change = channel.takeChange();
    expect([change?.gone.map(({ id }) => id), change?.goneUnheld]).toEqual([[12], [gone(3, 22)]]);
    channel.push(push(23, 24, [message(24, 24, 21)]));
    expect(channel.takeChange()).not.toHaveProperty('goneUnheld');
  });

  it('P24 a put outside the held stretches is not kept', () => {
    const channel = tail();
    channel.push(push(20, 21, [message(3, 21, 3, 'edited')]));
    expect(ids(channel)).not.toContain(3);
  });
});

describe('P24 histories', () => {
  it('P24 the page before is joined to what is held', () => {
    const channel = tail();
    const ticket = channel.beginHistory();
    const asked = { channel: 'webinar/1', before: 11, limit: 2 };
    channel.endHistory(ticket, asked, history(20, [message(9, 9, 9), message(10, 10, 10)], true));
    expect(channel.ranges).toEqual([{ from: 9, to: 20 }]);
  });

  it('P24 where there is nothing older the stretch begins at the first place', () => {
    const channel = tail();
    const asked = { channel: 'webinar/1', before: 11 };
    channel.endHistory(channel.beginHistory(), asked, history(20, [message(9, 9, 9)], false));
    expect(channel.ranges).toEqual([{ from: 1, to: 20 }]);
  });

  it('P24 a put heard while the history was outstanding wins over its older state', () => {
    const channel = tail();
    const ticket = channel.beginHistory();
    channel.push(push(20, 21, [message(9, 21, 9, 'edited')]));
    const asked = { channel: 'webinar/1', before: 11, limit: 1 };
    channel.endHistory(ticket, asked, history(20, [message(9, 9, 9), message(10, 10, 10)], true));
    expect(textOf(channel, 9)).toBe('edited');
  });

  it('P24 what became gone meanwhile is not brought back', () => {
    const channel = tail();
    const ticket = channel.beginHistory();
    channel.push(push(20, 21, [gone(9, 21)]));
    const asked = { channel: 'webinar/1', before: 11 };
    channel.endHistory(ticket, asked, history(20, [message(9, 9, 9), message(10, 10, 10)], false));
    expect(ids(channel)).not.toContain(9);
  });

  it('P24 a history that is ahead of mine is kept when the pushes come after it', () => {
    const channel = tail();
    const asked = { channel: 'webinar/1', after: 20 };
    channel.endHistory(channel.beginHistory(), asked, history(30, [message(21, 30, 21, 'newest state')], false));
    channel.push(push(20, 25, [message(21, 22, 21, 'earlier state')]));
    expect(textOf(channel, 21)).toBe('newest state');
  });

  it('P24 what was heard beside a history that ended is not kept for the next', () => {
    const channel = tail();
    const first = channel.beginHistory();
    channel.push(push(20, 21, [message(3, 21, 3, 'heard')]));
    channel.endHistory(first);
    channel.push(push(21, 22, [gone(3, 22)]));
    const asked = { channel: 'webinar/1', before: 11 };
    channel.endHistory(channel.beginHistory(), asked, history(22, [message(4, 4, 4)], false));
    expect(ids(channel)).not.toContain(3);
  });

  it('P24 a snapshot that came between makes the history worthless', () => {
    const channel = tail();
    const ticket = channel.beginHistory();
    channel.answer(answer('snapshot', 40, [message(40, 40, 40)], true));
    const asked = { channel: 'webinar/1', before: 11 };
    expect(channel.endHistory(ticket, asked, history(20, [message(9, 9, 9)], false))).toBe('again');
    expect(ids(channel)).toEqual([40]);
  });

  it('P24 a stretch elsewhere stands apart until the pages between have come', () => {
    const channel = tail();
    const around = { channel: 'webinar/1', around: 3 };
    channel.endHistory(channel.beginHistory(), around, history(20, [message(2, 2, 2), message(3, 3, 3)], true));
    expect(channel.ranges).toEqual([{ from: 2, to: 3 }, { from: 11, to: 20 }]);
    const between = Array.from({ length: 7 }, (_, i) => message(4 + i, 4 + i, 4 + i));
    channel.endHistory(channel.beginHistory(), { channel: 'webinar/1', after: 3 }, history(20, between, true));
    expect(channel.ranges).toEqual([{ from: 2, to: 20 }]);
  });

  it('P24 a stretch beyond the newest one known leaves no hole for the pushes to miss', () => {
    const channel = tail();
    const around = { channel: 'webinar/1', around: 30 };
    channel.endHistory(channel.beginHistory(), around, history(40, [message(30, 30, 30)], true));
    channel.push(push(20, 40, Array.from({ length: 12 }, (_, i) => message(21 + i, 21 + i, 21 + i))));
    expect(channel.ranges).toEqual([{ from: 11, to: 32 }]);
    expect(ids(channel)).toEqual(Array.from({ length: 22 }, (_, i) => 11 + i));
  });
});

describe('P27 the right was lost', () => {
  it('P27 nothing is left, and the next question has no cursor', () => {
    const channel = tail();
    channel.erase();
    expect(channel.records.size).toBe(0);
    expect(channel.cursor).toBeUndefined();
    expect(channel.takeChange()).toMatchObject({ reset: true, put: [], cursor: undefined, ranges: [] });
  });
});
