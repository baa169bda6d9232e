// Reactions of this reader that the server acknowledged and has not counted yet: it republishes a tally a few times a second at
// most (P45), on another channel than one's own. Until then the count shown includes them here, so that it does not drop for a
// moment between the acknowledgement and the tally.

import type { Intent } from '../sync/intent';
import type { Timers } from '../sync/timers';

export interface UncountedReaction {
  readonly emoji: string;
  readonly on: boolean;
}

type Reaction = Extract<Intent, { op: 'message.react' }>;

/// Longer than any tally takes. After it, the tally is believed whatever it says.
const patienceMs = 2_000;

export class Uncounted {
  /// Intent → the rev of the tally when it was wished for; absent where it changes nothing.
  private tallyRevs = new Map<string, number>();
  private byMessage = new Map<number, UncountedReaction[]>();

  constructor(
    private readonly timers: Timers,
    private readonly changed: (message: number) => void,
  ) {}

  of(message: number): readonly UncountedReaction[] {
    return this.byMessage.get(message) ?? [];
  }

  /// `wasMine`: whether it looked so before.
  wished({ key, args }: Reaction, wasMine: boolean, tallyRev: number): void {
    if (wasMine !== args.on) this.tallyRevs.set(key, tallyRev);
  }

  over({ key, args, reply }: Reaction, tallyRev: number): void {
    const before = this.tallyRevs.get(key);
    this.tallyRevs.delete(key);
    if (!reply || before === undefined || tallyRev > before) return;
    const { message, emoji, on } = args;
    const reaction = { emoji, on };
    this.byMessage.set(message, [...this.of(message), reaction]);
    this.timers.after(patienceMs, () => this.giveUp(message, reaction));
  }

  /// A newer tally arrived.
  counted(message: number): void {
    this.byMessage.delete(message);
  }

  /// Everything was replaced: revs of before say nothing about the tallies of now.
  reset(): void {
    this.tallyRevs.clear();
    this.byMessage.clear();
  }

  private giveUp(message: number, reaction: UncountedReaction): void {
    const rest = this.of(message).filter((one) => one !== reaction);
    if (rest.length === this.of(message).length) return;
    this.byMessage.set(message, rest);
    this.changed(message);
  }
}
