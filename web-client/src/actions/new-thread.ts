// A thread that is being written on a board: one draft for all screens of the page, kept on the device as one types. Before it
// is sent, its key is kept beside it: sent again after a lost answer, also by the next page or with a word corrected, it is
// begun once.

import { computed, effect, signal, untracked, type ReadonlySignal } from '@preact/signals';
import type { ThreadStartArgs } from '../protocol/generated';
import type { Outcome } from '../store/api';
import type { ThreadDraft } from '../store/board-api';
import type { Disk, Note } from '../sync/disk';
import type { Engine } from '../sync/engine';
import type { Notes } from './notes';

type Begun = Outcome<{ thread: number }>;

interface Sent {
  readonly key: string;
  /// What was sent with it and may have been done, the newest last.
  readonly tried: readonly ThreadStartArgs[];
}

interface KeptDraft extends ThreadDraft {
  /// Whose it is; 0: nobody's, so anyone's.
  readonly person: number;
  readonly sent?: Sent;
}

const noDraft: ThreadDraft = { title: '', text: '', kind: 'discussion' };

function isSame(one: ThreadStartArgs, other: ThreadStartArgs): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/// The key belongs to another text, which was done.
function isTaken(outcome: Begun): boolean {
  return 'problem' in outcome && outcome.problem.code === 'key_reused';
}

export class NewThread {
  readonly draft = signal(noDraft);
  readonly isRecalled = signal(false);
  readonly isBeginning: ReadonlySignal<boolean>;
  private readonly underWay = signal<Promise<Begun> | undefined>(undefined);
  private readonly note: string;
  private sent: Sent | undefined;
  private person: number | undefined;

  constructor(
    private readonly board: number,
    private readonly engine: Engine,
    private readonly disk: Disk,
    private readonly notes: Notes,
    reader: ReadonlySignal<number | undefined>,
  ) {
    this.note = `new-thread/${board}`;
    this.isBeginning = computed(() => this.underWay.value !== undefined);
    effect(() => {
      const person = reader.value;
      if (person !== undefined && person !== this.person) untracked(() => this.isReadBy(person));
    });
  }

  save(draft: ThreadDraft): void {
    this.draft.value = draft;
    this.notes.write(this.note, this.kept());
  }

  /// While one is on its way, that one.
  begin(lang: string): Promise<Begun> {
    const begun =
      this.underWay.peek() ??
      this.send(lang).finally(() => {
        if (this.underWay.peek() === begun) this.underWay.value = undefined;
      });
    this.underWay.value = begun;
    return begun;
  }

  /// What the one before wrote leaves the screen.
  private isReadBy(person: number): void {
    this.person = person;
    this.draft.value = noDraft;
    this.sent = undefined;
    this.underWay.value = undefined;
    this.isRecalled.value = false;
    void this.recall(person);
  }

  private async recall(person: number): Promise<void> {
    const kept = (await this.notes.read(this.note)) as KeptDraft | undefined;
    if (this.person !== person) return;
    if (kept !== undefined && (kept.person === 0 || kept.person === person)) {
      const { person: _writer, sent, ...draft } = kept;
      this.sent ??= sent;
      // What was typed while the disk was read is newer.
      if (this.draft.peek() === noDraft) this.draft.value = draft;
    }
    this.isRecalled.value = true;
  }

  private async send(lang: string): Promise<Begun> {
    const { person } = this;
    // The language stays what it was now, whatever the interface speaks when it is sent again.
    const draft: ThreadDraft = { lang, ...this.draft.peek() };
    const args = this.argsOf(draft, lang);
    const before = this.sent ?? { key: this.engine.makeKey(), tried: [] };
    this.sent = { key: before.key, tried: [...before.tried.filter((other) => !isSame(other, args)), args] };
    this.draft.value = draft;
    await this.keepNow();
    const first = await this.start(before.key, args);
    const outcome = isTaken(first) ? await this.findBegun(before, first) : first;
    const isAll = 'ok' in first && isSame(this.argsOf(this.draft.peek(), lang), args);
    if (this.person === person) this.answered(outcome, before, isAll);
    return outcome;
  }

  private argsOf({ title, text, kind, lang }: ThreadDraft, otherwise: string): ThreadStartArgs {
    return { board: this.board, title: title.trim(), text, lang: lang ?? otherwise, kind };
  }

  private async start(key: string, args: ThreadStartArgs): Promise<Begun> {
    const outcome = await this.engine.ask('thread.start', args, true, key);
    return 'ok' in outcome ? { ok: { thread: outcome.ok.thread } } : outcome;
  }

  /// One of the earlier texts was taken, and its answer lost: sent again as it was, it is answered from what is stored.
  private async findBegun({ key, tried }: Sent, refused: Begun): Promise<Begun> {
    for (const args of tried) {
      const outcome = await this.start(key, args);
      if (!isTaken(outcome)) return outcome;
    }
    return refused;
  }

  /// `isAll`: nothing was typed that the server does not have.
  private answered(outcome: Begun, before: Sent, isAll: boolean): void {
    if (isAll) return this.forget();
    if ('problem' in outcome && outcome.problem.code === 'offline') return;
    // What is refused was not done; of what was lost before, nothing was said.
    const isOpen = 'problem' in outcome && !isTaken(outcome) && before.tried.length > 0;
    this.sent = isOpen ? before : undefined;
    this.notes.write(this.note, this.kept());
  }

  private forget(): void {
    this.sent = undefined;
    this.draft.value = noDraft;
    this.notes.drop(this.note);
    void this.disk.eraseNote(this.note);
  }

  private async keepNow(): Promise<void> {
    this.notes.drop(this.note);
    await this.disk.writeNote(this.note, this.kept());
  }

  private kept(): Note {
    const kept: KeptDraft = { ...this.draft.peek(), person: this.person ?? 0, ...(this.sent === undefined ? {} : { sent: this.sent }) };
    return { ...kept };
  }
}
