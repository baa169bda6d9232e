// The rules of questions in the fake server (PROTOCOL.md, P50–P58).

import type { OperationName, QuestionRules } from '../../src/protocol/generated';
import { bodyOf, refuse, type StoredQuestion, type StoredText, type Transaction } from './database';
import { checkText, hasJoined, personRef, publishWebinar, rulesOf, runsTheRoom, signedIn, webinarOf, type Act, type Caller, type Made } from './domain';

const longestQuestion = 600;
const mostWaiting = 5;
const starGap = 1024;

const isPublic = ({ state }: StoredQuestion): boolean => state === 'published' || state === 'staged' || state === 'answered';
const isOpenToHosts = (question: StoredQuestion): boolean => question.state === 'pending' || isPublic(question);

function headOf(tx: Transaction, id: number): number {
  const into = tx.database.questions.get(id)?.mergedInto;
  return into === undefined ? id : headOf(tx, into);
}

function groupOf(tx: Transaction, head: number): number[] {
  return Array.from(tx.database.questions.keys()).filter((id) => id !== head && headOf(tx, id) === head);
}

function written(tx: Transaction, question: StoredQuestion, { text, lang, by, at }: StoredText): object {
  const webinar = tx.database.webinars.get(question.webinar);
  return { text, body: bodyOf(text), lang, by: webinar ? personRef(tx, by, webinar) : { id: by, name: '' }, at };
}

/// Everything that shows a question, as its tables are now.
function show(tx: Transaction, id: number): void {
  const question = tx.database.questions.get(id);
  const webinar = question && tx.database.webinars.get(question.webinar);
  if (!question || !webinar) return;
  const channel = `webinar/${question.webinar}`;
  const { state, text, lang, at, publishedAt, answeredAt, answer, reason, mergedInto, anonymous, star } = question;
  const author = anonymous ? {} : { author: personRef(tx, question.author, webinar) };
  const shared = { state, ...author, text, body: bodyOf(text), lang, at };
  const withAnswer = answer ? { answer: written(tx, question, answer) } : {};
  const everyones = {
    ...shared,
    publishedAt: publishedAt ?? at,
    ...(answeredAt === undefined ? {} : { answeredAt }),
    ...withAnswer,
    translations: question.translations.map((one) => written(tx, question, one)),
    merged: groupOf(tx, id),
  };
  const reasons = { ...(reason === undefined ? {} : { reason }), ...(mergedInto === undefined ? {} : { mergedInto }) };
  const isBackstage = state === 'pending' || state === 'dismissed' || state === 'merged';
  tx.publish(`${channel}/questions`, 'question', id, isPublic(question) ? everyones : undefined);
  if (isPublic(question)) tx.database.dirtyVotes.add(id);
  else tx.publish(`${channel}/questions`, 'votes', id, undefined);
  tx.publish(`${channel}/backstage`, 'review', id, isBackstage ? { ...shared, ...reasons } : undefined);
  if (state !== 'published' && state !== 'staged') delete question.star;
  if (question.star !== star) tx.publish(`${channel}/backstage`, 'star', id, undefined);
  const head = tx.database.questions.get(headOf(tx, id));
  const fate = mergedInto !== undefined && head?.state === 'dismissed' ? { state: 'dismissed', reason: head.reason } : {};
  const own = { state, anonymous, text, lang, at, ...reasons, ...withAnswer, ...fate };
  tx.publish(`${channel}/person/${question.author}`, 'asked', id, state === 'withdrawn' ? undefined : own);
}

function showGroup(tx: Transaction, head: number): void {
  show(tx, head);
  for (const id of groupOf(tx, head)) show(tx, id);
}

function questionOf(tx: Transaction, caller: Caller, id: number): StoredQuestion {
  const question = tx.database.questions.get(id);
  if (!question || question.state === 'withdrawn') refuse('not_found', 'question');
  webinarOf(tx, caller, question.webinar);
  const isMine = question.author === caller.person;
  if (!isPublic(question) && !isMine && !runsTheRoom(tx, caller.person, question.webinar)) refuse('not_found', 'question');
  return question;
}

function hostsQuestion(tx: Transaction, caller: Caller, id: number): StoredQuestion {
  const question = questionOf(tx, caller, id);
  if (!runsTheRoom(tx, signedIn(caller), question.webinar)) refuse('forbidden');
  return question;
}

function changed(id: number, channel: string, type: string): Made {
  return { ok: { question: id, channel }, record: { channel, type, id } };
}

/// Where a host sees what became of it.
function seen(id: number, question: StoredQuestion): Made {
  const isShown = isPublic(question);
  return changed(id, `webinar/${question.webinar}/${isShown ? 'questions' : 'backstage'}`, isShown ? 'question' : 'review');
}

function makePublic(question: StoredQuestion, state: 'published' | 'staged' | 'answered', now: number): void {
  question.state = state;
  delete question.reason;
  question.publishedAt ??= now;
}

const ask: Act<'question.ask'> = (tx, caller, args) => {
  const webinar = webinarOf(tx, caller, args.webinar);
  const author = signedIn(caller);
  if (!hasJoined(tx, author, args.webinar)) refuse('forbidden');
  const rules = rulesOf(webinar);
  if (!rules.open) refuse('questions_closed');
  const anonymous = args.anonymous ?? rules.names === 'anonymous';
  if ((rules.names === 'named' && anonymous) || (rules.names === 'anonymous' && !anonymous)) refuse('out_of_range', 'anonymous');
  const waiting = Array.from(tx.database.questions.values()).filter((one) => one.author === author && one.state === 'pending');
  if (waiting.length >= mostWaiting) refuse('too_many_questions');
  const isReviewed = rules.review && !runsTheRoom(tx, author, args.webinar);
  const id = tx.database.nextId++;
  const question: StoredQuestion = {
    webinar: args.webinar,
    author,
    anonymous,
    text: checkText(args.text, longestQuestion),
    lang: args.lang ?? 'en',
    at: tx.now,
    state: isReviewed ? 'pending' : 'published',
    translations: [],
    voters: new Set([author]),
  };
  if (!isReviewed) question.publishedAt = tx.now;
  tx.database.questions.set(id, question);
  show(tx, id);
  const own = `webinar/${args.webinar}/person/${author}`;
  tx.publish(own, 'vote', id, { on: true });
  return changed(id, own, 'asked');
};

const withdraw: Act<'question.withdraw'> = (tx, caller, { question: id }) => {
  const question = questionOf(tx, caller, id);
  if (question.author !== signedIn(caller)) refuse('forbidden');
  if (question.state === 'answered') refuse('state_changed');
  const head = headOf(tx, id);
  for (const other of groupOf(tx, id)) standAlone(tx, other);
  question.state = 'withdrawn';
  question.text = '';
  delete question.mergedInto;
  show(tx, id);
  if (head !== id) show(tx, head);
  return changed(id, `webinar/${question.webinar}/person/${question.author}`, 'asked');
};

const vote: Act<'question.vote'> = (tx, caller, { question: id, on }) => {
  const question = questionOf(tx, caller, id);
  const person = signedIn(caller);
  const head = headOf(tx, id);
  const state = tx.database.questions.get(head)?.state;
  if (state !== 'published' && state !== 'staged') refuse('state_changed');
  const own = `webinar/${question.webinar}/person/${person}`;
  const group = on ? [id] : [head, ...groupOf(tx, head)].filter((one) => one === id || tx.database.questions.get(one)?.voters.has(person));
  for (const one of new Set([...group, id])) {
    if (on) tx.database.questions.get(one)?.voters.add(person);
    else tx.database.questions.get(one)?.voters.delete(person);
    tx.publish(own, 'vote', one, { on });
  }
  tx.database.dirtyVotes.add(head);
  return changed(id, own, 'vote');
};

/// P56: now and then, in a transaction of its own.
export function republishVotes(tx: Transaction): void {
  for (const id of tx.database.dirtyVotes) {
    const question = tx.database.questions.get(id);
    if (!question || !isPublic(question)) continue;
    const voters = new Set([id, ...groupOf(tx, id)].flatMap((one) => Array.from(tx.database.questions.get(one)?.voters ?? [])));
    tx.publish(`webinar/${question.webinar}/questions`, 'votes', id, { count: voters.size });
  }
  tx.database.dirtyVotes.clear();
}

const publish: Act<'question.publish'> = (tx, caller, { question: id }) => {
  const question = hostsQuestion(tx, caller, id);
  if (question.state === 'merged') refuse('state_changed');
  if (!isPublic(question)) makePublic(question, 'published', tx.now);
  showGroup(tx, id);
  return seen(id, question);
};

const dismiss: Act<'question.dismiss'> = (tx, caller, { question: id, reason }) => {
  const question = hostsQuestion(tx, caller, id);
  if (!isOpenToHosts(question)) refuse('state_changed');
  question.state = 'dismissed';
  question.reason = checkText(reason);
  showGroup(tx, id);
  return seen(id, question);
};

const stage: Act<'question.stage'> = (tx, caller, { question: id, on }) => {
  const question = hostsQuestion(tx, caller, id);
  if (!isOpenToHosts(question)) refuse('state_changed');
  if (on === (question.state === 'staged')) return seen(id, question);
  for (const [other, one] of tx.database.questions) {
    if (!on || one.webinar !== question.webinar || one.state !== 'staged') continue;
    one.state = 'published';
    show(tx, other);
  }
  if (on) delete question.answeredAt;
  makePublic(question, on ? 'staged' : 'published', tx.now);
  showGroup(tx, id);
  return seen(id, question);
};

const answer: Act<'question.answer'> = (tx, caller, { question: id, text, lang }) => {
  const question = hostsQuestion(tx, caller, id);
  if (!isOpenToHosts(question)) refuse('state_changed');
  if (text !== undefined) question.answer = { text: checkText(text), lang: lang ?? question.lang, by: caller.person, at: tx.now };
  makePublic(question, 'answered', tx.now);
  question.answeredAt ??= tx.now;
  showGroup(tx, id);
  return seen(id, question);
};

const reopen: Act<'question.reopen'> = (tx, caller, { question: id }) => {
  const question = hostsQuestion(tx, caller, id);
  if (question.state === 'published' || question.state === 'staged') return seen(id, question);
  if (question.state !== 'answered') refuse('state_changed');
  question.state = 'published';
  delete question.answeredAt;
  delete question.answer;
  showGroup(tx, id);
  return seen(id, question);
};

const translate: Act<'question.translate'> = (tx, caller, { question: id, lang, text }) => {
  const question = hostsQuestion(tx, caller, id);
  if (lang === question.lang) refuse('out_of_range', 'lang');
  question.translations = question.translations.filter((one) => one.lang !== lang);
  if (text !== undefined) question.translations.push({ lang, text: checkText(text, longestQuestion), by: caller.person, at: tx.now });
  show(tx, id);
  return seen(id, question);
};

const merge: Act<'question.merge'> = (tx, caller, { question: id, into }) => {
  const question = hostsQuestion(tx, caller, id);
  hostsQuestion(tx, caller, into);
  const head = headOf(tx, into);
  const target = tx.database.questions.get(head);
  if (head === id) refuse('out_of_range', 'into');
  if (question.state !== 'pending' && question.state !== 'published') refuse('state_changed');
  if (!target || !isOpenToHosts(target)) refuse('state_changed', 'into');
  question.stateBeforeMerge = question.state;
  question.state = 'merged';
  question.mergedInto = head;
  show(tx, id);
  showGroup(tx, head);
  return seen(id, question);
};

function standAlone(tx: Transaction, id: number): void {
  const question = tx.database.questions.get(id);
  if (!question) return;
  question.state = question.stateBeforeMerge ?? 'pending';
  delete question.mergedInto;
  delete question.stateBeforeMerge;
  showGroup(tx, id);
}

const unmerge: Act<'question.unmerge'> = (tx, caller, { question: id }) => {
  const question = hostsQuestion(tx, caller, id);
  if (question.state !== 'merged') refuse('state_changed');
  const head = headOf(tx, id);
  standAlone(tx, id);
  show(tx, head);
  return seen(id, question);
};

const star: Act<'question.star'> = (tx, caller, { question: id, on, before }) => {
  const question = hostsQuestion(tx, caller, id);
  const backstage = `webinar/${question.webinar}/backstage`;
  if (on && question.state !== 'published' && question.state !== 'staged') refuse('state_changed');
  const others = Array.from(tx.database.questions)
    .filter(([other, one]) => other !== id && one.webinar === question.webinar && one.star !== undefined)
    .sort(([, a], [, b]) => (a.star ?? 0) - (b.star ?? 0))
    .map(([other]) => other);
  const at = before === undefined ? -1 : others.indexOf(before);
  if (on) others.splice(at < 0 ? others.length : at, 0, id);
  else delete question.star;
  others.forEach((other, index) => {
    const one = tx.database.questions.get(other);
    if (one) one.star = (index + 1) * starGap;
    tx.publish(backstage, 'star', other, { place: (index + 1) * starGap });
  });
  if (!on) tx.publish(backstage, 'star', id, undefined);
  return changed(id, backstage, 'star');
};

const setRules: Act<'webinar.questions'> = (tx, caller, { webinar: id, ...rules }) => {
  const webinar = webinarOf(tx, caller, id);
  if (!webinar.hosts.includes(signedIn(caller))) refuse('forbidden');
  webinar.questions = rules satisfies QuestionRules;
  publishWebinar(tx, id);
  const channel = `webinar/${id}`;
  return { ok: { webinar: id, channel }, record: { channel, type: 'webinar', id } };
};

export const questionActs: { [Name in OperationName]?: Act<Name> } = {
  'webinar.questions': setRules,
  'question.ask': ask,
  'question.withdraw': withdraw,
  'question.vote': vote,
  'question.publish': publish,
  'question.dismiss': dismiss,
  'question.stage': stage,
  'question.answer': answer,
  'question.reopen': reopen,
  'question.translate': translate,
  'question.merge': merge,
  'question.unmerge': unmerge,
  'question.star': star,
};
