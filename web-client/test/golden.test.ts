// The frames of tests/golden, which the C++ suite reads too: what the server writes this client reads, and what this client
// writes the server reads, byte for byte.

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  changingOperations,
  type AnyRecord,
  type HelloOk,
  type Push,
  type SubscriptionAnswer,
  type SubscriptionRefused,
} from '../src/protocol/generated';
import { Channel } from '../src/sync/channel';
import { Connection, type ChannelFrame } from '../src/sync/connection';
import type { LinkEvents } from '../src/sync/transport';
import { Clock } from './fake/clock';

interface Entry {
  file: string;
  language: 'en' | 'fr';
  kind: 'request' | 'reply' | 'push' | 'signal' | 'gone' | 'stale' | 'closing';
  /// As it stands on the wire.
  text: string;
  frame: Record<string, unknown>;
}

const folder = fileURLToPath(new URL('../../tests/golden/', import.meta.url));
const line = /^\{"language":"(en|fr)","kind":"(\w+)","frame":(.*)\},?$/;

function entriesOf(file: string): Entry[] {
  return readFileSync(folder + file, 'utf8')
    .split('\n')
    .flatMap((text) => {
      const [, language, kind, frame] = line.exec(text) ?? [];
      if (frame === undefined) return [];
      return [{ file, language, kind, text: frame, frame: JSON.parse(frame) as Record<string, unknown> } as Entry];
    });
}

const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
const entries = files.flatMap(entriesOf);

function of(...kinds: Entry['kind'][]): Entry[] {
  return entries.filter(({ kind }) => kinds.includes(kind));
}

/// A connection that has been welcomed, and what it hears and says.
function online(): { events: LinkEvents; sent: string[]; heard: ChannelFrame[]; connection: Connection } {
  const sent: string[] = [];
  const heard: ChannelFrame[] = [];
  let events: LinkEvents | undefined;
  const link = { send: (text: string) => sent.push(text), abandon: () => undefined };
  const transport = (given: LinkEvents): typeof link => {
    events = given;
    return link;
  };
  const connection = new Connection(transport, new Clock(), () => 0, {
    helloArgs: () => ({}),
    welcomed: () => undefined,
    received: (frame) => heard.push(frame),
    heads: () => [],
    lost: () => undefined,
    stateChanged: () => undefined,
  });
  connection.start();
  if (!events) throw new Error('no transport was opened');
  events.opened();
  events.received(JSON.stringify({ id: 1, ok: {} }));
  sent.length = 0;
  return { events, sent, heard, connection };
}

describe('P1 golden frames', () => {
  it('P1 every file is read, in both languages', () => {
    expect(entries.length).toBeGreaterThan(files.length);
    for (const file of files) {
      const written = readFileSync(folder + file, 'utf8').split('\n').filter((text) => text.startsWith('{')).length;
      const read = entries.filter((entry) => entry.file === file);
      expect(read.length, file).toBe(written);
      expect(new Set(read.map(({ language }) => language)), file).toEqual(new Set(['en', 'fr']));
    }
  });

  it.each(entries.map((entry) => [`${entry.file} ${entry.kind} ${entry.language}`, entry] as const))(
    'P1 %s is the same bytes when it is written again',
    (_, { text, frame }) => expect(JSON.stringify(frame)).toBe(text),
  );
});

describe('P5 golden requests', () => {
  it.each(of('request').filter(({ frame }) => frame['op'] !== 'hello').map((entry) => [entry.text.slice(0, 60), entry] as const))(
    'P5 %s… is what this client sends',
    (_, { text, frame }) => {
      const { sent, connection } = online();
      const { op, args, key } = frame as { op: never; args: never; key?: string };
      connection.request(op, args, () => undefined, key);
      expect(sent.map((one) => one.replace(/"id":\d+/, `"id":${frame['id'] as number}`))).toEqual([text]);
    },
  );

  it('P30 those that change something carry a key, the others none', () => {
    for (const { frame, text } of of('request')) {
      expect('key' in frame, text).toBe((changingOperations as readonly unknown[]).includes(frame['op']));
    }
  });
});

describe('P22 golden pushes', () => {
  it.each(of('push').map((entry) => [`${entry.file} ${entry.language}`, entry] as const))('P22 %s is applied', (_, { text }) => {
    const { events, heard } = online();
    events.received(text);
    const push = heard[0] as Push;
    const channel = new Channel(push.ch);
    const answer = { channel: push.ch, epoch: 'run', c: 0, rev: push.from, signals: [], more: false };
    const lost = push.put.filter((record) => 'gone' in record).map(({ type, id }) => ({ type, id, rev: 0 }) as AnyRecord);
    channel.answer({ ...answer, mode: 'snapshot', records: lost });
    expect(channel.push(push)).toBe('applied');
    const held = push.put.filter((record) => !('gone' in record));
    expect(Array.from(channel.records.values())).toEqual(held);
    expect(channel.cursor).toEqual({ epoch: 'run', c: push.c, rev: push.rev });
  });

  it('P14 signals, gone and stale reach their channel', () => {
    for (const { text, frame } of of('signal', 'gone', 'stale')) {
      const { events, heard } = online();
      events.received(text);
      expect(heard).toEqual([frame]);
    }
  });
});

describe('P21 golden answers', () => {
  function answers(): (SubscriptionAnswer | SubscriptionRefused)[] {
    const replies = of('reply').filter(({ frame }) => 'ok' in frame);
    const hello = replies.filter(({ file }) => file === 'hello.json').flatMap(({ frame }) => (frame['ok'] as HelloOk).subscriptions);
    const subscribe = replies.filter(({ file }) => file === 'subscribe.json').map(({ frame }) => frame['ok'] as SubscriptionAnswer);
    return [...hello, ...subscribe];
  }

  it('P21 each is a refusal, or leads to a channel that resumes from it', () => {
    expect(answers().length).toBeGreaterThan(3);
    for (const answer of answers()) {
      if ('error' in answer) {
        expect(answer.error.code).toBeTruthy();
        continue;
      }
      const channel = new Channel(answer.channel);
      channel.answer(answer);
      expect(channel.cursor).toEqual({ epoch: answer.epoch, c: answer.c, rev: answer.rev });
    }
  });
});

describe('P8 golden closing', () => {
  it('P8 says when to come back', () => {
    for (const { text, frame } of of('closing')) {
      const { events, connection } = online();
      events.received(text);
      events.closed(4000);
      expect(connection.state).toBe('waiting');
      expect(frame['closing']).toEqual({ reconnectAfterMs: expect.any(Number) as number });
    }
  });
});
