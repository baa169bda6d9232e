import { afterEach, describe, expect, it, vi } from 'vitest';
import { socketTransport } from '../src/sync/socket';
import type { Link, Transport } from '../src/sync/transport';

describe('a socket that was there before the program', () => {
  class FakeSocket {
    static readonly CONNECTING = 0;
    static readonly OPEN = 1;
    static readonly made: FakeSocket[] = [];
    onopen: ((event: unknown) => void) | null = null;
    onmessage: ((message: { data: string }) => void) | null = null;
    onclose: ((close: { code: number }) => void) | null = null;
    readonly sent: string[] = [];

    constructor(
      readonly address: string,
      readonly subprotocol: string,
      readonly readyState = FakeSocket.CONNECTING,
    ) {
      FakeSocket.made.push(this);
    }

    send(text: string): void {
      this.sent.push(text);
    }

    close(): void {}
  }

  function linked(readyState: number): { first: FakeSocket; heard: string[]; transport: Transport; link: Link } {
    vi.stubGlobal('WebSocket', FakeSocket);
    FakeSocket.made.length = 0;
    const first = new FakeSocket('first', 'plenary.v1', readyState);
    const waiting = [first as unknown as WebSocket];
    const transport = socketTransport('ws://here', () => waiting.pop());
    const heard: string[] = [];
    const link = transport({
      opened: () => heard.push('opened'),
      received: (text) => heard.push(text),
      closed: (code) => heard.push(String(code)),
    });
    return { first, heard, transport, link };
  }

  afterEach(() => vi.unstubAllGlobals());

  it.each([
    [0, 'still opening'],
    [1, 'open'],
  ])('is the first link (%i: %s), and only the first', async (readyState) => {
    const { first, heard, transport, link } = linked(readyState);
    expect(heard).toEqual([]);
    await Promise.resolve();
    if (readyState === FakeSocket.CONNECTING) first.onopen?.({});
    first.onmessage?.({ data: 'hello' });
    expect(heard).toEqual(['opened', 'hello']);
    link.send('text');
    expect(first.sent).toEqual(['text']);
    transport({ opened: () => undefined, received: () => undefined, closed: () => undefined });
    expect(FakeSocket.made.map(({ address }) => address)).toEqual(['first', 'ws://here']);
  });

  it('is left alone when it has closed meanwhile', () => {
    linked(3);
    expect(FakeSocket.made.map(({ address }) => address)).toEqual(['first', 'ws://here']);
  });

  it('says nothing any more once it was given up', async () => {
    const { heard, link } = linked(1);
    link.abandon();
    await Promise.resolve();
    expect(heard).toEqual([]);
  });
});
