// The fake server with boards, their threads and What's New: enough of them for the screens that list them.

import type {
  ActivityRecord,
  BoardCreateArgs,
  Error as WireError,
  OperationName,
  QuestionCarryArgs,
  ThreadListArgs,
  ThreadRecord,
  ThreadStartArgs,
} from '../../src/protocol/generated';
import { channelOf, encode } from './database';
import type { Caller } from './domain';
import { FakeServer } from './server';

type Answer = { ok: unknown } | { error: WireError };
type Told = Omit<ThreadRecord, 'type' | 'id' | 'rev' | 'pos'>;
type News = Omit<ActivityRecord, 'type' | 'id' | 'rev' | 'pos' | 'seq' | 'at'>;

export class BoardServer extends FakeServer {
  readonly boards = new Map<number, BoardCreateArgs>();
  readonly asked: { op: OperationName; key: string | undefined }[] = [];
  threadsPerPage = 3;
  /// Changes are refused, before anything is looked up.
  isFull = false;
  carriedAtOnce = 2;
  /// Of the questions of each webinar, how many are left open.
  readonly openQuestions = new Map<number, number>();
  private readonly done = new Map<string, { readonly request: string; readonly ok: unknown }>();
  private seq = 0;
  private readonly time: () => number;

  constructor(now: () => number) {
    super(now, () => 'run-1');
    this.time = now;
    this.database.nextId = 500;
  }

  override mayFollow(person: number, channel: string): boolean {
    const [noun, id] = channel.split('/');
    const isMember = this.database.people.get(person)?.kind === 'member';
    if (noun === 'news') return id === undefined || isMember;
    if (noun === 'board') return this.boards.has(Number(id)) && (isMember || this.boards.get(Number(id))?.visibility === 'public');
    return super.mayFollow(person, channel);
  }

  override perform(caller: Caller, op: OperationName, args: object, key?: string): Answer {
    this.asked.push({ op, key });
    if (key !== undefined && this.isFull) return { error: { code: 'storage_full' } };
    const request = JSON.stringify([op, args]);
    const known = key === undefined ? undefined : this.done.get(key);
    if (known) return known.request === request ? { ok: known.ok } : { error: { code: 'key_reused' } };
    const answer = this.answer(caller, op, args) ?? super.perform(caller, op, args, key);
    if (key !== undefined && 'ok' in answer) this.done.set(key, { request, ok: answer.ok });
    return answer;
  }

  addBoard(id: number, more: Partial<BoardCreateArgs> = {}): void {
    const board: BoardCreateArgs = {
      name: { en: `Board ${id}`, fr: `Forum ${id}` },
      purpose: { en: 'Purpose', fr: 'But' },
      visibility: 'public',
      posting: 'members',
      ...more,
    };
    this.boards.set(id, board);
    this.transact((tx) => tx.publish(`board/${id}`, 'board', id, { ...board, createdAt: 0 }));
  }

  /// A thread as it is now, new or changed.
  putThread(board: number, id: number, more: Partial<Told> = {}): void {
    const fields: Told = { board, title: `Thread ${id}`, lang: 'en', kind: 'discussion', at: 1, posts: 1, lastAt: id, ...more };
    this.transact((tx) => tx.publish(`board/${board}`, 'thread', id, { ...fields }, 'timeline'));
  }

  removeThread(board: number, id: number): void {
    this.transact((tx) => tx.publish(`board/${board}`, 'thread', id, undefined, 'timeline'));
  }

  tell(id: number, news: News = {}, channel: 'news' | 'news/members' = 'news'): void {
    this.seq += 1;
    this.transact((tx) => tx.publish(channel, 'activity', id, { seq: this.seq, at: this.time(), ...news }));
  }

  private answer(caller: Caller, op: OperationName, args: object): Answer | undefined {
    switch (op) {
      case 'board.list':
        return { ok: { boards: this.readable(caller) } };
      case 'board.create':
        return this.create(args as BoardCreateArgs);
      case 'thread.list':
        return this.list(caller, args as ThreadListArgs);
      case 'thread.start':
        return this.start(caller, args as ThreadStartArgs);
      case 'question.carry':
        return this.carry(args as QuestionCarryArgs);
      case 'news.seen':
        return this.markSeen(caller, args as { seq: number });
      default:
        return undefined;
    }
  }

  private readable({ person }: Caller): object[] {
    const ids = Array.from(this.boards.keys()).filter((id) => this.mayFollow(person, `board/${id}`));
    return ids.map((id) => ({ id, ...this.boards.get(id), threads: this.threadsOf(id).length }));
  }

  private threadsOf(board: number): ThreadRecord[] {
    return Array.from(channelOf(this.database, `board/${board}`).records)
      .filter(([name, { fields }]) => name.startsWith('thread/') && fields)
      .map(([name, stored]) => encode(name, stored) as ThreadRecord)
      .sort((a, b) => b.lastAt - a.lastAt || b.id - a.id);
  }

  private create(board: BoardCreateArgs): Answer {
    const id = this.database.nextId++;
    this.addBoard(id, board);
    return { ok: { board: id, channel: `board/${id}`, rev: 1 } };
  }

  private list({ person }: Caller, { board, after }: ThreadListArgs): Answer {
    if (!this.mayFollow(person, `board/${board}`)) return { error: { code: 'not_found' } };
    const [lastAt = Infinity, id = Infinity] = after?.split(' ').map(Number) ?? [];
    const left = this.threadsOf(board).filter((one) => one.lastAt < lastAt || (one.lastAt === lastAt && one.id < id));
    const threads = left.slice(0, this.threadsPerPage);
    const end = threads[threads.length - 1];
    return { ok: { threads, ...(end && left.length > threads.length ? { next: `${end.lastAt} ${end.id}` } : {}) } };
  }

  private start({ person }: Caller, { board, title, text, kind }: ThreadStartArgs): Answer {
    if (this.database.people.get(person)?.kind !== 'member') return { error: { code: 'forbidden' } };
    if (text.trim() === '') return { error: { code: 'empty', field: 'text' } };
    const thread = this.database.nextId++;
    this.putThread(board, thread, { title, kind, lastAt: this.time() });
    return { ok: { thread, channel: `thread/${thread}`, rev: 1 } };
  }

  private carry({ webinar }: QuestionCarryArgs): Answer {
    const open = this.openQuestions.get(webinar) ?? 0;
    const threads = Math.min(open, this.carriedAtOnce);
    this.openQuestions.set(webinar, open - threads);
    return { ok: { webinar, threads, left: open - threads, channel: `webinar/${webinar}/questions`, rev: 1 } };
  }

  private markSeen({ person }: Caller, { seq }: { seq: number }): Answer {
    const channel = `person/${person}`;
    const before = channelOf(this.database, channel).records.get(`seen/${person}`)?.fields?.['seq'];
    const higher = Math.max(seq, Number(before ?? 0));
    this.transact((tx) => tx.publish(channel, 'seen', person, { seq: higher }));
    return { ok: { seq: higher, channel, rev: 1 } };
  }
}
