// Every screen in every state, by name: `/dev/scenes.html?scene=room`. `?lang=fr` draws it in French.

import { render } from 'preact';

import { setLanguage } from '../src/i18n/words';
import type { Me, PersonRef, WebinarRecord, WebinarSummary } from '../src/protocol/generated';
import { App } from '../src/ui/app';
import { goTo } from '../src/ui/route';
import { makeAsking } from './asking';
import { makeThreads } from './scene-thread';
import { makeSceneClient, type Scene } from './scene-client';
import { message, paragraph, words } from './scene-conversation';

const start = new Date(2026, 2, 14, 13, 58).getTime();
const minute = 60_000;
const host: PersonRef = { id: 11, name: 'Nadia Okafor', role: 'host' };
const luc: PersonRef = { id: 12, name: 'Luc Tremblay' };
const olena: PersonRef = { id: 13, name: 'Олена Коваль' };
const samira: PersonRef = { id: 14, name: 'سميرة الحسن' };
const selam: PersonRef = { id: 15, name: 'Selam Tesfay' };
const self: PersonRef = { id: 16, name: 'Amina Yusuf' };
const guest: Me = { id: 16, name: 'Amina Yusuf', kind: 'guest', guestOf: [1] };
const member: Me = { id: 11, name: 'Nadia Okafor', kind: 'member', siteRole: 'member', guestOf: [] };

const record: WebinarRecord = {
  type: 'webinar', id: 1, rev: 1,
  title: { en: 'Welcoming newcomers in small towns: what worked this winter', fr: 'Accueillir dans les petites villes\u00a0: ce qui a marché cet hiver' },
  state: 'live', visibility: 'public', peopleVisible: 'count', hosts: [host],
  questions: { open: true, review: true, names: 'optional' }, createdAt: start - 86_400_000, openedAt: start,
};

const talk = [
  message(host, 'Good afternoon, everyone. Welcome. Please say where you are joining from.', start - 86_400_000),
  message(luc, 'Bonjour de Sudbury. Nous sommes quatre autour de la table aujourd’hui.', start + minute, { lang: 'fr' }),
  message(luc, 'Notre partenariat a ouvert une halte-garderie pendant les cours de langue.', start + 2 * minute, {
    lang: 'fr', reactions: [{ emoji: '👏', count: 12, mine: true }, { emoji: '❤️', count: 4, mine: false }],
  }),
  message(olena, 'Hello from Peterborough. How did you find the people to run it?', start + 3 * minute, { replyTo: { id: 3, pos: 3 } }),
  message(samira, 'مرحبا من وندسور، شكرا على الدعوة', start + 4 * minute, { lang: 'ar' }),
  message(host, 'Three things worked for us.', start + 5 * minute, {
    body: [
      paragraph(words('Three things worked for us:')),
      { kind: 'list', ordered: true, start: 1, children: [
        { kind: 'item', children: [paragraph({ kind: 'strong', children: [words('One phone number')] }, words(' for every question'))] },
        { kind: 'item', children: [paragraph(words('Rides to the first appointment'))] },
        { kind: 'item', children: [paragraph(words('A weekly table at the library, see '), { kind: 'link', href: 'https://example.org/table', children: [words('example.org/table')] })] },
      ] },
    ],
    editedAt: start + 6 * minute,
  }),
  message(self, 'The rides matter most here: the clinic is forty kilometres away.', start + 7 * minute, { mine: true, reactions: [{ emoji: '👍', count: 3, mine: false }] }),
  message(selam, '', 0, { removed: { by: 'host' } }),
  message(selam, 'Could you share the agreement you use with the drivers?', start + 8 * minute),
];

const stopped = [
  message(self, 'We could lend our van on Thursdays.', start + 9 * minute, { mine: true, intent: { key: 'i1', what: 'post', state: 'waiting' } }),
  message(self, 'And the church hall has a kitchen.', start + 10 * minute, {
    mine: true, intent: { key: 'i2', what: 'post', state: 'failed', problem: { code: 'not_live' } },
  }),
];

function summary(id: number, state: WebinarSummary['state'], en: string, fr: string, visibility: WebinarSummary['visibility'] = 'public'): WebinarSummary {
  return { id, title: { en, fr }, state, visibility, peopleVisible: 'count', createdAt: start - id * 86_400_000 };
}

const list = [
  summary(1, 'live', record.title.en, record.title.fr),
  summary(2, 'scheduled', 'Finding a family doctor', 'Trouver un médecin de famille'),
  summary(3, 'scheduled', 'Coordinators’ monthly table', 'Table mensuelle de coordination', 'members'),
  summary(4, 'ended', 'First winter: clothes, heating, rides', 'Premier hiver\u00a0: vêtements, chauffage, trajets'),
];

const asking = makeAsking({ host, luc, olena, samira, selam }, start);

const joined: Scene = { me: guest, record, items: talk, people: 212, typing: 2 };
const long = Array.from({ length: 10_000 }, (_, index) =>
  message([luc, olena, selam, host, self][(index >> 2) % 5] ?? luc, `Message ${index + 1}. ${'A few more words to read. '.repeat((index * 7) % 6)}`, start + index * 20_000, {
    mine: (index >> 2) % 5 === 4,
    reactions: index % 9 === 0 ? [{ emoji: '👍', count: 2, mine: false }] : [],
    ...(index % 23 === 22 ? { replyTo: { id: index, pos: index } } : {}),
  }));

const threads = Object.entries(makeThreads({ luc, olena, selam, self }, start)).map(([name, scene]) => [name, { scene, address: '/t/1' }]);

const scenes: Readonly<Record<string, { scene: Scene; address: string }>> = {
  ...(Object.fromEntries(threads) as Record<string, { scene: Scene; address: string }>),
  webinars: { scene: { list }, address: '/' },
  'webinars-member': { scene: { me: member, list }, address: '/' },
  'webinars-empty': { scene: {}, address: '/' },
  'webinars-loading': { scene: { listState: 'loading' }, address: '/' },
  'webinars-failed': { scene: { listState: 'failed', connection: 'waiting' }, address: '/' },
  create: { scene: { me: member }, address: '/#create' },
  you: { scene: { me: guest }, address: '/you' },
  'you-nobody': { scene: {}, address: '/you' },
  enter: { scene: {}, address: '/enter#token' },
  'enter-incomplete': { scene: {}, address: '/enter' },
  'not-found': { scene: {}, address: '/nowhere' },
  room: { scene: joined, address: '/w/1' },
  'room-unread': { scene: { ...joined, unreadLinePos: 7 }, address: '/w/1' },
  'room-visitor': { scene: { record, items: talk, people: 212, typing: 2, role: 'visitor' }, address: '/w/1' },
  'room-visitor-names': { scene: { record: { ...record, peopleVisible: 'names' }, items: talk, people: 212, role: 'visitor' }, address: '/w/1' },
  'room-join-refused': { scene: { record, items: talk, people: 212, role: 'attendee', problem: { code: 'forbidden_character', field: 'name' } }, address: '/w/1' },
  'room-host': { scene: { me: member, record, items: talk, people: 212, role: 'host' }, address: '/w/1' },
  'room-host-scheduled': { scene: { me: member, record: { ...record, state: 'scheduled' }, items: [], people: 3, role: 'host' }, address: '/w/1' },
  'room-scheduled': { scene: { me: guest, record: { ...record, state: 'scheduled' }, items: [], people: 3 }, address: '/w/1' },
  'room-empty': { scene: { me: guest, record, items: [], people: 1 }, address: '/w/1' },
  'room-ended': { scene: { ...joined, record: { ...record, state: 'ended', closedAt: start + 60 * minute } }, address: '/w/1' },
  'room-offline': { scene: { ...joined, items: [...talk, ...stopped], connection: 'offline', unsent: 1 }, address: '/w/1' },
  'room-waiting': { scene: { ...joined, items: [...talk, ...stopped], connection: 'waiting', unsent: 1 }, address: '/w/1' },
  'room-stopped': { scene: { ...joined, connection: 'stopped' }, address: '/w/1' },
  'room-release': { scene: { ...joined, reloadReady: true }, address: '/w/1' },
  'room-reply': { scene: { ...joined, draft: { text: 'Yes, gladly.', replyTo: 9 } }, address: '/w/1' },
  'room-edit': { scene: { ...joined, draft: { text: 'The rides matter most here.', editing: 7 } }, address: '/w/1' },
  'room-too-long': { scene: { ...joined, draft: { text: 'x '.repeat(2_050) } }, address: '/w/1' },
  'room-returned': {
    scene: { ...joined, returned: [{ id: 3, text: 'Call Mrs. K. at 555-0137, she has a room.', reason: 'It shows private information about someone.\nLe message montre des renseignements privés sur quelqu’un.', by: 'host', at: start, appealUntil: start + 30 * 86_400_000 }] },
    address: '/w/1',
  },
  questions: { scene: { ...joined, questions: asking.attendee }, address: '/w/1#questions' },
  'questions-own': { scene: { ...joined, questions: asking.own }, address: '/w/1#questions' },
  'questions-stage': { scene: { ...joined, questions: asking.staged }, address: '/w/1' },
  'questions-stage-long': { scene: { ...joined, questions: asking.stagedLong }, address: '/w/1' },
  'questions-empty': { scene: { ...joined, questions: {} }, address: '/w/1#questions' },
  'questions-loading': { scene: { ...joined, questions: { status: 'loading' } }, address: '/w/1#questions' },
  'questions-failed': { scene: { ...joined, questions: { status: 'failed' } }, address: '/w/1#questions' },
  'questions-draft': { scene: { ...joined, questions: { ...asking.attendee, draft: { text: 'Who pays for the rides', anonymous: true } } }, address: '/w/1#questions' },
  'questions-paused': { scene: { ...joined, record: { ...record, questions: { open: false, review: true, names: 'optional' } }, questions: asking.attendee }, address: '/w/1#questions' },
  'questions-visitor': { scene: { record, items: talk, people: 212, role: 'visitor', questions: asking.attendee }, address: '/w/1#questions' },
  desk: { scene: { me: member, record, items: talk, people: 212, role: 'host', questions: asking.desk }, address: '/w/1#questions' },
  'desk-empty': { scene: { me: member, record, items: talk, people: 212, role: 'host', questions: {} }, address: '/w/1#questions' },
  'desk-stopped': { scene: { me: member, record, items: talk, people: 212, role: 'host', questions: asking.stopped }, address: '/w/1#questions' },
  'room-loading': { scene: { me: guest, roomStatus: 'loading', connection: 'connecting' }, address: '/w/1' },
  'room-gone': { scene: { roomStatus: 'gone' }, address: '/w/1' },
  'room-failed': { scene: { roomStatus: 'failed', connection: 'waiting' }, address: '/w/1' },
  'room-never-read': { scene: { roomStatus: 'loading', connection: 'offline', everOnline: false }, address: '/w/1' },
  'room-long': { scene: { me: guest, record, items: long, people: 4_812 }, address: '/w/1' },
};

async function show(): Promise<void> {
  const asked = new URLSearchParams(location.search);
  const chosen = scenes[asked.get('scene') ?? ''];
  const root = document.getElementById('app');
  if (root === null) return;
  await setLanguage(asked.get('lang') === 'fr' ? 'fr' : 'en');
  if (chosen === undefined) {
    render(<ul>{Object.keys(scenes).map((name) => <li key={name}><a href={`?scene=${name}`}>{name}</a></li>)}</ul>, root);
    return;
  }
  goTo(chosen.address, 'replace');
  const client = makeSceneClient(chosen.scene);
  Object.assign(window, { sceneRoom: client.openRoom(1), message, people: { luc, olena, selam, self } });
  render(<App client={client} />, root);
}

void show();
