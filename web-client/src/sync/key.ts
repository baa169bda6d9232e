// The key of an intent: a UUIDv7 (RFC 9562, section 5.7). Made from getRandomValues, since crypto.randomUUID is absent without
// a secure context. The keys of one page sort in the order they were made, also within a millisecond and when the device's
// clock goes back: the twelve bits behind the time count (section 6.2, method 1).

export type RandomBytes = (count: number) => Uint8Array;

export const systemRandomBytes: RandomBytes = (count) => crypto.getRandomValues(new Uint8Array(count));

const largestCount = 0xfff;

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}

export class KeyMaker {
  private time = 0;
  private count = 0;

  constructor(
    private readonly now: () => number,
    private readonly randomBytes: RandomBytes,
  ) {}

  make(): string {
    const now = this.now();
    if (now > this.time) {
      this.time = now;
      this.count = 0;
    } else if (this.count < largestCount) {
      this.count += 1;
    } else {
      this.time += 1;
      this.count = 0;
    }
    const time = hex(this.time, 12);
    const random = Array.from(this.randomBytes(8), (byte, index) => hex(index === 0 ? 0x80 | (byte & 0x3f) : byte, 2));
    const groups = [time.slice(0, 8), time.slice(8), `7${hex(this.count, 3)}`];
    return [...groups, random.slice(0, 2).join(''), random.slice(2).join('')].join('-');
  }
}

/// In the order they were made.
export function byKey(a: { readonly key: string }, b: { readonly key: string }): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}
