// The rules of the webinar in the fake server (PROTOCOL.md, P30–P47): each operation changes the tables and publishes.

import type { OperationName, Operations, PersonRef, QuestionRules } from '../../src/protocol/generated';
import { bodyOf, refuse, type StoredMessage, type StoredWebinar, type Transaction } from './database';

export interface Caller {
  /// 0: nobody.
  person: number;
}

export function webinarOf(tx: Transaction, caller: Caller, id: number): StoredWebinar {
  const webinar = tx.database.webinars.get(id);
  if (!webinar || !mayRead(tx, caller.person, id)) refuse('not_found');
  return webinar;
}

export function mayRead(tx: Pick<Transaction, 'database'>, person: number, id: number): boolean {
  const webinar = tx.database.webinars.get(id);
  return webinar !== undefined && (webinar.visibility === 'public' || tx.database.people.get(person)?.kind === 'member');
}

export function personRef(tx: Transaction, person: number, webinar: StoredWebinar): PersonRef {
  const name = tx.database.people.get(person)?.name ?? '';
  return webinar.hosts.includes(person) ? { id: person, name, role: 'host' } : { id: person, name };
}

const usualRules: QuestionRules = { open: true, review: true, names: 'optional' };

export function rulesOf(webinar: StoredWebinar): QuestionRules {
  return webinar.questions ?? usualRules;
}

/// Hosts, moderators, admins.
export function runsTheRoom(tx: Pick<Transaction, 'database'>, person: number, id: number): boolean {
  const role = tx.database.people.get(person)?.siteRole;
  const isHost = tx.database.webinars.get(id)?.hosts.includes(person) ?? false;
  return isHost || role === 'moderator' || role === 'admin';
}

export function hasJoined(tx: Transaction, person: number, id: number): boolean {
  const found = tx.database.people.get(person);
  return found?.kind === 'member' || (found?.guestOf.includes(id) ?? false);
}

export function publishWebinar(tx: Transaction, id: number): void {
  const webinar = tx.database.webinars.get(id);
  if (!webinar) return;
  const { title, state, visibility, peopleVisible, createdAt } = webinar;
  const hosts = webinar.hosts.map((host) => personRef(tx, host, webinar));
  const questions = rulesOf(webinar);
  tx.publish(`webinar/${id}`, 'webinar', id, { title, state, visibility, peopleVisible, hosts, questions, createdAt });
}

function publishMessage(tx: Transaction, id: number, message: StoredMessage, webinar: StoredWebinar): void {
  const { text, lang, at, editedAt, replyTo, removedBy } = message;
  const fields = removedBy
    ? { state: 'removed', by: removedBy }
    : {
        author: personRef(tx, message.author, webinar),
        text,
        body: bodyOf(text),
        lang,
        at,
        ...(editedAt === undefined ? {} : { editedAt }),
        ...(replyTo === undefined ? {} : { replyTo }),
      };
  tx.publish(`webinar/${message.webinar}`, 'message', id, fields, 'timeline');
}

function messageOf(tx: Transaction, caller: Caller, id: number): { message: StoredMessage; webinar: StoredWebinar } {
  const message = tx.database.messages.get(id);
  if (!message) refuse('not_found');
  const webinar = webinarOf(tx, caller, message.webinar);
  if (message.removedBy) refuse('already_removed');
  if (webinar.state !== 'live') refuse('not_live');
  return { message, webinar };
}

export function signedIn(caller: Caller): number {
  return caller.person === 0 ? refuse('sign_in_required') : caller.person;
}

export function checkText(text: string, limit = 4000): string {
  if (text.trim() === '') refuse('empty', 'text');
  if (Array.from(text).length > limit) refuse('too_long', 'text');
  return text.normalize('NFC');
}

/// What an operation answers; the rev of its reply is filled in after the commit, from `record`.
export interface Made {
  ok: Record<string, unknown>;
  record?: { channel: string; type: string; id: number };
}

export type Act<Name extends OperationName> = (tx: Transaction, caller: Caller, args: Operations[Name]['args']) => Made;

function changed(id: number, webinar: number): Made {
  const channel = `webinar/${webinar}`;
  return { ok: { message: id, channel }, record: { channel, type: 'message', id } };
}

const post: Act<'message.post'> = (tx, caller, args) => {
  const webinar = webinarOf(tx, caller, args.webinar);
  const author = signedIn(caller);
  if (!hasJoined(tx, author, args.webinar)) refuse('forbidden');
  if (webinar.state !== 'live') refuse('not_live');
  const id = tx.database.nextId++;
  const message: StoredMessage = {
    webinar: args.webinar,
    author,
    text: checkText(args.text),
    lang: args.lang ?? 'en',
    at: tx.now,
    ...(args.replyTo === undefined ? {} : { replyTo: args.replyTo }),
  };
  tx.database.messages.set(id, message);
  publishMessage(tx, id, message, webinar);
  return changed(id, args.webinar);
};

const edit: Act<'message.edit'> = (tx, caller, args) => {
  const { message, webinar } = messageOf(tx, caller, args.message);
  if (message.author !== signedIn(caller)) refuse('forbidden');
  message.text = checkText(args.text);
  message.editedAt = tx.now;
  publishMessage(tx, args.message, message, webinar);
  return changed(args.message, message.webinar);
};

const remove: Act<'message.remove'> = (tx, caller, args) => {
  const { message, webinar } = messageOf(tx, caller, args.message);
  const person = signedIn(caller);
  const role = tx.database.people.get(person)?.siteRole;
  const isHost = webinar.hosts.includes(person);
  if (message.author === person) {
    message.removedBy = 'author';
  } else {
    if (!isHost && role !== 'moderator' && role !== 'admin') refuse('forbidden');
    if (args.reason === undefined) refuse('reason_required', 'reason');
    message.removedBy = isHost ? 'host' : 'moderator';
    const returned = { text: message.text, reason: args.reason, by: message.removedBy, at: tx.now };
    tx.publish(`webinar/${message.webinar}/person/${message.author}`, 'returned', args.message, returned);
  }
  publishMessage(tx, args.message, message, webinar);
  if (tx.database.reactions.delete(args.message)) tx.publish(`webinar/${message.webinar}`, 'tally', args.message, undefined);
  tx.database.dirtyTallies.delete(args.message);
  return changed(args.message, message.webinar);
};

/// Leaves the channel without a trace but the tombstones (P13).
export function erase(tx: Transaction, id: number): void {
  const message = tx.database.messages.get(id);
  if (!message) return;
  tx.database.messages.delete(id);
  tx.database.dirtyTallies.delete(id);
  tx.publish(`webinar/${message.webinar}`, 'message', id, undefined, 'timeline');
  if (tx.database.reactions.delete(id)) tx.publish(`webinar/${message.webinar}`, 'tally', id, undefined);
}

const react: Act<'message.react'> = (tx, caller, args) => {
  const { message } = messageOf(tx, caller, args.message);
  const person = signedIn(caller);
  const byEmoji = tx.database.reactions.get(args.message) ?? new Map<string, Set<number>>();
  tx.database.reactions.set(args.message, byEmoji);
  const people = byEmoji.get(args.emoji) ?? new Set<number>();
  byEmoji.set(args.emoji, people);
  if (args.on) people.add(person);
  else people.delete(person);
  tx.database.dirtyTallies.add(args.message);
  const emojis = Array.from(byEmoji).filter(([, who]) => who.has(person)).map(([emoji]) => emoji);
  const channel = `webinar/${message.webinar}/person/${person}`;
  tx.publish(channel, 'reaction', args.message, { emojis });
  return { ok: { message: args.message, channel }, record: { channel, type: 'reaction', id: args.message } };
};

/// P45: now and then, in a transaction of its own.
export function republishTallies(tx: Transaction): void {
  for (const id of tx.database.dirtyTallies) {
    const message = tx.database.messages.get(id);
    const counts = Array.from(tx.database.reactions.get(id) ?? [], ([emoji, who]) => [emoji, who.size] as const);
    const reactions = Object.fromEntries(counts.filter(([, count]) => count > 0));
    if (message) tx.publish(`webinar/${message.webinar}`, 'tally', id, { of: id, reactions }, { with: `message/${id}` });
  }
  tx.database.dirtyTallies.clear();
}

const create: Act<'webinar.create'> = (tx, caller, args) => {
  const host = signedIn(caller);
  const id = tx.database.nextId++;
  const { title, visibility, peopleVisible = 'count' } = args;
  tx.database.webinars.set(id, { title, visibility, peopleVisible, state: 'scheduled', hosts: [host], createdAt: tx.now });
  publishWebinar(tx, id);
  const channel = `webinar/${id}`;
  return { ok: { webinar: id, channel }, record: { channel, type: 'webinar', id } };
};

function setState(state: StoredWebinar['state']): Act<'webinar.open'> & Act<'webinar.close'> {
  return (tx: Transaction, caller: Caller, args: { webinar: number }) => {
    const webinar = webinarOf(tx, caller, args.webinar);
    if (!webinar.hosts.includes(signedIn(caller))) refuse('forbidden');
    webinar.state = state;
    publishWebinar(tx, args.webinar);
    const channel = `webinar/${args.webinar}`;
    return { ok: { webinar: args.webinar, channel }, record: { channel, type: 'webinar', id: args.webinar } };
  };
}

const list: Act<'webinar.list'> = (tx, caller) => {
  const readable = Array.from(tx.database.webinars).filter(([id]) => mayRead(tx, caller.person, id));
  const webinars = readable.map(([id, { title, state, visibility, peopleVisible, createdAt }]) => {
    return { id, title, state, visibility, peopleVisible, createdAt };
  });
  return { ok: { webinars } };
};

const people: Act<'people.list'> = (tx, caller, args) => {
  const webinar = webinarOf(tx, caller, args.webinar);
  const search = (args.search ?? '').toLowerCase();
  const all = Array.from(tx.database.people)
    .filter(([, person]) => person.kind === 'member' || person.guestOf.includes(args.webinar))
    .filter(([, person]) => person.name.toLowerCase().includes(search))
    .map(([id, { name, kind }]) => ({ id, name, kind, host: webinar.hosts.includes(id), present: id % 3 !== 0 }));
  const start = Number(args.after ?? 0);
  const page = all.slice(start, start + 50);
  const next = start + 50 < all.length ? { next: String(start + 50) } : {};
  return { ok: { people: page, count: all.length, present: all.filter(({ present }) => present).length, ...next } };
};

const guest: Act<'session.guest'> = (tx, caller, args) => {
  webinarOf(tx, caller, args.webinar);
  if (args.name.trim() === '') refuse('empty', 'name');
  const before = tx.database.people.get(caller.person);
  if (before?.kind === 'guest' && before.name === args.name) {
    before.guestOf = Array.from(new Set([...before.guestOf, args.webinar]));
    return { ok: { person: caller.person } };
  }
  const id = tx.database.nextId++;
  tx.database.people.set(id, { name: args.name, kind: 'guest', guestOf: [args.webinar] });
  tx.publish(`person/${id}`, 'person', id, { name: args.name, kind: 'guest' });
  return { ok: { person: id } };
};

const nothing = (): Made => ({ ok: {} });

export const acts: { [Name in OperationName]?: Act<Name> } = {
  'message.post': post,
  'message.edit': edit,
  'message.remove': remove,
  'message.react': react,
  'webinar.create': create,
  'webinar.open': setState('live'),
  'webinar.close': setState('ended'),
  'webinar.list': list,
  'people.list': people,
  'session.guest': guest,
  'session.end': nothing,
  typing: nothing,
};
