// A conversation over plain signals, as a webinar's and a thread's scenes hold it.

import { signal } from '@preact/signals';

import type { Node, PersonRef } from '../src/protocol/generated';
import type { Conversation, Draft, Item, ItemIntent, ItemReaction, Log, Problem, ReturnedText, UnsentText } from '../src/store/api';
import type { Scene } from './scene-client';

export function paragraph(...children: Node[]): Node {
  return { kind: 'paragraph', children };
}

export function words(text: string): Node {
  return { kind: 'text', text };
}

let made = 0;

export function message(author: PersonRef, text: string, at: number, more: Partial<Item> = {}): Item {
  made += 1;
  return {
    key: `m${made}`, id: made, pos: made, author, mine: false, text, body: [paragraph(words(text))], lang: 'en', at,
    reactions: [], ...more,
  };
}

/** A log over an array that the scene holds; `push` and `replace` are for playing with it from the console. */
export class SceneLog implements Log {
  readonly version = signal(0);
  readonly hasOlder = signal(false);
  readonly hasNewer = signal(false);
  readonly loading = signal<'older' | 'newer' | 'around' | undefined>(undefined);
  readonly newestPos = signal(0);
  readonly isReadKnown = signal(true);
  readonly readPos = signal(0);
  readonly unreadLinePos = signal<number | undefined>(undefined);
  readonly unreadCount = signal(0);
  items: Item[];

  constructor(scene: Scene) {
    this.items = [...(scene.items ?? [])];
    this.hasOlder.value = scene.hasOlder === true;
    this.unreadLinePos.value = scene.unreadLinePos;
    this.newestPos.value = this.items[this.items.length - 1]?.pos ?? 0;
  }

  indexOfKey(key: string): number {
    return this.items.findIndex((item) => item.key === key);
  }

  indexOfPos(pos: number): number {
    const index = this.items.findIndex((item) => (item.pos ?? Infinity) >= pos);
    return index < 0 ? this.items.length : index;
  }

  find(id: number): Item | undefined {
    return this.items.find((item) => item.id === id);
  }

  get unsent(): UnsentText[] {
    return this.items.flatMap(({ intent, text, lang }) => (intent?.what === 'post' ? [{ key: intent.key, text, lang }] : []));
  }

  push(...fresh: Item[]): void {
    this.items.push(...fresh);
    this.newestPos.value = fresh[fresh.length - 1]?.pos ?? this.newestPos.value;
    this.unreadCount.value = this.newestPos.value - this.readPos.value;
    this.version.value += 1;
  }

  change(key: string, more: Partial<Item>): void {
    const index = this.indexOfKey(key);
    const item = this.items[index];
    if (item === undefined) return;
    this.items[index] = { ...item, ...more };
    this.version.value += 1;
  }

  drop(key: string): void {
    this.items.splice(this.indexOfKey(key), 1);
    this.version.value += 1;
  }

  loadOlder = (): Promise<Problem | undefined> => Promise.resolve({ code: 'offline' });
  loadNewer = (): Promise<Problem | undefined> => Promise.resolve(undefined);
  showAround = (): Promise<Problem | undefined> => Promise.resolve(undefined);
  showNewest = (): void => undefined;
  markRead = (pos: number): void => {
    this.readPos.value = Math.max(this.readPos.value, pos);
    this.unreadCount.value = Math.max(0, this.newestPos.value - this.readPos.value);
  };
  moveUnreadLine = (): void => undefined;
}

function toggled(reactions: readonly ItemReaction[], emoji: string, on: boolean): ItemReaction[] {
  const others = reactions.filter((reaction) => reaction.emoji !== emoji);
  const before = reactions.find((reaction) => reaction.emoji === emoji)?.count ?? 0;
  const count = before + (on ? 1 : -1);
  return count <= 0 ? others : [...others, { emoji, count, mine: on }];
}

interface Rights {
  moderates: boolean;
  mayPost: boolean;
  removesAs: 'host' | 'moderator';
}

export function makeConversation(noun: Conversation['noun'], scene: Scene, { moderates, mayPost, removesAs }: Rights): Conversation {
  const { me } = scene;
  const log = new SceneLog(scene);
  const draft = signal<Draft>(scene.draft ?? { text: '' });
  const returned = signal<readonly ReturnedText[]>(scene.returned ?? []);
  const intent = (key: string): ItemIntent => ({ key, what: 'post', state: 'waiting' });
  return {
    noun, log, draft, returned,
    appeals: signal(undefined),
    openAppeals: () => Promise.resolve(false),
    status: signal(scene.roomStatus ?? 'ready'),
    typing: signal(scene.typing ?? 0),
    moderates: signal(moderates),
    mayPost: signal(mayPost),
    mayEdit: signal(mayPost),
    dismissReturned: (id) => (returned.value = returned.value.filter((text) => text.id !== id)),
    saveDraft: (next) => (draft.value = next),
    post(text, options) {
      draft.value = { text: '' };
      const own = message({ id: me?.id ?? 0, name: me?.name ?? '' }, text, Date.now(), { mine: true, lang: options?.lang ?? 'en' });
      log.push({ ...own, intent: intent(own.key), ...(options?.replyTo === undefined ? {} : { replyTo: { id: options.replyTo } }) });
    },
    edit(id, text) {
      draft.value = { text: '' };
      const key = log.find(id)?.key;
      if (key !== undefined) log.change(key, { text, body: [paragraph(words(text))], editedAt: Date.now() });
    },
    remove(id) {
      const key = log.find(id)?.key;
      if (key !== undefined) log.change(key, { removed: { by: moderates ? removesAs : 'author' }, at: 0, text: '', reactions: [] });
    },
    react(id, emoji, on) {
      const item = log.find(id);
      if (item !== undefined) log.change(item.key, { reactions: toggled(item.reactions, emoji, on) });
    },
    retry: () => undefined,
    discard(key) {
      const item = log.items.find((candidate) => candidate.intent?.key === key);
      if (item !== undefined) log.drop(item.key);
      return item?.text;
    },
    sayTyping: () => undefined,
    leave: () => undefined,
  };
}
