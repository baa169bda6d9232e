// A conversation as a screen shows it: the messages of a webinar, or the posts of a thread. Written by sync/ (changes of the
// channel, wishes of the outbox); each change costs what it touches, since a webinar may hold ten thousand messages.

import { batch, signal, type Signal } from '@preact/signals';
import type { PersonRef, ReactionRecord, TallyRecord } from '../protocol/generated';
import type { Change, LiveRecord } from '../sync/channel';
import type { SendState } from '../sync/outbox';
import { byKey } from '../sync/key';
import { rangeHolding, type Range } from '../sync/ranges';
import type { Timers } from '../sync/timers';
import type { Item, UnsentText } from './api';
import {
  isEntry,
  isRemoved,
  wantOf,
  type AnyEntry,
  type EntryIntent,
  type WantedChange,
  type WantedPost,
  type WantedReaction,
  type WantedText,
} from './entries';
import { makeItem, makePendingItem, type UncountedReaction, type Viewer, type Wish } from './item';
import { Uncounted } from './uncounted';

const nothing: Range = { from: 1, to: 0 };

export class ConversationLog {
  readonly version: Signal<number> = signal(0);
  readonly hasOlder: Signal<boolean> = signal(false);
  readonly hasNewer: Signal<boolean> = signal(false);
  readonly newestPos: Signal<number> = signal(0);
  readonly items: Item[] = [];

  /// Items before this index are published, those from it on are pending.
  private published = 0;
  private shown: Range = nothing;
  /// Shows the stretch that holds this place; undefined: the newest.
  private anchor: number | undefined;
  private ranges: readonly Range[] = [];
  private entries = new Map<number, AnyEntry>();
  private idAt = new Map<number, number>();
  private tallies = new Map<number, TallyRecord>();
  private ownReactions = new Map<number, ReactionRecord>();
  private wishes = new Map<string, Wish>();
  private wishesOf = new Map<number, Set<string>>();
  private readonly uncounted: Uncounted<UncountedReaction>;
  private pending = new Map<string, Item>();
  /// Items as they were last made, until something about them changes.
  private made = new Map<number, Item>();
  /// The pending bubble's key lives on in the entry that replaced it.
  private keys = new Map<number, string>();
  private author: PersonRef | undefined;
  private viewer: Viewer = { person: 0, removesAs: 'host' };

  constructor(timers: Timers) {
    this.uncounted = new Uncounted(timers, (entry) => this.refresh(new Set([entry])));
  }

  // ---- read ----------------------------------------------------------------------------------------------------------

  indexOfKey(key: string): number {
    const item = this.items[this.published] && this.items.findIndex((one, i) => i >= this.published && one.key === key);
    if (item !== undefined && item >= 0) return item;
    const id = key.startsWith('m') ? Number(key.slice(1)) : this.idOfKey(key);
    const pos = id === undefined ? undefined : this.entries.get(id)?.pos;
    if (pos === undefined) return -1;
    const index = this.indexOfPos(pos);
    return this.items[index]?.key === key ? index : -1;
  }

  indexOfPos(pos: number): number {
    let low = 0;
    let high = this.published;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.items[middle]?.pos ?? 0) < pos) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  find(entry: number): Item | undefined {
    const record = this.entries.get(entry);
    return record && this.itemOf(record);
  }

  /// Texts the server has not taken, shown or not.
  get unsent(): UnsentText[] {
    return Array.from(this.wishes.values(), ({ want }) => want)
      .filter((want): want is WantedText => (want.what === 'post' || want.what === 'edit') && !want.isAcknowledged)
      .filter(({ what, key }) => what === 'edit' || !this.isAdopted(key))
      .sort(byKey)
      .map(({ key, text, ...want }) => ('lang' in want && want.lang !== undefined ? { key, text, lang: want.lang } : { key, text }));
  }

  /// The stretch shown; `to` 0 where it is empty.
  get stretch(): Range {
    return this.shown;
  }

  /// All stretches on this device.
  get held(): readonly Range[] {
    return this.ranges;
  }

  // ---- written by sync/ ------------------------------------------------------------------------------------------------

  /// Of the channel of the webinar or the thread.
  applyTimeline(change: Change): void {
    const touched = new Set<number>();
    if (change.reset) this.forgetRecords();
    for (const record of change.gone) this.drop(record, touched);
    for (const record of change.put) this.take(record, touched);
    this.ranges = change.ranges;
    batch(() => {
      this.newestPos.value = change.newestPos;
      if (change.reset) this.rebuild();
      else this.refresh(touched);
    });
  }

  /// Of one's own channel under it.
  applyOwn(change: Change): void {
    const touched = new Set<number>();
    if (change.reset) {
      for (const id of this.ownReactions.keys()) touched.add(id);
      this.ownReactions.clear();
    }
    for (const record of change.gone) this.drop(record, touched);
    for (const record of change.put) this.take(record, touched);
    if (touched.size > 0) this.refresh(touched);
  }

  /// `state` undefined: the intent is over.
  applyWish(intent: EntryIntent, state: SendState | undefined): void {
    const touched = new Set<number>();
    const want = wantOf(intent);
    const before = this.wishes.get(want.key);
    if (state) this.wishes.set(want.key, { want, state });
    else this.wishes.delete(want.key);
    this.pending.delete(want.key);
    if (want.what === 'post') this.trackPost(want, before, touched);
    else this.trackChange(want, state, touched);
    this.refresh(touched);
  }

  applyViewer(author: PersonRef | undefined, viewer: Viewer): void {
    this.author = author;
    const before = this.viewer;
    if (viewer.person === before.person && viewer.removesAs === before.removesAs) return;
    this.viewer = viewer;
    this.pending.clear();
    for (const [id, item] of this.made) {
      const isAffected = item.author?.id === before.person || item.author?.id === viewer.person || item.intent;
      if (isAffected) this.made.delete(id);
    }
    const adopted = new Set<number>();
    for (const { want } of this.posts()) this.adoptFor(want, adopted);
    for (const id of adopted) this.made.delete(id);
    this.rebuild();
  }

  /// Shows another stretch: the one that holds `pos`, or the newest.
  look(pos: number | undefined): void {
    this.anchor = pos;
    this.rebuild();
  }

  // ---- records ---------------------------------------------------------------------------------------------------------

  private forgetRecords(): void {
    this.entries.clear();
    this.idAt.clear();
    this.tallies.clear();
    this.uncounted.reset();
    // Whether these were the echoes is asked again of what comes now.
    for (const [id, key] of this.keys) if (this.wishes.has(key)) this.keys.delete(id);
    this.made.clear();
  }

  private take(record: LiveRecord, touched: Set<number>): void {
    if (isEntry(record)) {
      const isNew = !this.entries.has(record.id);
      this.entries.set(record.id, record);
      if (record.pos !== undefined) this.idAt.set(record.pos, record.id);
      if (isNew) this.adopt(record);
    } else if (record.type === 'tally') {
      this.tallies.set(record.of, record);
      this.uncounted.counted(record.of);
    } else if (record.type === 'reaction') {
      this.ownReactions.set(record.id, record);
    } else {
      return;
    }
    touched.add(record.type === 'tally' ? record.of : record.id);
  }

  private drop(record: LiveRecord, touched: Set<number>): void {
    if (isEntry(record)) {
      this.entries.delete(record.id);
      if (record.pos !== undefined) this.idAt.delete(record.pos);
    } else if (record.type === 'tally') {
      this.tallies.delete(record.of);
    } else if (record.type === 'reaction') {
      this.ownReactions.delete(record.id);
    } else {
      return;
    }
    touched.add(record.type === 'tally' ? record.of : record.id);
  }

  // ---- wishes ------------------------------------------------------------------------------------------------------------

  private trackChange(want: WantedChange, state: SendState | undefined, touched: Set<number>): void {
    const { key, of } = want;
    const keys = this.wishesOf.get(of) ?? new Set();
    this.wishesOf.set(of, keys);
    if (state) {
      if (want.what === 'react' && !keys.has(key)) this.wishReaction(want);
      keys.add(key);
    } else {
      keys.delete(key);
      if (keys.size === 0) this.wishesOf.delete(of);
      if (want.what === 'react') this.reactionIsOver(want);
    }
    touched.add(of);
  }

  private wishReaction({ key, of, emoji, on }: WantedReaction): void {
    const wasMine = this.find(of)?.reactions.some((one) => one.mine && one.emoji === emoji) ?? false;
    if (wasMine !== on) this.uncounted.wished(key, this.tallies.get(of)?.rev ?? 0);
  }

  private reactionIsOver({ key, of, emoji, on, isAcknowledged }: WantedReaction): void {
    this.uncounted.over(key, isAcknowledged, of, { emoji, on }, this.tallies.get(of)?.rev ?? 0);
  }

  private trackPost(want: WantedPost, before: Wish | undefined, touched: Set<number>): void {
    if (!before) this.adoptFor(want, touched);
    const { made } = want;
    if (made === undefined || before?.want.isAcknowledged) return;
    for (const [id, key] of this.keys) {
      if (key !== want.key || id === made) continue;
      this.keys.delete(id);
      touched.add(id);
    }
    this.keys.set(made, want.key);
    touched.add(made);
  }

  /// An entry of one's own that is here before its acknowledgement: most likely a reconnection lost the reply. It takes the
  /// pending bubble's place at once instead of standing beside it until the intent has been sent again.
  private adopt(record: AnyEntry): void {
    for (const { want } of this.posts()) if (this.isEchoOf(record, want)) return void this.keys.set(record.id, want.key);
  }

  private adoptFor(want: WantedPost, touched: Set<number>): void {
    for (let pos = (want.seen ?? Infinity) + 1; pos <= this.newestPos.peek(); ++pos) {
      const record = this.entries.get(this.idAt.get(pos) ?? 0);
      if (!record || !this.isEchoOf(record, want)) continue;
      this.keys.set(record.id, want.key);
      touched.add(record.id);
      return;
    }
  }

  private isEchoOf(record: AnyEntry, want: WantedPost): boolean {
    if (want.isAcknowledged || this.isAdopted(want.key)) return false;
    if (isRemoved(record) || record.author?.id !== this.viewer.person || this.keys.has(record.id)) return false;
    return (record.pos ?? 0) > (want.seen ?? Infinity) && want.text.normalize('NFC') === record.text;
  }

  private posts(): Wish<WantedPost>[] {
    return Array.from(this.wishes.values())
      .filter((wish): wish is Wish<WantedPost> => wish.want.what === 'post')
      .sort((a, b) => byKey(a.want, b.want));
  }

  private isAdopted(key: string): boolean {
    const id = this.idOfKey(key);
    return id !== undefined && this.entries.has(id);
  }

  private idOfKey(key: string): number | undefined {
    for (const [id, own] of this.keys) if (own === key) return id;
    return undefined;
  }

  // ---- items -------------------------------------------------------------------------------------------------------------

  private itemOf(record: AnyEntry): Item {
    const known = this.made.get(record.id);
    if (known) return known;
    const item = this.makeItemOf(record);
    this.made.set(record.id, item);
    return item;
  }

  private makeItemOf(record: AnyEntry): Item {
    const keys = Array.from(this.wishesOf.get(record.id) ?? []).sort();
    const wishes = keys.flatMap((key) => this.wishes.get(key) ?? []);
    return makeItem(
      {
        key: this.keys.get(record.id) ?? `m${record.id}`,
        record,
        tally: this.tallies.get(record.id),
        own: this.ownReactions.get(record.id),
        wishes,
        uncounted: this.uncounted.of(record.id),
      },
      this.viewer,
    );
  }

  private itemsOf({ from, to }: Range): Item[] {
    const items: Item[] = [];
    for (let pos = from; pos <= to; ++pos) {
      const id = this.idAt.get(pos);
      const record = id === undefined ? undefined : this.entries.get(id);
      if (record) items.push(this.itemOf(record));
    }
    return items;
  }

  private stretchToShow(): Range {
    const newest = rangeHolding(this.ranges, this.newestPos.peek()) ?? nothing;
    return this.anchor === undefined ? newest : (rangeHolding(this.ranges, this.anchor) ?? newest);
  }

  private rebuild(): void {
    this.shown = this.stretchToShow();
    this.items.length = 0;
    for (const item of this.itemsOf(this.shown)) this.items.push(item);
    this.published = this.items.length;
    this.finish();
  }

  private refresh(touched: ReadonlySet<number>): void {
    for (const id of touched) this.made.delete(id);
    // A stretch only grows; what replaces it is rebuilt.
    const next = this.stretchToShow();
    const { shown } = this;
    if (shown.to < shown.from) {
      this.rebuild();
      return;
    }
    for (const id of touched) this.redraw(id);
    const newer = this.itemsOf({ from: shown.to + 1, to: next.to });
    this.items.splice(this.published, this.items.length - this.published, ...newer);
    const older = this.itemsOf({ from: next.from, to: shown.from - 1 });
    this.items.unshift(...older);
    this.published = this.items.length;
    this.shown = next;
    this.finish();
  }

  private redraw(id: number): void {
    const record = this.entries.get(id);
    if (record?.pos !== undefined) {
      const index = this.indexOfPos(record.pos);
      const there = this.items[index];
      if (index < this.published && there?.pos === record.pos) this.items[index] = this.itemOf(record);
      return;
    }
    const index = this.items.findIndex((item, i) => i < this.published && item.id === id);
    if (index < 0) return;
    this.items.splice(index, 1);
    this.published -= 1;
  }

  private finish(): void {
    const hasNewer = this.shown.to < this.newestPos.peek();
    if (!hasNewer) for (const item of this.pendingItems()) this.items.push(item);
    batch(() => {
      this.hasOlder.value = this.shown.from > 1;
      this.hasNewer.value = hasNewer;
      this.version.value += 1;
    });
  }

  private pendingItems(): Item[] {
    const items: Item[] = [];
    for (const wish of this.posts()) {
      const { key, replyTo } = wish.want;
      if (this.isAdopted(key)) continue;
      const known = this.pending.get(key);
      const replyToPos = replyTo === undefined ? undefined : this.entries.get(replyTo)?.pos;
      const item = known ?? makePendingItem(wish, this.author, replyToPos);
      this.pending.set(key, item);
      items.push(item);
    }
    return items;
  }
}
