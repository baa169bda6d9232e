// A fake server with a public and a members' webinar, and a browser in front of it.

import { Browser } from './browser';
import { Clock } from './clock';
import { publishWebinar } from './domain';
import { FakeServer } from './server';

export const host = 2;
const other = 3;

export class Hall {
  readonly clock = new Clock();
  private runs = 0;
  private keys = 0;
  private browsers = 0;
  readonly server = new FakeServer(
    () => this.clock.now(),
    () => `run-${++this.runs}`,
  );
  readonly browser = this.newBrowser('Amina');

  constructor() {
    const { database } = this.server;
    database.people.set(host, { name: 'Host', kind: 'member', guestOf: [] });
    database.people.set(other, { name: 'Other', kind: 'member', guestOf: [] });
    database.nextId = 100;
    for (const [id, visibility] of [[1, 'public'], [2, 'members']] as const) this.addWebinar(id, visibility);
  }

  /// Each with a chance of its own: two of one person must not make the same keys.
  newBrowser(name: string): Browser {
    const chance = (1 + this.browsers++) / 32;
    return new Browser(name, this.server, this.clock, () => chance);
  }

  write(text: string, person = other): number {
    const answer = this.server.perform({ person }, 'message.post', { webinar: 1, text }, `other-${++this.keys}`);
    return 'ok' in answer ? (answer.ok as { message: number }).message : 0;
  }

  texts(): string[] {
    return Array.from(this.server.database.messages.values(), ({ text }) => text);
  }

  private addWebinar(id: number, visibility: 'public' | 'members'): void {
    const title = { en: `Room ${id}`, fr: `Salle ${id}` };
    const webinar = { title, state: 'live', visibility, peopleVisible: 'count', hosts: [host], createdAt: 0 } as const;
    this.server.database.webinars.set(id, { ...webinar, hosts: [host] });
    this.server.transact((tx) => publishWebinar(tx, id));
  }
}
