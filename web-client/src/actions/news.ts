// What's New as the page holds it: its two channels are followed from the moment somebody wants to know of it, until the page
// ends.

import { effect } from '@preact/signals';
import type { Outcome } from '../store/api';
import type { ClientState } from '../store/client-state';
import type { News } from '../store/news-api';
import { NewsState } from '../store/news';
import type { Engine } from '../sync/engine';
import type { Notes } from './notes';

const everyonesChannel = 'news';
const membersChannel = 'news/members';
const seenNote = 'news-seen';

export class OpenedNews implements News {
  readonly state;
  readonly isCurrent;
  readonly activities;
  readonly mark;
  readonly unseen;
  private readonly news: NewsState;
  private isMember = false;

  constructor(
    private readonly engine: Engine,
    private readonly client: ClientState,
    private readonly notes: Notes,
  ) {
    const news = (this.news = new NewsState(client.me, client.seen));
    ({ state: this.state, isCurrent: this.isCurrent, activities: this.activities } = news);
    ({ mark: this.mark, unseen: this.unseen } = news);
    engine.followChannel(everyonesChannel, news.everyones.sink);
    effect(() => this.followMembers(client.me.value?.kind === 'member'));
    effect(() => this.beginMark());
    void this.recall();
  }

  async markSeen(seq: number): Promise<Outcome<true>> {
    if (!this.isMember) {
      this.keep(seq);
      return { ok: true };
    }
    const outcome = await this.engine.ask('news.seen', { seq }, true);
    if (!('ok' in outcome)) return outcome;
    this.client.raiseSeen(outcome.ok);
    return { ok: true };
  }

  private followMembers(isMember: boolean): void {
    if (isMember === this.isMember) return;
    this.isMember = isMember;
    if (isMember) {
      this.news.members.open();
      this.engine.followChannel(membersChannel, this.news.members.sink);
    } else {
      this.engine.unfollowChannel(membersChannel);
      this.news.members.close();
    }
  }

  /// Whoever has no account and comes for the first time: what there is now is not new, what comes after it is.
  private beginMark(): void {
    const { kept, isCurrent, activities } = this.news;
    const isFirstVisit = kept.value.isKnown && kept.value.seq === undefined;
    if (!isFirstVisit || !isCurrent.value || !this.client.known.value || this.client.me.value?.kind === 'member') return;
    this.keep(activities.peek()[0]?.seq ?? 0);
  }

  private keep(seq: number): void {
    this.news.raiseKept(seq);
    this.notes.write(seenNote, { seq: this.news.kept.peek().seq ?? seq });
  }

  private async recall(): Promise<void> {
    const note = await this.notes.read(seenNote);
    this.news.recallKept(note && 'seq' in note ? Number(note.seq) : undefined);
  }
}
