// What this reader did and the server acknowledged without having counted it yet: it republishes a tally or the votes for a
// question a few times a second at most (P45), on another channel than one's own. Until then the count shown includes it here,
// so that it does not drop for a moment between the acknowledgement and the count.

import type { Timers } from '../sync/timers';

/// Longer than any count takes. After it, the count is believed whatever it says.
const patienceMs = 2_000;

/// `Deed`: what adds to or takes from the count of a subject, which is a message or a question.
export class Uncounted<Deed> {
  /// Intent → the rev of the count when it was wished for; absent where it changes nothing.
  private countRevs = new Map<string, number>();
  private bySubject = new Map<number, Deed[]>();

  constructor(
    private readonly timers: Timers,
    private readonly changed: (subject: number) => void,
  ) {}

  of(subject: number): readonly Deed[] {
    return this.bySubject.get(subject) ?? [];
  }

  /// Only of an intent that changes the count.
  wished(intentKey: string, countRev: number): void {
    this.countRevs.set(intentKey, countRev);
  }

  over(intentKey: string, isAcknowledged: boolean, subject: number, deed: Deed, countRev: number): void {
    const before = this.countRevs.get(intentKey);
    this.countRevs.delete(intentKey);
    if (!isAcknowledged || before === undefined || countRev > before) return;
    this.bySubject.set(subject, [...this.of(subject), deed]);
    this.timers.after(patienceMs, () => this.giveUp(subject, deed));
  }

  /// A newer count arrived.
  counted(subject: number): void {
    this.bySubject.delete(subject);
  }

  /// Everything was replaced: revs of before say nothing about the counts of now.
  reset(): void {
    this.countRevs.clear();
    this.bySubject.clear();
  }

  private giveUp(subject: number, deed: Deed): void {
    const rest = this.of(subject).filter((one) => one !== deed);
    if (rest.length === this.of(subject).length) return;
    this.bySubject.set(subject, rest);
    this.changed(subject);
  }
}
