// The questions of one webinar as a screen shows them. Written by sync/: what everyone may read, what waits backstage, the
// reader's own channel, and what the outbox holds. There are at most a thousand and counts come a few times a second, so each
// change derives all of them anew; one that looks the same stays the same object.

import { batch, computed, signal, type ReadonlySignal } from '@preact/signals';
import type { AskedRecord, QuestionRecord, ReviewRecord, StarRecord, VoteRecord, VotesRecord } from '../protocol/generated';
import type { Change, LiveRecord } from '../sync/channel';
import { isAbout, type Intent } from '../sync/intent';
import { byKey } from '../sync/key';
import type { SendState } from '../sync/outbox';
import type { Sink } from '../sync/subscription';
import type { Timers } from '../sync/timers';
import { isGivenUp, makeAsking, makeOwn, makeQuestion, type QuestionIntent, type QuestionWish } from './question';
import type { OwnQuestion, Question, Questions } from './question-api';
import { byPublication, shortlisted } from './question-order';
import type { ConversationPart, Of } from './conversation-state';
import { Uncounted } from './uncounted';

interface Held {
  question: QuestionRecord;
  votes: VotesRecord;
  review: ReviewRecord;
  star: StarRecord;
  asked: AskedRecord;
  vote: VoteRecord;
}

export class QuestionsState implements ConversationPart {
  readonly version = signal(0);
  readonly status = signal<Of<Questions['status']>>('loading');
  readonly desk = signal<Of<Questions['desk']>>('closed');
  readonly all: ReadonlySignal<ReadonlyMap<number, Question>>;
  readonly open: Questions['open'];
  readonly staged: Questions['staged'];
  readonly answered: Questions['answered'];
  readonly own: Questions['own'];
  readonly toReview: Questions['toReview'];
  readonly dismissed: Questions['dismissed'];
  readonly shortlist: Questions['shortlist'];
  readonly stopped: Questions['stopped'];

  private readonly held: { readonly [Type in keyof Held]: Map<number, Held[Type]> } = {
    question: new Map(),
    votes: new Map(),
    review: new Map(),
    star: new Map(),
    asked: new Map(),
    vote: new Map(),
  };
  private readonly wishes = new Map<string, QuestionWish>();
  private readonly uncounted: Uncounted<1 | -1>;
  /// The pending one's key lives on in the question that replaced it.
  private readonly keys = new Map<number, string>();
  private readonly everAsked = new Set<number>();
  private before: ReadonlyMap<number, Question> = new Map();
  private ownBefore: readonly OwnQuestion[] = [];

  constructor(timers: Timers) {
    this.uncounted = new Uncounted(timers, () => this.changed());
    this.all = computed(() => this.derived(this.version.value));
    const where = (is: (question: Question) => boolean): Question[] => Array.from(this.all.value.values()).filter(is);
    this.open = computed(() => byPublication(where(({ state }) => state === 'published' || state === 'staged')));
    this.staged = computed(() => this.open.value.find(({ state }) => state === 'staged'));
    this.answered = computed(() =>
      where(({ state }) => state === 'answered').sort((a, b) => (b.answeredAt ?? 0) - (a.answeredAt ?? 0) || b.id - a.id),
    );
    this.toReview = computed(() => where(({ state }) => state === 'pending').sort((a, b) => a.at - b.at || a.id - b.id));
    this.dismissed = computed(() => where(({ state }) => state === 'dismissed').sort((a, b) => b.at - a.at || b.id - a.id));
    this.shortlist = computed(() => this.starred(this.all.value));
    this.stopped = computed(() => where(({ act }) => act !== undefined && isGivenUp(act)));
    this.own = computed(() => this.derivedOwn(this.version.value));
  }

  /// For the channel of the questions.
  readonly questionsSink: Sink = {
    changed: (change) => this.take(change, ['question', 'votes'], this.status),
    signalled: () => undefined,
    became: (status) => this.becameOf(this.status, status, 'loading'),
  };

  /// For the channel of those who moderate.
  readonly deskSink: Sink = {
    changed: (change) => this.take(change, ['review', 'star'], this.desk),
    signalled: () => undefined,
    became: (status) => this.becameOf(this.desk, status, 'closed'),
  };

  /// That channel is followed, or no longer.
  openDesk(isOpen: boolean): void {
    if (isOpen === (this.desk.peek() !== 'closed')) return;
    batch(() => {
      this.desk.value = isOpen ? 'loading' : 'closed';
      this.held.review.clear();
      this.held.star.clear();
      this.changed();
    });
  }

  takeOwn(change: Change): void {
    // Somebody else reads here now.
    if (change.reset && !change.cursor) this.everAsked.clear();
    for (const record of change.put) if (record.type === 'asked' && !this.everAsked.has(record.id)) this.adopt(record);
    this.take(change, ['asked', 'vote'], undefined);
  }

  wish(intent: Intent, state: SendState | undefined): void {
    if (!isAbout('question', intent)) return;
    if (intent.op === 'question.vote') this.followVote(intent, state);
    if (intent.op === 'question.ask' && intent.reply) this.keys.set(intent.reply.question, intent.key);
    if (state) this.wishes.set(intent.key, { intent, state });
    else this.wishes.delete(intent.key);
    this.changed();
  }

  private changed(): void {
    this.version.value += 1;
  }

  private take(change: Change, types: readonly (keyof Held)[], status: { value: string } | undefined): void {
    for (const type of types) {
      if (change.reset) this.held[type].clear();
      if (change.reset && type === 'votes') this.uncounted.reset();
    }
    for (const record of change.gone) if (isHeld(record)) this.held[record.type].delete(record.id);
    for (const record of change.put) {
      if (!isHeld(record)) continue;
      (this.held[record.type] as Map<number, LiveRecord>).set(record.id, record);
      if (record.type === 'votes') this.uncounted.counted(record.id);
    }
    batch(() => {
      if (status && change.cursor) status.value = 'ready';
      this.changed();
    });
  }

  private becameOf(
    status: { value: string; peek(): string },
    became: 'live' | 'gone' | 'refused',
    whenGone: 'loading' | 'closed',
  ): void {
    if (became === 'live') status.value = 'ready';
    else if (became === 'gone') status.value = whenGone;
    else if (status.peek() === 'loading') status.value = 'failed';
  }

  private followVote(intent: Extract<QuestionIntent, { op: 'question.vote' }>, state: SendState | undefined): void {
    const { question, on } = intent.args;
    const countRev = this.held.votes.get(question)?.rev ?? 0;
    if (!state) this.uncounted.over(intent.key, intent.reply !== undefined, question, on ? 1 : -1, countRev);
    else if (!this.wishes.has(intent.key) && this.all.peek().get(question)?.voted !== on) this.uncounted.wished(intent.key, countRev);
  }

  /// A question of one's own that is here before its acknowledgement: most likely a reconnection lost the reply. It takes the
  /// pending one's place at once instead of standing beside it until the intent has been sent again.
  private adopt(record: AskedRecord): void {
    this.everAsked.add(record.id);
    if (this.keys.has(record.id)) return;
    const taken = new Set(this.keys.values());
    for (const { intent } of this.sorted()) {
      if (intent.op !== 'question.ask' || intent.reply || taken.has(intent.key)) continue;
      if (intent.args.text.normalize('NFC') !== record.text) continue;
      this.keys.set(record.id, intent.key);
      return;
    }
  }

  private sorted(): QuestionWish[] {
    return Array.from(this.wishes.values()).sort((a, b) => byKey(a.intent, b.intent));
  }

  private derived(_version: number): ReadonlyMap<number, Question> {
    const { question: records, review: reviews, star } = this.held;
    const wishes = this.sorted();
    const wishesOf = groupedByQuestion(wishes);
    const merged = groupedByHead(reviews);
    const wishedOnStage = onStage(wishes);
    const starred = new Set(shortlisted(new Map(Array.from(star, ([id, { place }]) => [id, place])), starWishes(wishes)));
    const made = new Map<number, Question>();
    for (const id of new Set([...records.keys(), ...reviews.keys()])) {
      const fresh = makeQuestion({
        record: records.get(id),
        review: reviews.get(id),
        votes: this.held.votes.get(id)?.count,
        uncounted: this.uncounted.of(id).reduce<number>((sum, one) => sum + one, 0),
        votedFor: (other) => this.held.vote.get(other)?.on ?? false,
        mergedInto: merged.get(id) ?? [],
        isMine: this.held.asked.has(id),
        isStarred: starred.has(id),
        wishes: wishesOf.get(id) ?? [],
        wishedOnStage,
      });
      if (fresh) made.set(id, sameIfAlike(this.before.get(id), fresh));
    }
    this.before = made;
    return made;
  }

  private derivedOwn(_version: number): readonly OwnQuestion[] {
    const wishesOf = groupedByQuestion(this.sorted());
    const asked = Array.from(this.held.asked.values());
    const own = asked.map((record) => makeOwn(this.keys.get(record.id) ?? `q${record.id}`, record, wishesOf.get(record.id) ?? []));
    const shown = new Set(own.map(({ key }) => key));
    for (const wish of this.sorted()) {
      if (wish.intent.op !== 'question.ask') continue;
      if (!shown.has(wish.intent.key) || isGivenUp(wish)) own.push(makeAsking(wish as Parameters<typeof makeAsking>[0]));
    }
    const known = new Map(this.ownBefore.map((one) => [one.key, one]));
    this.ownBefore = own
      .filter(({ state }) => state !== 'withdrawn')
      .map((one) => sameIfAlike(known.get(one.key), one))
      .sort((a, b) => b.at - a.at || (b.id ?? Infinity) - (a.id ?? Infinity));
    return this.ownBefore;
  }

  private starred(all: ReadonlyMap<number, Question>): Question[] {
    const places = new Map(Array.from(this.held.star, ([id, { place }]) => [id, place]));
    return shortlisted(places, starWishes(this.sorted())).flatMap((id) => {
      const question = all.get(id);
      return question?.starred ? [question] : [];
    });
  }
}

function isHeld(record: LiveRecord): record is Held[keyof Held] {
  return ['question', 'votes', 'review', 'star', 'asked', 'vote'].includes(record.type);
}

function groupedByQuestion(wishes: readonly QuestionWish[]): Map<number, QuestionWish[]> {
  const groups = new Map<number, QuestionWish[]>();
  for (const wish of wishes) {
    if (wish.intent.op === 'question.ask') continue;
    const { question } = wish.intent.args;
    groups.set(question, [...(groups.get(question) ?? []), wish]);
  }
  return groups;
}

/// One that was merged into a merged one counts for the head of them all.
function groupedByHead(reviews: ReadonlyMap<number, ReviewRecord>): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const [id, { mergedInto }] of reviews) {
    let head = mergedInto;
    for (let next = head; next !== undefined; next = reviews.get(next)?.mergedInto) head = next;
    if (head !== undefined) groups.set(head, [...(groups.get(head) ?? []), id]);
  }
  return groups;
}

function onStage(wishes: readonly QuestionWish[]): number | undefined {
  let staged: number | undefined;
  for (const wish of wishes) {
    if (wish.intent.op === 'question.stage' && wish.intent.args.on && !isGivenUp(wish)) staged = wish.intent.args.question;
  }
  return staged;
}

function starWishes(wishes: readonly QuestionWish[]): { question: number; on: boolean; before?: number }[] {
  return wishes.flatMap((wish) => (wish.intent.op === 'question.star' && !isGivenUp(wish) ? [wish.intent.args] : []));
}

function alike(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [ours, theirs] = [Object.entries(a), b as Record<string, unknown>];
  return ours.length === Object.keys(b).length && ours.every(([name, value]) => name in theirs && alike(value, theirs[name]));
}

function sameIfAlike<T extends object>(before: T | undefined, fresh: T): T {
  return before && alike(before, fresh) ? before : fresh;
}
