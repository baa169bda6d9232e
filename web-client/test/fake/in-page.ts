// `npm run dev`, then http://localhost:5173/?fake: the screens with the fake server behind them, inside the page. The address
// says what it shows: `fake=host` or `fake=member` is signed in, `&messages=10000` a long room, `&quiet` nobody writes,
// `&delay=400` milliseconds each way. `fakeServer` in the console is the server.

import type { OperationName } from '../../src/protocol/generated';
import type { EngineParts } from '../../src/sync/engine';
import type { Http, HttpAnswer } from '../../src/sync/http';
import type { LinkEvents } from '../../src/sync/transport';
import { FakeServer } from './server';
import type { Session } from './session';
import { publishWebinar } from './domain';

const sentences = [
  'Good morning, everyone.',
  'Bonjour à toutes et à tous.',
  'Is the **walk-in clinic** open on Saturday?',
  'Oui, de 9 h à 15 h. Voir https://exemple.ca/cliniques',
  'We put the list of interpreters on our page: https://example.org/interpreters',
  'Merci beaucoup, c’est exactement ce que je cherchais.',
  'Доброго ранку! Дуже дякую за запрошення.',
  'شكرا جزيلا على هذه المعلومات',
  'Our partnership holds a session for newcomers each first Tuesday.\nChildren are welcome.',
  'Combien de temps dure l’attente en ce moment ?',
];
const names = ['Amina Yusuf', 'Hélène Gagnon', 'Олена Коваль', 'ሰላም ተስፋይ', 'Marc Tremblay', 'Priya Nair', 'Sam Okafor'];
const host = 1;
const member = 2;
const tenSeconds = 10_000;

function parameters(): URLSearchParams {
  return new URLSearchParams(location.search);
}

function pick<T>(list: readonly T[]): T {
  return list[Math.floor(Math.random() * list.length)] as T;
}

let keys = 0;
function say(server: FakeServer, person: number, webinar: number, text = pick(sentences)): void {
  server.perform({ person }, 'message.post', { webinar, text, lang: /[éàçœ’]/.test(text) ? 'fr' : 'en' }, `fake-${keys++}`);
}

function furnish(server: FakeServer, messages: number): void {
  const { database } = server;
  database.people.set(host, { name: 'Hélène Gagnon', kind: 'member', siteRole: 'member', guestOf: [] });
  database.people.set(member, { name: 'Sam Okafor', kind: 'member', siteRole: 'member', guestOf: [] });
  names.forEach((name, index) => database.people.set(10 + index, { name, kind: 'guest', guestOf: [12] }));
  database.nextId = 1000;
  const webinars = [
    { id: 12, title: { en: 'Finding a family doctor', fr: 'Trouver un médecin de famille' }, state: 'live' },
    { id: 13, title: { en: 'Your rights at work', fr: 'Vos droits au travail' }, state: 'scheduled' },
    { id: 14, title: { en: 'Winter in Ontario', fr: 'L’hiver en Ontario' }, state: 'ended' },
  ] as const;
  server.transact((tx) => {
    for (const { id, title, state } of webinars) {
      database.webinars.set(id, {
        title,
        state,
        visibility: 'public',
        peopleVisible: 'names',
        hosts: [host],
        createdAt: Date.now(),
      });
      publishWebinar(tx, id);
    }
  });
  for (let i = 0; i < messages; ++i) say(server, 10 + (i % names.length), 12, `${i + 1}. ${pick(sentences)}`);
}

/// The cookie, which this page keeps to itself.
function signedInAs(): { person: number } {
  const who = parameters().get('fake');
  return { person: who === 'host' ? host : who === 'member' ? member : 0 };
}

function transportTo(server: FakeServer, cookie: { person: number }, delay: number): EngineParts['transport'] {
  return (events: LinkEvents) => {
    let session: Session | undefined;
    let isOver = false;
    const later = (run: () => void): void => void setTimeout(() => !isOver && run(), delay);
    later(() => {
      session = server.connect(
        cookie.person,
        (text) => later(() => events.received(text)),
        (code) => later(() => events.closed(code)),
      );
      session.onChange = (channels) => later(() => channels.forEach((channel) => session?.flush(channel)));
      events.opened();
    });
    return {
      send: (text) => later(() => session?.receive(text)),
      abandon() {
        isOver = true;
        session?.end();
      },
    };
  };
}

function httpTo(server: FakeServer, cookie: { person: number }, delay: number): Http {
  return {
    async post<Name extends OperationName>(op: Name, args: object, key?: string): Promise<HttpAnswer<Name>> {
      await new Promise((resolve) => setTimeout(resolve, 2 * delay));
      const answer = server.perform(cookie, op, args, key);
      if ('ok' in answer && op === 'session.guest') cookie.person = (answer.ok as { person: number }).person;
      if ('ok' in answer && op === 'session.end') cookie.person = 0;
      return answer as HttpAnswer<Name>;
    },
  };
}

function live(server: FakeServer): void {
  const someone = (): number => 10 + Math.floor(Math.random() * names.length);
  setInterval(() => say(server, someone(), 12), tenSeconds / 3);
  setInterval(() => {
    const message = pick(Array.from(server.database.messages.keys()).slice(-5));
    server.perform({ person: someone() }, 'message.react', { message, emoji: pick(['👍', '❤️', '😊']), on: true }, `fake-${keys++}`);
    server.countTallies();
  }, tenSeconds / 2);
  setInterval(() => {
    for (const session of server.sessions) {
      session.signal('webinar/12', { type: 'people', count: 120 + Math.floor(Math.random() * 9) });
      session.signal('webinar/12', { type: 'typing', count: Math.floor(Math.random() * 3) });
    }
  }, tenSeconds / 4);
}

export function fakeParts(): Pick<EngineParts, 'transport' | 'http'> {
  const server = new FakeServer(
    () => Date.now(),
    () => `fake-${Math.random()}`,
  );
  const delay = Number(parameters().get('delay') ?? 80);
  const cookie = signedInAs();
  furnish(server, Number(parameters().get('messages') ?? 60));
  if (!parameters().has('quiet')) live(server);
  Object.assign(window, { fakeServer: server });
  return { transport: transportTo(server, cookie, delay), http: httpTo(server, cookie, delay) };
}
