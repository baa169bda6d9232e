// The hall with a public and a members' board, and a thread: a question.

import type { StoredThread } from './database';
import { Hall } from './hall';
import { beginThread, publishBoard } from './threads';

export const author = 2;
export const member = 3;
export const moderator = 4;
export const guest = 5;

/// There is a webinar of this number too: nothing of theirs may be taken for the other's.
export const thread = 1;

export class Boards extends Hall {
  readonly question: number;

  constructor(more: Partial<StoredThread> = {}) {
    super();
    const { database } = this.server;
    database.people.set(moderator, { name: 'Moderator', kind: 'member', siteRole: 'moderator', guestOf: [] });
    database.people.set(guest, { name: 'Guest', kind: 'guest', guestOf: [1] });
    const text = { en: 'Text', fr: 'Texte' };
    for (const [id, visibility] of [[1, 'public'], [2, 'members']] as const) {
      database.boards.set(id, { name: text, purpose: text, visibility, posting: 'members', createdAt: 0 });
    }
    const told: StoredThread = { board: 1, title: 'Where?', lang: 'en', kind: 'question', at: 0, author, ...more };
    this.question = this.server.transact((tx) => {
      for (const board of [1, 2]) publishBoard(tx, board);
      return beginThread(tx, thread, told, 'Where is the clinic?');
    });
  }

  writes(text: string, person = member): number {
    const answer = this.server.perform({ person }, 'post.write', { thread, text }, `${person}-${text}`);
    return 'ok' in answer ? (answer.ok as { post: number }).post : 0;
  }
}
