// Which part of a long list stands in the page: [start, end) of its indexes, a few hundred rows at most however long the
// list is. Nothing here touches the DOM.

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** How many rows enter at once: few enough for one frame on a slow phone. */
export const stepRows = 4;
/** How many rows may stand in the page. */
export const mostRows = 80;

function nothing(length: number): Range {
  return { start: length, end: length };
}

/** The newest rows. */
export function newest(length: number): Range {
  return { start: Math.max(0, length - stepRows), end: length };
}

/** A few rows around one that must be seen. */
export function around(index: number, length: number): Range {
  const start = Math.max(0, Math.min(index - Math.floor(stepRows / 2), length - stepRows));
  return { start, end: Math.min(length, start + stepRows) };
}

/** One step further up; what is then too much leaves at the other end. */
export function extendUp(range: Range): Range {
  const start = Math.max(0, range.start - stepRows);
  return { start, end: Math.min(range.end, start + mostRows) };
}

export function extendDown(range: Range, length: number): Range {
  const end = Math.min(length, range.end + stepRows);
  return { start: Math.max(range.start, end - mostRows), end };
}

/** For a reader at the end: a step towards the newest row, or straight to it when it is more than a few steps away. */
export function follow(range: Range, length: number): Range {
  return length - range.end > stepRows * 3 ? newest(length) : extendDown(range, length);
}

/**
 * The same rows after the list changed; `first` and `last` are where the outermost rows stand now, -1 where they left it.
 * Undefined when neither is known any more: the list is another one.
 */
export function moved(range: Range, first: number, last: number, length: number): Range | undefined {
  const size = range.end - range.start;
  if (first >= 0 && last >= first) return { start: first, end: Math.min(last + 1, first + mostRows) };
  if (last >= 0) return { start: Math.max(0, last + 1 - size), end: last + 1 };
  if (first >= 0) return { start: first, end: Math.min(length, first + size) };
  return undefined;
}

interface Rows {
  readonly items: ReadonlyArray<{ readonly key: string }>;
  indexOfKey(key: string): number;
}

/** A range that holds on to its rows while the list below it grows at both ends. It begins empty, below the newest row. */
export class LogWindow {
  range: Range;
  private firstKey = '';
  private lastKey = '';

  constructor(private readonly rows: Rows) {
    this.range = nothing(rows.items.length);
  }

  /** To be called before the rows are drawn. `following`: the reader is at the end and wants to stay there. */
  settle(following: boolean): Range {
    const { length } = this.rows.items;
    if (this.range.start === this.range.end) return (this.range = nothing(length));
    const same = moved(this.range, this.rows.indexOfKey(this.firstKey), this.rows.indexOfKey(this.lastKey), length);
    this.range = same ?? newest(length);
    if (following) this.range = follow(this.range, length);
    this.hold();
    return this.range;
  }

  up(): void {
    this.take(extendUp(this.range));
  }

  down(): void {
    this.take(extendDown(this.range, this.rows.items.length));
  }

  showNewest(): void {
    this.take(newest(this.rows.items.length));
  }

  /** Keeps the range where the row is in it already. */
  show(index: number): void {
    if (index < this.range.start || index >= this.range.end) this.take(around(index, this.rows.items.length));
  }

  private take(range: Range): void {
    this.range = range;
    this.hold();
  }

  private hold(): void {
    this.firstKey = this.rows.items[this.range.start]?.key ?? '';
    this.lastKey = this.rows.items[this.range.end - 1]?.key ?? '';
  }
}
