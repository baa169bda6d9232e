// The boards as a screen holds them. Loaded with the first screen that shows one.

import { computed, effect, signal, untracked, type ReadonlySignal } from '@preact/signals';
import type { BoardSummary, ThreadListOk, ThreadRecord } from '../protocol/generated';
import type { Outcome } from '../store/api';
import type { Board, BoardFields, Boards, ThreadDraft } from '../store/board-api';
import { BoardsState, BoardState } from '../store/boards';
import type { ClientState } from '../store/client-state';
import { isModerator } from '../store/conversation-state';
import type { Disk, Note } from '../sync/disk';
import type { Engine } from '../sync/engine';
import { isFinalRefusal, type Sink } from '../sync/subscription';
import type { Timers } from '../sync/timers';
import { NewThread } from './new-thread';
import type { Notes } from './notes';
import { readerOf } from './reader';

export interface BoardParts {
  readonly engine: Engine;
  readonly state: ClientState;
  readonly disk: Disk;
  readonly notes: Notes;
  readonly timers: Timers;
}

const listNote = 'boards';

/// What that person could read; 0: nobody.
interface Remembered {
  readonly person: number;
  readonly boards: readonly BoardSummary[];
}

/// So long the list waits for the channel, so that it need not be asked for twice.
export const waitForChannelMs = 1_500;

export class OpenedBoards implements Boards {
  readonly state;
  readonly boards;
  readonly moderates: ReadonlySignal<boolean>;
  private readonly list = new BoardsState();
  private readonly followed = new Map<number, FollowedBoard>();
  private readonly newThreads = new Map<number, NewThread>();
  private readonly reader: ReadonlySignal<number | undefined>;
  /// How often the list was asked for.
  private asked = 0;

  constructor(private readonly parts: BoardParts) {
    ({ state: this.state, boards: this.boards } = this.list);
    this.reader = readerOf(parts.state);
    this.moderates = computed(() => isModerator(parts.state.me.value));
    let before: number | undefined;
    effect(() => {
      const reader = this.reader.value;
      untracked(() => this.readerChanged(before, reader));
      before = reader;
    });
  }

  refresh(): void {
    void this.ask();
  }

  async create(fields: BoardFields): Promise<Outcome<{ board: number }>> {
    const outcome = await this.parts.engine.ask('board.create', fields, true);
    if ('ok' in outcome) this.refresh();
    return 'ok' in outcome ? { ok: { board: outcome.ok.board } } : outcome;
  }

  mayBegin({ posting }: Pick<BoardSummary, 'posting'>): boolean {
    const isMember = this.parts.state.me.value?.kind === 'member';
    return isMember && (posting === 'members' || this.moderates.value);
  }

  open(board: number): Board {
    const known = this.followed.get(board);
    const followed = known ?? new FollowedBoard(board, this.parts);
    this.followed.set(board, followed);
    followed.holders += 1;
    return new OpenedBoard(followed, this.newThread(board), this.parts, this.boards, () => {
      followed.holders -= 1;
      if (followed.holders > 0) return;
      this.followed.delete(board);
      followed.end();
    });
  }

  async carry(webinar: number, board: number): Promise<Outcome<{ threads: number; left: number }>> {
    const outcome = await this.parts.engine.ask('question.carry', { webinar, board }, true);
    return 'ok' in outcome ? { ok: { threads: outcome.ok.threads, left: outcome.ok.left } } : outcome;
  }

  /// One for all screens, also for those that come while one is being sent.
  private newThread(board: number): NewThread {
    const { engine, disk, notes } = this.parts;
    const known = this.newThreads.get(board) ?? new NewThread(board, engine, disk, notes, this.reader);
    this.newThreads.set(board, known);
    return known;
  }

  private readerChanged(before: number | undefined, now: number | undefined): void {
    if (before !== undefined && before !== now) {
      this.list.readerChanged();
      if (this.asked > 0) void this.ask();
    }
    void this.recall();
  }

  private async recall(): Promise<void> {
    const remembered = (await this.parts.disk.readNote(listNote)) as Remembered | undefined;
    if (!remembered) return;
    const isSame = remembered.person === this.reader.peek();
    this.list.recall(remembered.boards.filter(({ visibility }) => isSame || visibility === 'public'));
  }

  /// Only the newest answer counts, and only for who asked for it.
  private async ask(): Promise<void> {
    const asked = (this.asked += 1);
    this.list.asking();
    const outcome = await this.parts.engine.ask('board.list', {}, false);
    if (asked !== this.asked) return;
    const boards = 'ok' in outcome ? outcome.ok.boards : undefined;
    this.list.listed(boards);
    if (boards === undefined) return;
    const person = this.reader.peek();
    const shared = boards.filter(({ visibility }) => person !== undefined || visibility === 'public');
    const remembered: Remembered = { person: person ?? 0, boards: shared };
    await this.parts.disk.writeNote(listNote, remembered as unknown as Note);
  }
}

/// One board that screens follow: its channel, and the pages of its list.
class FollowedBoard {
  readonly state = new BoardState();
  readonly more = signal<'idle' | 'loading' | 'failed'>('idle');
  holders = 0;
  private readonly channel: string;
  private readonly note: string;
  private cancelWait: () => void;
  private underWay: Promise<void> | undefined;
  private hasEnded = false;
  /// How many pages of the list are shown.
  private pages = 1;

  constructor(
    readonly board: number,
    private readonly parts: BoardParts,
  ) {
    const { engine, timers, state } = parts;
    this.channel = `board/${board}`;
    this.note = `board-threads/${board}`;
    const isReachable = ['online', 'connecting'].includes(state.connection.peek());
    this.cancelWait = timers.after(isReachable ? waitForChannelMs : 0, () => this.listFirst());
    engine.followChannel(this.channel, this.sink(), 'none');
    void this.recall();
  }

  end(): void {
    this.hasEnded = true;
    this.cancelWait();
    this.parts.engine.unfollowChannel(this.channel);
  }

  /// What somebody else may read here is asked for anew, whatever is on its way.
  readerChanged(): void {
    this.state.isListOutdated = true;
    this.listFirst();
  }

  listFirst(): void {
    this.underWay ??= this.askFirst().finally(() => {
      this.underWay = undefined;
    });
  }

  async loadMore(): Promise<void> {
    const { after } = this.state;
    if (after === undefined || this.more.peek() === 'loading') return;
    this.more.value = 'loading';
    const outcome = await this.parts.engine.ask('thread.list', { board: this.board, after }, false);
    this.more.value = 'ok' in outcome ? 'idle' : 'failed';
    // The list was begun anew meanwhile: this page follows on nothing.
    if (!('ok' in outcome) || this.state.after !== after) return;
    this.pages += 1;
    this.state.takeNext(outcome.ok);
  }

  private sink(): Sink {
    const { sink } = this.state;
    return {
      changed: (change) => sink.changed(change),
      signalled: (signalled) => sink.signalled(signalled),
      became: (status) => {
        sink.became(status);
        this.cancelWait();
        if (status !== 'gone' && this.state.isListOutdated) this.listFirst();
      },
    };
  }

  /// Again where the channel was taken anew meanwhile: what changed in between may be in neither.
  private async askFirst(): Promise<void> {
    do {
      this.state.asking();
      const outcome = await this.askShown();
      if (this.hasEnded) return;
      if (!('ok' in outcome)) return this.state.notListed(isFinalRefusal(outcome.problem));
      this.state.takeFirst(outcome.ok);
    } while (this.state.isListOutdated);
  }

  /// As many pages as are shown, as one: a list that is read does not become shorter.
  private async askShown(): Promise<Outcome<ThreadListOk>> {
    const { engine } = this.parts;
    const first = await engine.ask('thread.list', { board: this.board }, false);
    if (!('ok' in first)) return first;
    if (!this.hasEnded) this.remember(first.ok.threads);
    let { ok: shown } = first;
    let pages = 1;
    while (pages < this.pages && shown.next !== undefined && !this.hasEnded) {
      const page = await engine.ask('thread.list', { board: this.board, after: shown.next }, false);
      if (!('ok' in page)) return page;
      shown = { ...page.ok, threads: [...shown.threads, ...page.ok.threads] };
      pages += 1;
    }
    this.pages = pages;
    return { ok: shown };
  }

  /// Only of a board that everybody may read: a note outlives the right to read it.
  private remember(threads: readonly ThreadRecord[]): void {
    if (this.state.own.peek()?.visibility === 'public') void this.parts.disk.writeNote(this.note, threads);
  }

  private async recall(): Promise<void> {
    const remembered = await this.parts.disk.readNote(this.note);
    if (Array.isArray(remembered)) this.state.recall(remembered as readonly ThreadRecord[]);
  }
}

class OpenedBoard implements Board {
  readonly board;
  readonly status;
  readonly head: Board['head'];
  readonly threads;
  readonly fresh;
  readonly hasMore;
  readonly more;
  readonly draft;
  readonly isRecalled;
  readonly isBeginning;
  private hasLeft = false;
  private readonly stopFollowing: () => void;

  constructor(
    private readonly followed: FollowedBoard,
    private readonly newThread: NewThread,
    private readonly parts: BoardParts,
    boards: ReadonlySignal<readonly BoardSummary[]>,
    private readonly left: () => void,
  ) {
    const { state } = followed;
    ({ board: this.board, more: this.more } = followed);
    ({ status: this.status, threads: this.threads, fresh: this.fresh, hasMore: this.hasMore } = state);
    this.head = computed(() => (state.status.value === 'gone' ? undefined : (state.own.value ?? boards.value.find(({ id }) => id === this.board))));
    ({ draft: this.draft, isRecalled: this.isRecalled, isBeginning: this.isBeginning } = newThread);
    const reader = readerOf(parts.state);
    let before = reader.peek();
    this.stopFollowing = effect(() => {
      const now = reader.value;
      const isAnother = before !== undefined && now !== before;
      before = now;
      if (isAnother) untracked(() => followed.readerChanged());
    });
  }

  showFresh(): void {
    this.followed.state.showFresh();
  }

  holdStill(isStill: boolean): void {
    this.followed.state.holdStill(isStill);
  }

  loadMore(): Promise<void> {
    return this.followed.loadMore();
  }

  retry(): void {
    this.followed.listFirst();
  }

  saveDraft(draft: ThreadDraft): void {
    this.newThread.save(draft);
  }

  begin(lang: string): Promise<Outcome<{ thread: number }>> {
    return this.newThread.begin(lang);
  }

  leave(): void {
    if (this.hasLeft) return;
    this.hasLeft = true;
    this.stopFollowing();
    this.followed.state.holdStill(false);
    this.parts.notes.flush();
    this.left();
  }
}
