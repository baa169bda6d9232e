// The appeals of one webinar or board as a screen shows them: what its channel of moderation has, and what the outbox holds.

import { computed, signal, type ReadonlySignal } from '@preact/signals';
import type { AppealRecord, Me } from '../protocol/generated';
import type { Change } from '../sync/channel';
import { isAbout, type Intent, type IntentAbout } from '../sync/intent';
import type { SendState } from '../sync/outbox';
import type { Sink } from '../sync/subscription';
import type { Appeal, AppealAct, Appeals, Taken } from './appeal-api';
import type { ConversationPart, Of } from './conversation-state';

interface Wish {
  readonly intent: IntentAbout<'appeal'>;
  readonly state: SendState;
}

export class AppealsState implements ConversationPart {
  readonly desk = signal<Of<Appeals['desk']>>('closed');
  readonly all: ReadonlySignal<readonly Appeal[]>;
  readonly open: Appeals['open'];
  readonly waiting: Appeals['waiting'];
  readonly decided: Appeals['decided'];
  private readonly records = signal<ReadonlyMap<number, AppealRecord>>(new Map());
  private readonly wishes = signal<ReadonlyMap<string, Wish>>(new Map());

  constructor(me: ReadonlySignal<Me | undefined>) {
    this.all = computed(() => {
      const acts = new Map<number, AppealAct>();
      for (const { intent, state } of this.wishes.value.values()) {
        if (intent.op === 'appeal.decide') acts.set(intent.args.appeal, decision(intent, state));
      }
      return Array.from(this.records.value.values(), (record) => makeAppeal(record, me.value?.id, acts.get(record.id)));
    });
    this.open = computed(() => this.all.value.filter(({ state }) => state === 'open').sort((a, b) => a.at - b.at || a.id - b.id));
    this.waiting = computed(() => this.open.value.filter(({ isForOthers, act }) => !isForOthers && !isUnderWay(act)).length);
    this.decided = computed(() =>
      this.all.value.filter(({ state }) => state !== 'open').sort((a, b) => (b.answeredAt ?? 0) - (a.answeredAt ?? 0) || b.id - a.id),
    );
  }

  /// For the channel of those who moderate.
  readonly deskSink: Sink = {
    changed: (change) => this.take(change),
    signalled: () => undefined,
    became: (status) => {
      if (status === 'live') this.desk.value = 'ready';
      else if (status === 'gone') this.desk.value = 'closed';
      else if (this.desk.peek() === 'loading') this.desk.value = 'failed';
    },
  };

  /// That channel is followed, or no longer.
  openDesk(isOpen: boolean): void {
    if (isOpen === (this.desk.peek() !== 'closed')) return;
    this.desk.value = isOpen ? 'loading' : 'closed';
    this.records.value = new Map();
  }

  asked({ target, id }: Taken): AppealAct | undefined {
    for (const { intent, state } of this.wishes.value.values()) {
      if (intent.op === 'appeal.make' && intent.args[target] === id) return actOf(intent, intent.args.text, state);
    }
    return undefined;
  }

  takeOwn(): void {
    // What became of one's own appeals stands in the records of what was taken.
  }

  wish(intent: Intent, state: SendState | undefined): void {
    if (!isAbout('appeal', intent)) return;
    const next = new Map(this.wishes.peek());
    if (state) next.set(intent.key, { intent, state });
    else next.delete(intent.key);
    this.wishes.value = next;
  }

  private take(change: Change): void {
    const next = new Map(change.reset ? [] : this.records.peek());
    for (const record of change.gone) if (record.type === 'appeal') next.delete(record.id);
    for (const record of change.put) if (record.type === 'appeal') next.set(record.id, record);
    this.records.value = next;
    if (change.cursor && this.desk.peek() !== 'closed') this.desk.value = 'ready';
  }
}

function makeAppeal({ type: _, rev: __, pos: ___, ...record }: AppealRecord, me: number | undefined, act: AppealAct | undefined): Appeal {
  const decidedByMe = record.decidedBy.id === me;
  return {
    ...record,
    decidedByMe,
    isForOthers: decidedByMe || (record.author !== undefined && record.author.id === me),
    answeredByMe: record.answeredBy !== undefined && record.answeredBy.id === me,
    ...(act === undefined || record.state !== 'open' ? {} : { act }),
  };
}

function isUnderWay(act: AppealAct | undefined): boolean {
  return act !== undefined && act.state !== 'failed' && act.state !== 'aged';
}

function decision(intent: Extract<Wish['intent'], { op: 'appeal.decide' }>, state: SendState): AppealAct {
  return { ...actOf(intent, intent.args.answer, state), overturn: intent.args.overturn };
}

function actOf(intent: Wish['intent'], text: string, state: SendState): AppealAct {
  const act = { key: intent.key, text, state };
  if (state === 'aged') return { ...act, problem: { code: 'aged' } };
  return intent.problem ? { ...act, problem: intent.problem } : act;
}
