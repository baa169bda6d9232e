// The log of an open conversation, as a screen holds it: what is shown, how far one has read, and what lies further back.

import { signal } from '@preact/signals';
import type { Item, Log, Problem, UnsentText } from '../store/api';
import type { ConversationState } from '../store/conversation-state';
import type { Engine } from '../sync/engine';
import { rangeHolding } from '../sync/ranges';
import type { Reading } from './reading';

export class LogView implements Log {
  readonly loading = signal<'older' | 'newer' | 'around' | undefined>(undefined);
  readonly version;
  readonly hasOlder;
  readonly hasNewer;
  readonly newestPos;
  readonly readPos;
  readonly unreadLinePos;
  readonly unreadCount;
  readonly isReadKnown;
  private underWay: Promise<Problem | undefined> | undefined;

  constructor(
    private readonly state: ConversationState,
    private readonly engine: Engine,
    private readonly reading: Reading,
  ) {
    ({ version: this.version, hasOlder: this.hasOlder, hasNewer: this.hasNewer, newestPos: this.newestPos } = state.log);
    ({ readPos: this.readPos, linePos: this.unreadLinePos, unreadCount: this.unreadCount } = reading);
    this.isReadKnown = reading.isSettled;
  }

  get items(): readonly Item[] {
    return this.state.log.items;
  }

  indexOfKey(key: string): number {
    return this.state.log.indexOfKey(key);
  }

  indexOfPos(pos: number): number {
    return this.state.log.indexOfPos(pos);
  }

  find(id: number): Item | undefined {
    return this.state.log.find(id);
  }

  get unsent(): readonly UnsentText[] {
    return this.state.log.unsent;
  }

  loadOlder(): Promise<Problem | undefined> {
    if (!this.hasOlder.peek()) return Promise.resolve(undefined);
    return this.load('older', { before: this.state.log.stretch.from });
  }

  loadNewer(): Promise<Problem | undefined> {
    if (!this.hasNewer.peek()) return Promise.resolve(undefined);
    return this.load('newer', { after: this.state.log.stretch.to });
  }

  async showAround(pos: number): Promise<Problem | undefined> {
    const isHeld = (): boolean => rangeHolding(this.state.log.held, pos) !== undefined;
    await this.underWay;
    if (!isHeld()) {
      const problem = await this.load('around', { around: pos });
      if (problem) return problem;
      if (!isHeld()) return { code: 'not_found' };
    }
    this.state.log.look(pos);
    return undefined;
  }

  showNewest(): void {
    this.state.log.look(undefined);
  }

  markRead(pos: number): void {
    this.reading.mark(pos);
  }

  moveUnreadLine(): void {
    this.reading.moveLine();
  }

  /// One at a time: who asks meanwhile waits for the one under way.
  private load(
    what: 'older' | 'newer' | 'around',
    args: { before: number } | { after: number } | { around: number },
  ): Promise<Problem | undefined> {
    this.underWay ??= this.fetch(what, args).finally(() => {
      this.underWay = undefined;
    });
    return this.underWay;
  }

  private async fetch(
    what: 'older' | 'newer' | 'around',
    args: { before: number } | { after: number } | { around: number },
  ): Promise<Problem | undefined> {
    this.loading.value = what;
    const problem = await this.engine.history(this.state.channel, args);
    this.loading.value = undefined;
    return problem;
  }
}
