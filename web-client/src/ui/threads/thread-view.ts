// What the parts of a thread's page share while it is open, beside its conversation: which post is the answer.

import { computed, signal } from '@preact/signals';
import { CircleCheck, CircleOff, Trash2 } from 'lucide-preact';

import { loadLater, loadWords, threadWords, words } from '../../i18n/words';
import type { AcceptedAnswer, ThreadRecord } from '../../protocol/generated';
import type { Item, Problem, Thread } from '../../store/api';
import { ConversationView, useConversationView, type ConversationWords, type OwnAct } from '../conversation/conversation-view';
import { announcer } from '../voice';

export class ThreadView extends ConversationView {
  readonly says = computed<ConversationWords>(() => {
    const { post } = threadWords.value;
    const { log, message, actions, remove, returned, composer, announce } = words.value;
    return {
      log: { ...log, ...post.log },
      message: { ...message, ...post.message },
      actions: { ...actions, ...post.actions },
      remove: { ...remove, ...post.remove },
      returned: { ...returned, ...post.returned },
      composer: { ...composer, ...post.composer },
      announce: { ...announce, ...post.announce },
    };
  });
  override readonly longTexts = true;
  /** Why the last answer was not taken. */
  readonly problem = signal<Problem | undefined>(undefined);
  /** The removed first post of the thread that a moderator is asked about. */
  readonly removingThread = signal<number | undefined>(undefined);
  private isAsking = false;

  constructor(readonly thread: Thread) {
    super(thread);
  }

  /** Undefined until it is known, and when it was removed. */
  get record(): ThreadRecord | undefined {
    const record = this.thread.record.value;
    return record === undefined || 'state' in record ? undefined : record;
  }

  get answer(): AcceptedAnswer | undefined {
    return this.record?.answer;
  }

  override markOf({ id }: Item): string | undefined {
    return id !== undefined && id === this.answer?.post ? threadWords.value.answerMark : undefined;
  }

  override ownActs(item: Item): readonly OwnAct[] {
    const says = threadWords.value;
    const { id, pos } = item;
    if (id === undefined) return [];
    if (item.removed !== undefined) return this.actsOfRemoved(id, item);
    // The first post is the question.
    if (pos === 1 || !this.thread.mayAccept.value) return [];
    return id === this.answer?.post
      ? [{ icon: CircleOff, words: says.unaccept, press: () => void this.accept(undefined) }]
      : [{ icon: CircleCheck, words: says.accept, press: () => void this.accept(id) }];
  }

  /**
   * A moderator's removal of the first post takes the thread; its author's only where nobody else has written, and whose the
   * removed posts were, or those of a stretch that is not shown, nobody knows here.
   */
  override removalTakes({ pos, mine }: Item): string | undefined {
    const { log } = this.thread;
    const isAllShown = !log.hasOlder.value && !log.hasNewer.value;
    const isTaken = mine ? isAllShown && log.items.every((item) => item.mine) : this.thread.moderates.value;
    return pos === 1 && isTaken ? threadWords.value.removalTakesThread : undefined;
  }

  /** What was asked about a post of a thread that is no more. */
  leaveQuestions(): void {
    this.menu.value = undefined;
    this.removing.value = undefined;
    this.removingThread.value = undefined;
  }

  async wordsOfRemoval(of: 'en' | 'fr'): Promise<ConversationWords['remove']> {
    const [all, thread] = await Promise.all([loadWords(of), loadLater('threads', of)]);
    return { ...all.remove, ...thread.post.remove };
  }

  showAnswer(): void {
    if (this.answer !== undefined) this.target.value = { id: this.answer.post, pos: this.answer.pos };
  }

  /** Its author took only the text: the title stands until somebody takes it too. */
  private actsOfRemoved(id: number, { pos, intent }: Item): readonly OwnAct[] {
    if (pos !== 1 || intent !== undefined || !this.thread.moderates.value) return [];
    const ask = (): void => {
      this.removingThread.value = id;
    };
    return [{ icon: Trash2, words: threadWords.value.takeThread.confirm, danger: true, press: ask }];
  }

  private async accept(post: number | undefined): Promise<void> {
    if (this.isAsking) return;
    this.isAsking = true;
    const outcome = await this.thread.accept(post);
    this.isAsking = false;
    this.problem.value = 'problem' in outcome ? outcome.problem : undefined;
    if ('ok' in outcome) announcer.say('answer', post === undefined ? threadWords.value.unaccepted : threadWords.value.accepted);
  }
}

export function useThreadView(): ThreadView {
  const view = useConversationView();
  if (!(view instanceof ThreadView)) throw new Error('outside of a thread');
  return view;
}
