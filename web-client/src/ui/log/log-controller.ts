// What the log does beyond drawing: which rows stand in the page, where the reader is, what counts as read, and which
// message the keyboard is on. One for as long as a conversation is open; `attach` gives it its elements.

import { signal } from '@preact/signals';

import type { Item, Log } from '../../store/api';
import { LogWindow, mostRows } from './log-window';
import { unreadIndex } from './row-facts';
import { ScrollPlace } from './scroll-place';

function focusNow(): Element {
  return document.activeElement ?? document.body;
}

export class LogController {
  /** Read by the drawing component: grows when other rows should stand in the page. */
  readonly moves = signal(0);
  readonly atEnd = signal(true);
  /** Loading older or newer messages failed; the next try is the reader's. */
  readonly historyFailed = signal(false);
  readonly window: LogWindow;

  private place: ScrollPlace | undefined;
  private scroller: HTMLElement | undefined;
  private rows: HTMLElement | undefined;
  private activeKey: string | undefined;
  private chosen = false;
  private hadFocus = false;
  private placed = false;
  /** What is new begins before what is held: on its way, or not to be had, until the reader goes elsewhere. */
  private furtherUp: { readonly line: number; readonly state: 'loading' | 'failed' } | undefined;
  private wantedKey: string | undefined;
  /** Where the focus was when it was sent to the wanted row; undefined: it was not. */
  private wantedFocusFrom: Element | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isShown = true;

  /** `startsAt`: at the first unread item, however far back it is; or only where the reader has been before, and not far. */
  constructor(
    private readonly log: Log,
    private readonly startsAt: 'newest' | 'unread',
  ) {
    this.window = new LogWindow(log);
  }

  /** The result lets go of the elements. */
  attach(scroller: HTMLElement, rows: HTMLElement): () => void {
    this.scroller = scroller;
    this.rows = rows;
    this.place = new ScrollPlace(scroller, rows);
    const onScroll = (): void => {
      if (this.place?.hasMoved === true) this.readerMoves();
      this.soon();
    };
    const onResize = new ResizeObserver(() => this.keepPlace());
    const onVisible = (): void => {
      if (document.visibilityState === 'hidden') return;
      this.log.moveUnreadLine();
      this.markRead();
    };
    scroller.addEventListener('scroll', onScroll, { passive: true });
    document.addEventListener('visibilitychange', onVisible);
    onResize.observe(scroller);
    onResize.observe(rows);
    return () => {
      scroller.removeEventListener('scroll', onScroll);
      document.removeEventListener('visibilitychange', onVisible);
      onResize.disconnect();
      clearTimeout(this.timer);
    };
  }

  /** Whether it is looked at: nothing else counts as read. */
  show(isShown: boolean): void {
    if (isShown === this.isShown) return;
    this.isShown = isShown;
    if (!isShown) return;
    this.log.moveUnreadLine();
    this.soon();
  }

  /** Before drawing. `current`: what is held is what the server holds, so an unread line that is not there will not come. */
  settle(current: boolean): { start: number; end: number } {
    this.hadFocus = this.rows?.contains(document.activeElement) === true;
    if (!this.placed && this.log.items.length > 0) this.placeAtUnread(current);
    return this.window.settle(this.place?.following !== false && this.wantedKey === undefined && !this.log.hasNewer.value);
  }

  /** After drawing, before painting. */
  drawn(): void {
    const wanted = this.wantedKey === undefined ? undefined : this.rowOf(this.wantedKey);
    if (wanted !== undefined) {
      this.place?.reveal(wanted);
      if (this.wantedFocusFrom !== undefined && this.focusMayMove(this.wantedFocusFrom)) this.point(wanted);
      this.stopWanting();
    } else {
      if (this.wantedKey !== undefined && this.log.indexOfKey(this.wantedKey) < 0) this.stopWanting();
      this.place?.restore();
    }
    this.keepFocus();
    this.soon();
  }

  toEnd(): void {
    this.furtherUp = undefined;
    this.log.showNewest();
    this.stopWanting();
    this.window.showNewest();
    this.place?.toEnd();
    this.redraw();
  }

  /** Brings a message into view and puts the keyboard on it. False when it could not be loaded. */
  async goTo(message: number, pos: number | undefined): Promise<boolean> {
    const from = focusNow();
    let index = this.indexOf(message);
    if (index < 0 && pos !== undefined && (await this.log.showAround(pos)) === undefined) index = this.indexOf(message);
    const item = this.log.items[index];
    if (item === undefined) return false;
    this.furtherUp = undefined;
    this.want(item.key, index, from);
    this.redraw();
    return true;
  }

  /** The connection is back: what failed before may work now. */
  tryHistoryAgain(): void {
    if (!this.historyFailed.value) return;
    this.historyFailed.value = false;
    if (this.furtherUp !== undefined) void this.startFurtherUp(this.furtherUp.line);
    this.soon();
  }

  async loadOlder(): Promise<void> {
    this.historyFailed.value = false;
    if (this.furtherUp !== undefined) return this.startFurtherUp(this.furtherUp.line);
    this.historyFailed.value = (await this.log.loadOlder()) !== undefined;
  }

  // ---- the keyboard

  /** The message the keyboard is on, or would be on when it came in. */
  get activeItem(): Item | undefined {
    return this.log.items[this.activeIndex()];
  }

  /** The reader put the keyboard on this message. Until then it would come in at the newest. */
  choose(key: string): void {
    this.chosen = true;
    this.holdActive(key);
  }

  private holdActive(key: string): void {
    if (key === this.activeKey) return;
    if (this.activeKey !== undefined) this.articleOf(this.activeKey)?.setAttribute('tabindex', '-1');
    this.activeKey = key;
    this.articleOf(key)?.setAttribute('tabindex', '0');
  }

  /** Moves by rows; `-Infinity` is the very first message, `Infinity` the newest. */
  async step(by: number): Promise<void> {
    const from = focusNow();
    this.readerMoves();
    if (by === Infinity) {
      this.toEnd();
      this.focusIndex(this.log.items.length - 1, from);
    } else if (by === -Infinity) {
      if (this.log.hasOlder.value) await this.log.showAround(1);
      this.focusIndex(0, from);
    } else {
      const last = this.log.items.length - 1;
      this.focusIndex(Math.max(0, Math.min(last, this.activeIndex() + by)), from);
    }
  }

  // ---- inside

  private placeAtUnread(current: boolean): void {
    const { log } = this;
    const line = log.unreadLinePos.value;
    const index = unreadIndex(log, line);
    const item = log.items[index];
    if (this.startsAt === 'unread') {
      this.placed = item !== undefined || (current && log.isReadKnown.value);
      if (item === undefined) return;
      if (index === 0 && line !== undefined && (item.pos ?? 0) > line && log.hasOlder.value) void this.startFurtherUp(line);
      else this.want(item.key, index);
      return;
    }
    if (item !== undefined && index > 0) this.want(item.key, index);
    this.placed = current || item !== undefined;
  }

  /** What is new begins before what is held. */
  private async startFurtherUp(line: number): Promise<void> {
    const asked = (this.furtherUp = { line, state: 'loading' });
    const problem = await this.log.showAround(line);
    if (this.furtherUp !== asked) {
      // The reader has gone on among the newest meanwhile.
      if (problem === undefined) this.log.showNewest();
      return;
    }
    this.furtherUp = problem === undefined ? undefined : { line, state: 'failed' };
    this.historyFailed.value = problem !== undefined;
    if (problem !== undefined) return;
    const index = this.log.indexOfPos(line);
    const item = this.log.items[index];
    if (item === undefined) return;
    this.want(item.key, index);
    this.redraw();
  }

  /** After a failure they choose themselves from where they read. What is on its way still comes. */
  private readerMoves(): void {
    if (this.furtherUp?.state === 'failed') this.furtherUp = undefined;
  }

  private stopWanting(): void {
    this.wantedKey = undefined;
    this.wantedFocusFrom = undefined;
  }

  private want(key: string, index: number, focusFrom?: Element): void {
    this.wantedKey = key;
    this.wantedFocusFrom = focusFrom;
    this.window.show(index);
  }

  private indexOf(message: number): number {
    const item = this.log.find(message);
    return item === undefined ? -1 : this.log.indexOfKey(item.key);
  }

  private activeIndex(): number {
    const index = this.activeKey === undefined ? -1 : this.log.indexOfKey(this.activeKey);
    return index < 0 ? this.log.items.length - 1 : index;
  }

  private focusIndex(index: number, from: Element): void {
    const item = this.log.items[index];
    if (item === undefined) return;
    const row = this.rowOf(item.key);
    if (row === undefined) {
      this.want(item.key, index, from);
      this.redraw();
      return;
    }
    if (!this.focusMayMove(from)) return;
    this.focusRow(row, item.key);
    this.place?.makeVisible(row);
  }

  private focusRow(row: HTMLElement, key: string): void {
    this.choose(key);
    row.querySelector<HTMLElement>('article')?.focus({ preventScroll: true });
  }

  // Not where the reader has gone on meanwhile: into a menu, or to the composer.
  private focusMayMove(from: Element): boolean {
    const now = focusNow();
    return now === document.body || now === from || this.rows?.contains(now) === true;
  }

  private point(row: HTMLElement): void {
    this.focusRow(row, row.dataset['key'] ?? '');
    row.classList.remove('is-pointed-at');
    void row.offsetWidth;
    row.classList.add('is-pointed-at');
  }

  // A focused row that left the page took the focus with it: the log itself keeps it, and the keyboard goes on from what is
  // seen.
  private keepFocus(): void {
    const active = this.activeKey === undefined || !this.chosen ? undefined : this.articleOf(this.activeKey);
    if (active === undefined) {
      this.chosen = this.hadFocus;
      const row = this.hadFocus ? this.place?.firstVisible() : this.rows?.lastElementChild;
      const key = row instanceof HTMLElement ? row.dataset['key'] : undefined;
      if (key !== undefined) this.holdActive(key);
    } else if (active.tabIndex !== 0) {
      active.setAttribute('tabindex', '0');
    }
    if (this.hadFocus && document.activeElement === document.body) {
      const article = this.activeKey === undefined || active === undefined ? undefined : this.articleOf(this.activeKey);
      (article ?? this.scroller)?.focus({ preventScroll: true });
    }
  }

  private rowOf(key: string): HTMLElement | undefined {
    const rows = this.rows?.children;
    const index = this.log.indexOfKey(key) - this.window.range.start;
    const row = rows?.[index] as HTMLElement | undefined;
    return row?.dataset['key'] === key ? row : undefined;
  }

  private articleOf(key: string): HTMLElement | undefined {
    return this.rowOf(key)?.querySelector<HTMLElement>('article') ?? undefined;
  }

  private redraw(): void {
    this.moves.value += 1;
  }

  // In a task of its own, not in the frame: drawing rows and painting them are then two short tasks instead of a long one.
  private soon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.look();
    }, 0);
  }

  private keepPlace(): void {
    this.place?.restore();
    this.soon();
  }

  private look(): void {
    const { place, log } = this;
    if (place === undefined) return;
    const endsAtNewest = this.window.range.end >= log.items.length && !log.hasNewer.value;
    place.remember(endsAtNewest);
    if (this.atEnd.value !== place.following) this.atEnd.value = place.following;
    this.fill(place);
    this.markRead();
  }

  /** Rows before the reader reaches their edge; messages before the rows run out. */
  private fill(place: ScrollPlace): void {
    const { log } = this;
    const { start, end } = this.window.range;
    const { above, below } = place;
    const margin = Math.max(800, place.height);
    // In a window so tall that all rows are near both edges, a row that enters above must not push one out that is needed below.
    const isFull = end - start >= mostRows;
    const nearTop = above < margin && (!isFull || above * 2 < below);
    const nearBottom = below < margin && (!isFull || below * 2 < above);
    if (nearBottom && end < log.items.length) {
      this.window.down();
      this.redraw();
    } else if (nearTop && start > 0) {
      this.window.up();
      this.redraw();
    } else if (log.loading.value === undefined && !this.historyFailed.value && this.furtherUp === undefined) {
      if (nearBottom && log.hasNewer.value) void this.loadNewer();
      else if (nearTop && log.hasOlder.value) void this.loadOlder();
    }
  }

  private async loadNewer(): Promise<void> {
    this.historyFailed.value = (await this.log.loadNewer()) !== undefined;
  }

  private markRead(): void {
    if (!this.placed || !this.isShown || document.visibilityState === 'hidden') return;
    // Where reading begins is not shown yet: what is shown meanwhile was not gone to.
    if (this.furtherUp !== undefined || this.wantedKey !== undefined) return;
    const key = this.place?.lastVisible()?.dataset['key'];
    const item = key === undefined ? undefined : this.log.items[this.log.indexOfKey(key)];
    if (item?.pos !== undefined && item.pos > this.log.readPos.value) this.log.markRead(item.pos);
    else if (item !== undefined && item.pos === undefined) this.log.markRead(this.log.newestPos.value);
  }
}
