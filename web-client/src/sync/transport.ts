// A connection of text frames, so that tests hold the queue in both directions. Nothing here throws; what fails closes.

export interface LinkEvents {
  opened(): void;
  received(text: string): void;
  /// Once, and nothing after it. 1006: it broke, or never opened (RFC 6455, section 7.1.5).
  closed(code: number): void;
}

export interface Link {
  send(text: string): void;
  /// No event follows.
  abandon(): void;
}

export type Transport = (events: LinkEvents) => Link;
