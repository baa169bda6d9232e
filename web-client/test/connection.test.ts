import { describe, expect, it } from 'vitest';
import type { HelloOk } from '../src/protocol/generated';
import { defaultLimits } from '../src/protocol/generated';
import {
  Connection,
  firstWaitMs,
  longestWaitMs,
  openingMs,
  pingEveryMs,
  pingReplyAfterWakingMs,
  pingReplyMs,
  steadyMs,
  type Answer,
  type ChannelFrame,
} from '../src/sync/connection';
import type { LinkEvents } from '../src/sync/transport';
import { Clock } from './fake/clock';

interface Sent {
  id: number;
  op: string;
  key?: string;
  args: unknown;
}

class FakeLink {
  readonly sent: Sent[] = [];
  isAbandoned = false;

  constructor(readonly events: LinkEvents) {}

  send(text: string): void {
    this.sent.push(JSON.parse(text) as Sent);
  }

  abandon(): void {
    this.isAbandoned = true;
  }

  say(...frames: object[]): void {
    this.events.received(frames.map((frame) => JSON.stringify(frame)).join('\n'));
  }

  get ops(): string[] {
    return this.sent.map(({ op }) => op);
  }
}

class Line {
  readonly clock = new Clock();
  readonly links: FakeLink[] = [];
  readonly states: string[] = [];
  readonly frames: ChannelFrame[] = [];
  readonly lostCodes: number[] = [];
  isReady = true;
  retryAt: number | undefined;
  readonly connection = new Connection(
    (events) => {
      const link = new FakeLink(events);
      this.links.push(link);
      return link;
    },
    this.clock,
    () => 1,
    {
      helloArgs: () => (this.isReady ? { subscriptions: [] } : undefined),
      welcomed: () => undefined,
      received: (frame) => this.frames.push(frame),
      heads: () => [{ channel: 'webinar/1', rev: 7 }],
      lost: (code) => this.lostCodes.push(code),
      stateChanged: (state, retryAt) => {
        this.states.push(state);
        this.retryAt = retryAt;
      },
    },
  );

  get link(): FakeLink {
    const link = this.links[this.links.length - 1];
    if (!link) throw new Error('no link');
    return link;
  }

  open(): void {
    this.link.events.opened();
  }

  welcome(): void {
    const hello: HelloOk = { server: '', release: '', epoch: 'run-1', at: 0, limits: defaultLimits, subscriptions: [] };
    this.link.say({ id: this.link.sent[0]?.id, ok: hello });
  }

  goOnline(): void {
    this.connection.start();
    this.open();
    this.welcome();
  }

  get waitMs(): number {
    return (this.retryAt ?? 0) - this.clock.now();
  }
}

describe('P20 hello', () => {
  it('P20 is the first thing said, once', () => {
    const line = new Line();
    line.connection.start();
    expect(line.link.sent).toEqual([]);
    line.open();
    line.connection.ready();
    expect(line.link.ops).toEqual(['hello']);
  });

  it('P20 waits until what is held has been read, while the socket is on its way', () => {
    const line = new Line();
    line.isReady = false;
    line.connection.start();
    line.open();
    expect(line.link.ops).toEqual([]);
    line.isReady = true;
    line.connection.ready();
    expect(line.link.ops).toEqual(['hello']);
  });

  it('P20 before its reply nothing else is sent', () => {
    const line = new Line();
    line.connection.start();
    line.open();
    const answers: Answer<'webinar.list'>[] = [];
    line.connection.request('webinar.list', {}, (answer) => answers.push(answer));
    expect(answers).toEqual([{ closed: 1006 }]);
    expect(line.link.ops).toEqual(['hello']);
  });

  it('P6 a refused hello is tried again when the server says', () => {
    const line = new Line();
    line.connection.start();
    line.open();
    line.link.say({ id: line.link.sent[0]?.id, error: { code: 'overloaded', retryAfterMs: 4_321 } });
    expect(line.connection.state).toBe('waiting');
    expect(line.waitMs).toBe(4_321);
  });
});

describe('P5 replies', () => {
  it('P5 come in any order, each to its request, before the frames behind them', () => {
    const line = new Line();
    line.goOnline();
    const order: string[] = [];
    line.connection.request('webinar.list', {}, () => order.push(`first ${line.frames.length}`));
    line.connection.request('webinar.list', {}, () => order.push(`second ${line.frames.length}`));
    const [, first, second] = line.link.sent;
    line.link.say({ id: second?.id, ok: {} }, { ch: 'webinar/1', gone: true }, { id: first?.id, ok: {} });
    expect(order).toEqual(['second 0', 'first 1']);
  });

  it('P5 a request that the end of the connection overtook is answered with its code, once', () => {
    const line = new Line();
    line.goOnline();
    const answers: Answer<'webinar.list'>[] = [];
    line.connection.request('webinar.list', {}, (answer) => answers.push(answer));
    line.link.events.closed(1009);
    line.clock.advance(line.waitMs);
    line.open();
    line.welcome();
    expect(answers).toEqual([{ closed: 1009 }]);
  });

  it('P1 what is not JSON ends the connection', () => {
    const line = new Line();
    line.goOnline();
    line.link.events.received('<html>');
    expect(line.connection.state).toBe('waiting');
  });
});

describe('P8 the end of a connection', () => {
  it('P8 4000 and 1006 mean come back, 4500 means stop', () => {
    for (const [code, state] of [[1006, 'waiting'], [4000, 'waiting'], [4499, 'waiting'], [4500, 'stopped']] as const) {
      const line = new Line();
      line.goOnline();
      line.link.events.closed(code);
      expect(line.connection.state, String(code)).toBe(state);
    }
  });

  it('P8 nothing is tried after stop', () => {
    const line = new Line();
    line.goOnline();
    line.link.events.closed(4500);
    line.connection.wake();
    line.clock.advance(longestWaitMs * 2);
    expect(line.links.length).toBe(1);
  });

  it('P8 who was told when to come back comes back then', () => {
    const line = new Line();
    line.goOnline();
    line.link.say({ closing: { reconnectAfterMs: 2_300 } });
    line.link.events.closed(4000);
    expect(line.waitMs).toBe(2_300);
    line.clock.advance(2_299);
    expect(line.links.length).toBe(1);
    line.clock.advance(1);
    expect(line.links.length).toBe(2);
  });
});

describe('waits between attempts', () => {
  function wait(line: Line): number {
    line.link.events.closed(1006);
    return line.waitMs;
  }

  it('grow from half a second to half a minute', () => {
    const line = new Line();
    line.connection.start();
    const waits: number[] = [];
    for (let i = 0; i < 9; ++i) {
      waits.push(wait(line));
      line.clock.advance(line.waitMs);
    }
    expect(waits.slice(0, 4)).toEqual([1, 2, 4, 8].map((factor) => factor * firstWaitMs));
    expect(waits[8]).toBe(longestWaitMs);
  });

  it('are spread by chance over the upper half', () => {
    const line = new Line();
    const spread = new Connection((events) => new FakeLink(events), line.clock, () => 0, {
      helloArgs: () => undefined,
      welcomed: () => undefined,
      received: () => undefined,
      heads: () => [],
      lost: () => undefined,
      stateChanged: (_, retryAt) => (line.retryAt = retryAt),
    });
    spread.start();
    line.clock.advance(openingMs);
    expect(line.waitMs).toBe(firstWaitMs / 2);
  });

  it('begin anew only after a connection that lasted', () => {
    const line = new Line();
    line.goOnline();
    line.link.events.closed(4002);
    line.clock.advance(line.waitMs);
    line.open();
    line.welcome();
    line.link.events.closed(4002);
    expect(line.waitMs).toBe(2 * firstWaitMs);
    line.clock.advance(line.waitMs);
    line.open();
    line.welcome();
    line.clock.advance(steadyMs);
    line.link.events.closed(4002);
    expect(line.waitMs).toBe(firstWaitMs);
  });

  it('an attempt that hangs is given up', () => {
    const line = new Line();
    line.connection.start();
    line.clock.advance(openingMs);
    expect(line.link.isAbandoned).toBe(true);
    expect(line.connection.state).toBe('waiting');
  });
});

describe('coming back', () => {
  it('waking while waiting tries at once', () => {
    const line = new Line();
    line.goOnline();
    line.link.events.closed(1006);
    line.connection.wake();
    expect(line.links.length).toBe(2);
    expect(line.connection.state).toBe('connecting');
  });

  it('waking while online asks whether the line is still there, and soon gives it up', () => {
    const line = new Line();
    line.goOnline();
    line.connection.wake();
    expect(line.link.ops).toEqual(['hello', 'ping']);
    line.clock.advance(pingReplyAfterWakingMs);
    expect(line.connection.state).toBe('waiting');
  });

  it('waking while an attempt hangs on a network that is gone starts another', () => {
    const line = new Line();
    line.connection.start();
    line.connection.wake();
    expect(line.links.length).toBe(1);
    line.clock.advance(5_000);
    line.connection.wake();
    expect(line.links.length).toBe(2);
    expect(line.links[0]?.isAbandoned).toBe(true);
  });
});

describe('P25 pings', () => {
  it('P25 go out every 25 s and carry the heads', () => {
    const line = new Line();
    line.goOnline();
    line.clock.advance(pingEveryMs);
    expect(line.link.sent[1]).toMatchObject({ op: 'ping', args: { heads: [{ channel: 'webinar/1', rev: 7 }] } });
    line.link.say({ id: line.link.sent[1]?.id, ok: { at: 0 } });
    line.clock.advance(pingReplyMs + pingEveryMs);
    expect(line.link.ops).toEqual(['hello', 'ping', 'ping']);
  });

  it('P25 a line that is silent after one is dead', () => {
    const line = new Line();
    line.goOnline();
    line.clock.advance(pingEveryMs + pingReplyMs - 1);
    expect(line.connection.state).toBe('online');
    line.clock.advance(1);
    expect(line.connection.state).toBe('waiting');
  });

  it('P25 any frame proves that the line lives', () => {
    const line = new Line();
    line.goOnline();
    line.clock.advance(pingEveryMs + 1);
    line.link.say({ ch: 'webinar/1', signal: { type: 'people', count: 3 } });
    line.clock.advance(pingReplyMs);
    expect(line.connection.state).toBe('online');
  });

  it('P25 however often one wakes, one ping is under way', () => {
    const line = new Line();
    line.goOnline();
    for (let i = 0; i < 5; ++i) line.connection.wake();
    line.link.say({ ch: 'webinar/1', signal: { type: 'people', count: 3 } });
    const before = line.link.sent.length;
    line.clock.advance(pingReplyMs + pingEveryMs);
    expect(line.link.sent.length).toBe(before + 1);
  });
});
