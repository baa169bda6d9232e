// Threads for the scenes: a question with its answer, long texts, two languages, every state.

import { signal } from '@preact/signals';

import type { BoardRecord, Me, PersonRef, RemovedThreadRecord, ThreadRecord } from '../src/protocol/generated';
import type { Thread } from '../src/store/api';
import type { Scene } from './scene-client';
import { makeConversation, message, paragraph, words } from './scene-conversation';

export interface SceneThread {
  readonly record?: ThreadRecord | RemovedThreadRecord;
  readonly visibility?: BoardRecord['visibility'];
}

function boardOf(visibility: BoardRecord['visibility']): BoardRecord {
  return {
    type: 'board', id: 1, rev: 1, visibility, posting: 'members', createdAt: 0,
    name: { en: 'Health', fr: 'Santé' }, purpose: { en: 'Finding care', fr: 'Trouver des soins' },
  };
}

/** Who reads is the one who asked, where they have an account. */
export function makeThread(thread: number, scene: Scene): Thread {
  const { me, thread: { record: told, visibility = 'public' } = {} } = scene;
  const record = signal(told);
  const open = told === undefined || 'state' in told ? undefined : told;
  const moderates = me?.siteRole === 'moderator';
  const isAuthor = me !== undefined && open?.author?.id === me.id;
  return {
    ...makeConversation('post', scene, { moderates, mayPost: open !== undefined && me?.kind === 'member', removesAs: 'moderator' }),
    thread,
    record,
    board: signal(told === undefined ? undefined : boardOf(visibility)),
    mayAccept: signal(open?.kind === 'question' && (isAuthor || moderates)),
    accept(post) {
      if (open === undefined) return Promise.resolve({ problem: { code: 'overloaded' } });
      const { answer: _, ...rest } = open;
      record.value = post === undefined ? rest : { ...rest, answer: { post, pos: post } };
      return Promise.resolve({ ok: true });
    },
    removeThread() {
      if (open !== undefined) record.value = { type: 'thread', id: 1, rev: 2, board: 1, state: 'removed', by: 'moderator' };
      return Promise.resolve({ ok: true });
    },
  };
}

const minute = 60_000;

interface People {
  readonly luc: PersonRef;
  readonly olena: PersonRef;
  readonly selam: PersonRef;
  readonly self: PersonRef;
}

/** Ids of items go on from those of the other scenes; the scene of the answer says which. */
export function makeThreads({ luc, olena, selam, self }: People, start: number): Readonly<Record<string, Scene>> {
  const member: Me = { id: self.id, name: self.name, kind: 'member', siteRole: 'member', guestOf: [] };
  const moderator: Me = { ...member, id: 99, name: 'Nadia Okafor', siteRole: 'moderator' };
  const guest: Me = { id: 98, name: 'Sam', kind: 'guest', guestOf: [1] };
  const long = (text: string, times: number) => Array.from({ length: times }, () => paragraph(words(text)));
  const posts = [
    message(self, 'Which clinics take people without a health card?', start, {
      mine: true,
      body: long('A family of five came to our office this week. They have no health card yet, and the youngest has a fever. Which clinics near Peterborough take people without a card, and what do they ask for at the desk?', 2),
    }),
    message(olena, 'Ours does.', start + 40 * minute, { reactions: [{ emoji: '👍', count: 4, mine: false }] }),
    message(luc, 'Oui.', start + 90 * minute, {
      lang: 'fr',
      body: [
        ...long('À Sudbury, le centre de santé communautaire reçoit sans carte. On demande une adresse et une date de naissance, rien d’autre.', 2),
        { kind: 'list', ordered: false, children: [
          { kind: 'item', children: [paragraph(words('Du lundi au jeudi, de 9 h à 16 h'))] },
          { kind: 'item', children: [paragraph(words('Une interprète est là le mardi'))] },
        ] },
      ],
    }),
    message(selam, 'Thank you.', start + 100 * minute, { body: long('We keep a list of eleven clinics and check it each spring. I can bring it up to date with yours, and share it with everyone here.', 1) }),
  ];
  const placed = posts.map((post, index) => ({ ...post, pos: index + 1 }));
  const answer = placed[2];
  const record: ThreadRecord = {
    type: 'thread', id: 1, rev: 1, board: 1, title: 'Clinics that take people without a health card', lang: 'en', kind: 'question',
    author: self, at: start, posts: 4, lastAt: start + 100 * minute, lastBy: selam,
  };
  const carried = { webinar: 1, title: { en: 'Finding a family doctor', fr: 'Trouver un médecin de famille' }, votes: 12 };
  const items = placed;
  const open: Scene = { me: member, items, thread: { record } };
  const answered: ThreadRecord = { ...record, carriedFrom: carried, answer: { post: answer?.id ?? 0, pos: 3 } };
  const unnamed = placed.map((post, index) => {
    const { author: _, ...rest } = post;
    return index === 0 ? { ...rest, mine: false } : post;
  });
  return {
    thread: open,
    'thread-answered': { ...open, thread: { record: answered } },
    'thread-unnamed': { me: moderator, items: unnamed, thread: { record: { ...answered, title: 'Où aller sans carte Santé quand un enfant a de la fièvre et que le bureau est fermé\u00a0?', lang: 'fr' } } },
    'thread-members': { ...open, thread: { record: { ...record, kind: 'announcement' }, visibility: 'members' } },
    'thread-visitor': { items: placed.map((post) => ({ ...post, mine: false })), thread: { record } },
    'thread-guest': { me: guest, items: placed.map((post) => ({ ...post, mine: false })), thread: { record } },
    'thread-unread': { ...open, unreadLinePos: 3 },
    'thread-draft': { ...open, draft: { text: 'Our clinic on King Street takes them too.\n\n- no card asked\n- open on Saturday\n', replyTo: answer?.id ?? 0 } },
    'thread-offline': { ...open, connection: 'offline', unsent: 1, items: [...items, message(self, 'I will call them tomorrow.', start + 110 * minute, { mine: true, intent: { key: 'i1', what: 'post', state: 'waiting' } })] },
    'thread-returned': { ...open, returned: [{ id: 77, text: 'Call Mrs. K. at 555-0137.', reason: 'It shows private information about someone.\nLe message montre des renseignements privés sur quelqu’un.', by: 'moderator', at: start, appealUntil: start + 40 * 86_400_000 }] },
    'thread-removed': { me: member, items: [], thread: { record: { type: 'thread', id: 1, rev: 2, board: 1, state: 'removed', by: 'moderator' } }, returned: [{ id: 77, text: 'Buy now', reason: 'It is repeated or advertising.', by: 'moderator', at: start, appealUntil: start + 40 * 86_400_000 }] },
    'thread-loading': { me: member, roomStatus: 'loading', connection: 'connecting' },
    'thread-gone': { roomStatus: 'gone' },
    'thread-failed': { roomStatus: 'failed', connection: 'waiting' },
    'thread-never-read': { roomStatus: 'loading', connection: 'offline', everOnline: false },
  };
}
