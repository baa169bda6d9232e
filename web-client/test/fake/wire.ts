// A transport to the fake server whose two queues the test holds: nothing arrives before it is delivered.

import type { Link, LinkEvents, Transport } from '../../src/sync/transport';
import type { FakeServer } from './server';
import type { Session } from './session';

type Arrival = { text: string } | { closed: number };

export class Wire implements Link {
  readonly toServer: string[] = [];
  readonly toClient: Arrival[] = [];
  session: Session | undefined;
  isOver = false;

  constructor(
    private readonly server: FakeServer,
    private readonly person: () => number,
    private readonly events: LinkEvents,
  ) {}

  send(text: string): void {
    if (!this.isOver) this.toServer.push(text);
  }

  abandon(): void {
    this.isOver = true;
    this.session?.end();
  }

  get isOpen(): boolean {
    return this.session !== undefined;
  }

  open(): void {
    this.session = this.server.connect(
      this.person(),
      (text) => this.toClient.push({ text }),
      (code) => this.toClient.push({ closed: code }),
    );
    this.events.opened();
  }

  /// The next frame reaches the server.
  deliverUp(): void {
    const text = this.toServer.shift();
    if (text !== undefined) this.session?.receive(text);
  }

  /// The next frame reaches the client.
  deliverDown(): void {
    const arrival = this.toClient.shift();
    if (!arrival || this.isOver) return;
    if ('text' in arrival) {
      this.events.received(arrival.text);
    } else {
      this.isOver = true;
      this.events.closed(arrival.closed);
    }
  }

  /// The line is cut: what was on it is lost.
  cut(code = 1006): void {
    if (this.isOver) return;
    this.isOver = true;
    this.session?.end();
    this.events.closed(code);
  }
}

/// All wires one client ever opened; the last one is the live one.
export class Wires {
  readonly all: Wire[] = [];

  constructor(
    private readonly server: FakeServer,
    private readonly person: () => number,
  ) {}

  readonly transport: Transport = (events) => {
    const wire = new Wire(this.server, this.person, events);
    this.all.push(wire);
    return wire;
  };

  get live(): Wire | undefined {
    const last = this.all[this.all.length - 1];
    return last && !last.isOver ? last : undefined;
  }
}
