// The rules of threads and their posts in the fake server: enough of them for a thread's page.

import type { AppealRecord, OperationName, PersonRef } from '../../src/protocol/generated';
import { bodyOf, refuse, type StoredPost, type StoredThread, type Transaction } from './database';
import { checkText, signedIn, type Act, type Caller, type Made } from './domain';

const longestPost = 10_000;

type Tables = Pick<Transaction, 'database'>;

export function mayReadBoard({ database }: Tables, person: number, board: number): boolean {
  const visibility = database.boards.get(board)?.visibility;
  return visibility === 'public' || (visibility === 'members' && database.people.get(person)?.kind === 'member');
}

function isModerator({ database }: Tables, person: number): boolean {
  const role = database.people.get(person)?.siteRole;
  return role === 'moderator' || role === 'admin';
}

export function mayFollowThread(tables: Tables, person: number, thread: number, part?: string, owner?: string): boolean {
  const board = tables.database.threads.get(thread)?.board;
  if (board === undefined || !mayReadBoard(tables, person, board)) return false;
  return part === undefined || (part === 'person' && Number(owner) === person && person !== 0);
}

export function mayFollowBoard(tables: Tables, person: number, board: number, part?: string): boolean {
  return mayReadBoard(tables, person, board) && (part === undefined || (part === 'moderation' && isModerator(tables, person)));
}

function refTo({ database }: Tables, id: number): PersonRef {
  return { id, name: database.people.get(id)?.name ?? '' };
}

export function publishBoard(tx: Transaction, id: number): void {
  const board = tx.database.boards.get(id);
  if (board) tx.publish(`board/${id}`, 'board', id, { ...board });
}

function postsOf({ database }: Tables, thread: number): [number, StoredPost][] {
  return Array.from(database.posts).filter(([, post]) => post.thread === thread);
}

function publishThread(tx: Transaction, id: number): void {
  const thread = tx.database.threads.get(id);
  if (!thread) return;
  const { board, removedBy, author, answer, ...told } = thread;
  const live = postsOf(tx, id).filter(([, post]) => post.removedBy === undefined);
  const last = live[live.length - 1]?.[1];
  const fields = removedBy
    ? { board, state: 'removed', by: removedBy }
    : {
        board,
        ...told,
        ...(author === undefined ? {} : { author: refTo(tx, author) }),
        posts: live.length,
        lastAt: last?.at ?? thread.at,
        ...(last?.author === undefined ? {} : { lastBy: refTo(tx, last.author) }),
        ...(answer === undefined ? {} : { answer: { post: answer, pos: postsOf(tx, id).findIndex(([post]) => post === answer) + 1 } }),
      };
  tx.publish(`thread/${id}`, 'thread', id, fields);
}

function publishPost(tx: Transaction, id: number, post: StoredPost): void {
  const { thread, text, lang, at, author, editedAt, replyTo, removedBy } = post;
  const fields = removedBy
    ? { state: 'removed', by: removedBy }
    : {
        ...(author === undefined ? {} : { author: refTo(tx, author) }),
        text,
        body: bodyOf(text),
        lang,
        at,
        ...(editedAt === undefined ? {} : { editedAt }),
        ...(replyTo === undefined ? {} : { replyTo }),
      };
  tx.publish(`thread/${thread}`, 'post', id, fields, 'timeline');
}

/// With its first post.
export function beginThread(tx: Transaction, id: number, thread: StoredThread, text: string): number {
  tx.database.threads.set(id, thread);
  return addPost(tx, { thread: id, text, lang: thread.lang, at: tx.now, ...(thread.author === undefined ? {} : { author: thread.author }) });
}

function addPost(tx: Transaction, post: StoredPost): number {
  const id = tx.database.nextId++;
  tx.database.posts.set(id, post);
  publishPost(tx, id, post);
  publishThread(tx, post.thread);
  return id;
}

function threadOf(tx: Transaction, caller: Caller, id: number): StoredThread {
  const thread = tx.database.threads.get(id);
  if (!thread || !mayReadBoard(tx, caller.person, thread.board)) refuse('not_found');
  return thread;
}

function postOf(tx: Transaction, caller: Caller, id: number): { post: StoredPost; thread: StoredThread } {
  const post = tx.database.posts.get(id);
  if (!post) refuse('not_found');
  const thread = threadOf(tx, caller, post.thread);
  if (post.removedBy) refuse('already_removed');
  return { post, thread };
}

function memberOf(tx: Transaction, caller: Caller): number {
  const person = signedIn(caller);
  return tx.database.people.get(person)?.kind === 'member' ? person : refuse('forbidden');
}

function changed(id: number, channel: string, type = 'post'): Made {
  return { ok: { post: id, channel }, record: { channel, type, id } };
}

const write: Act<'post.write'> = (tx, caller, { thread, text, lang = 'en', replyTo }) => {
  const author = memberOf(tx, caller);
  threadOf(tx, caller, thread);
  const reply = replyTo === undefined ? {} : { replyTo };
  const id = addPost(tx, { thread, author, text: checkText(text, longestPost), lang, at: tx.now, ...reply });
  return changed(id, `thread/${thread}`);
};

const edit: Act<'post.edit'> = (tx, caller, args) => {
  const { post } = postOf(tx, caller, args.post);
  if (post.author !== signedIn(caller)) refuse('forbidden');
  post.text = checkText(args.text, longestPost);
  post.editedAt = tx.now;
  publishPost(tx, args.post, post);
  return changed(args.post, `thread/${post.thread}`);
};

/// By a moderator, with nothing returned to anybody.
export function takeThread(tx: Transaction, id: number): void {
  const thread = tx.database.threads.get(id);
  if (thread) thread.removedBy = 'moderator';
  publishThread(tx, id);
}

/// As when a second look overturned its removal.
export function restoreThread(tx: Transaction, id: number): void {
  const thread = tx.database.threads.get(id);
  if (thread) delete thread.removedBy;
  for (const [post, told] of postsOf(tx, id)) {
    delete told.removedBy;
    publishPost(tx, post, told);
  }
  publishThread(tx, id);
}

/// A title that its author's removal of the first post left behind.
function takeTitle(tx: Transaction, caller: Caller, id: number, { thread: of }: StoredPost, reason: string | undefined): Made {
  const thread = threadOf(tx, caller, of);
  const isFirst = postsOf(tx, of)[0]?.[0] === id;
  if (thread.removedBy || !isFirst || !isModerator(tx, signedIn(caller))) refuse('already_removed');
  if (reason === undefined) refuse('reason_required', 'reason');
  takeThread(tx, of);
  return { ok: { post: id, channel: `thread/${of}` }, record: { channel: `thread/${of}`, type: 'thread', id: of } };
}

const remove: Act<'post.remove'> = (tx, caller, { post: id, reason }) => {
  const removed = tx.database.posts.get(id);
  if (removed?.removedBy) return takeTitle(tx, caller, id, removed, reason);
  const { post, thread } = postOf(tx, caller, id);
  const person = signedIn(caller);
  if (post.author !== person) {
    if (!isModerator(tx, person)) refuse('forbidden');
    if (reason === undefined) refuse('reason_required', 'reason');
    post.reason = reason;
    post.decidedBy = person;
    publishReturned(tx, id, post);
  }
  post.removedBy = post.author === person ? 'author' : 'moderator';
  const isFirst = postsOf(tx, post.thread)[0]?.[0] === id;
  const isAlone = postsOf(tx, post.thread).every(([, other]) => other.author === post.author);
  if (isFirst && (post.removedBy === 'moderator' || isAlone)) thread.removedBy = post.removedBy;
  if (thread.answer === id) delete thread.answer;
  publishPost(tx, id, post);
  publishThread(tx, post.thread);
  return changed(id, `thread/${post.thread}`);
};

function publishReturned(tx: Transaction, id: number, { thread, author, text, reason, appeal }: StoredPost): void {
  const fields = { text, reason, by: 'moderator', at: tx.now, appealUntil: tx.now + 1_000_000, ...(appeal ? { appeal } : {}) };
  tx.publish(`thread/${thread}/person/${author}`, 'returned', id, fields);
}

const react: Act<'post.react'> = (tx, caller, { post: id, emoji, on }) => {
  const { post } = postOf(tx, caller, id);
  const person = memberOf(tx, caller);
  const byEmoji = tx.database.reactions.get(id) ?? new Map<string, Set<number>>();
  tx.database.reactions.set(id, byEmoji);
  const people = byEmoji.get(emoji) ?? new Set<number>();
  byEmoji.set(emoji, people);
  if (on) people.add(person);
  else people.delete(person);
  const counts = Array.from(byEmoji, ([one, who]) => [one, who.size] as const).filter(([, count]) => count > 0);
  tx.publish(`thread/${post.thread}`, 'tally', id, { of: id, reactions: Object.fromEntries(counts) }, { with: `post/${id}` });
  const channel = `thread/${post.thread}/person/${person}`;
  tx.publish(channel, 'reaction', id, { emojis: Array.from(byEmoji).filter(([, who]) => who.has(person)).map(([one]) => one) });
  return changed(id, channel, 'reaction');
};

const answer: Act<'thread.answer'> = (tx, caller, { thread: id, post }) => {
  const thread = threadOf(tx, caller, id);
  const person = signedIn(caller);
  if (thread.kind !== 'question' || (thread.author !== person && !isModerator(tx, person))) refuse('forbidden');
  if (post === undefined) delete thread.answer;
  else thread.answer = post;
  publishThread(tx, id);
  const channel = `thread/${id}`;
  return { ok: { thread: id, channel }, record: { channel, type: 'thread', id } };
};

const appeal: Act<'appeal.make'> = (tx, caller, { post: of = 0, text }) => {
  const post = tx.database.posts.get(of);
  const author = signedIn(caller);
  if (post?.author !== author || post.removedBy !== 'moderator') refuse('not_found');
  post.appeal = { state: 'open', text, at: tx.now };
  publishReturned(tx, of, post);
  const board = tx.database.threads.get(post.thread)?.board ?? 0;
  const fields: Omit<AppealRecord, 'type' | 'id' | 'rev'> = {
    state: 'open', target: 'post', of, author: refTo(tx, author), removed: post.text, lang: post.lang, reason: post.reason ?? '',
    decidedBy: refTo(tx, post.decidedBy ?? 0), text, at: tx.now,
  };
  tx.publish(`board/${board}/moderation`, 'appeal', of, fields);
  const channel = `thread/${post.thread}/person/${author}`;
  return { ok: { appeal: of, channel }, record: { channel, type: 'returned', id: of } };
};

export const threadActs: { [Name in OperationName]?: Act<Name> } = {
  'post.write': write,
  'post.edit': edit,
  'post.remove': remove,
  'post.react': react,
  'thread.answer': answer,
  'appeal.make': appeal,
};
