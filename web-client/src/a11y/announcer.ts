// The one voice of the page for readers aloud: at most one announcement in `interval`, whatever happens meanwhile is
// gathered into the next. States (connection, a failed message) are said before messages, and the last of a kind replaces
// what had not been said yet; one message is said whole, several are counted.

export interface AnnouncerClock {
  /** Calls back once after `milliseconds`; the result cancels it. */
  after(milliseconds: number, call: () => void): () => void;
}

export interface AnnouncerWords {
  said(author: string, text: string): string;
  newMessages(count: number): string;
}

export const announcementInterval = 3_000;
const longestMessage = 240;

export class Announcer {
  private readonly states = new Map<string, string>();
  private messages = 0;
  private lastMessage = '';
  private counted: ((count: number) => string) | undefined;
  private cancelTimer: (() => void) | undefined;

  /** `speak` puts a sentence into the polite region; `wording` is asked when it is spoken, in the language of then. */
  constructor(
    private readonly clock: AnnouncerClock,
    private readonly wording: () => AnnouncerWords,
    private readonly speak: (sentence: string) => void,
  ) {}

  /** A fact of some kind; an unspoken one of the same kind is forgotten. */
  say(kind: string, sentence: string): void {
    this.states.delete(kind);
    this.states.set(kind, sentence);
    this.wake();
  }

  /** `counted` says several of them together, where they are not called messages. */
  message(author: string, text: string, counted?: (count: number) => string): void {
    this.messages += 1;
    this.counted = counted;
    const short = text.length > longestMessage ? `${text.slice(0, longestMessage)}…` : text;
    this.lastMessage = this.wording().said(author, short);
    this.wake();
  }

  /** Forgets unspoken messages: the reader has moved to them. */
  forgetMessages(): void {
    this.messages = 0;
  }

  stop(): void {
    this.cancelTimer?.();
    this.cancelTimer = undefined;
    this.states.clear();
    this.messages = 0;
  }

  private wake(): void {
    if (this.cancelTimer !== undefined) return;
    this.speakGathered();
  }

  private speakGathered(): void {
    const parts = [...this.states.values()];
    if (this.messages === 1) parts.push(this.lastMessage);
    else if (this.messages > 1) parts.push((this.counted ?? this.wording().newMessages)(this.messages));
    this.states.clear();
    this.messages = 0;
    if (parts.length === 0) {
      this.cancelTimer = undefined;
      return;
    }
    this.cancelTimer = this.clock.after(announcementInterval, () => this.speakGathered());
    this.speak(parts.join(' '));
  }
}
