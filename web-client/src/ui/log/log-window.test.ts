import { describe, expect, it } from 'vitest';

import { LogWindow, mostRows, stepRows } from './log-window';

class Rows {
  items: { key: string }[];

  constructor(count: number) {
    this.items = Array.from({ length: count }, (_, index) => ({ key: `k${index}` }));
  }

  indexOfKey(key: string): number {
    return this.items.findIndex((item) => item.key === key);
  }

  prepend(count: number, mark: string): void {
    this.items = [...Array.from({ length: count }, (_, index) => ({ key: `${mark}${index}` })), ...this.items];
  }

  append(count: number, mark: string): void {
    this.items.push(...Array.from({ length: count }, (_, index) => ({ key: `${mark}${index}` })));
  }
}

function keys(rows: Rows, window: LogWindow): string[] {
  return rows.items.slice(window.range.start, window.range.end).map(({ key }) => key);
}

/** As it stands after its first step. */
function openedOver(rows: Rows): LogWindow {
  const window = new LogWindow(rows);
  window.settle(true);
  window.up();
  return window;
}

describe('the window over the log', () => {
  it('begins empty, so that the log is drawn before its rows, and its first step is the newest few of ten thousand', () => {
    const rows = new Rows(10_000);
    const window = new LogWindow(rows);
    expect(window.settle(true)).toEqual({ start: 10_000, end: 10_000 });
    window.up();
    expect(window.settle(true)).toEqual({ start: 10_000 - stepRows, end: 10_000 });
  });

  it('never holds more than its most rows, however far one scrolls', () => {
    const rows = new Rows(10_000);
    const window = openedOver(rows);
    for (let step = 0; step < 3_000; step += 1) {
      window.up();
      expect(window.range.end - window.range.start).toBeLessThanOrEqual(mostRows);
    }
    expect(window.range.start).toBe(0);
    for (let step = 0; step < 3_000; step += 1) {
      window.down();
      expect(window.range.end - window.range.start).toBeLessThanOrEqual(mostRows);
    }
    expect(window.range.end).toBe(10_000);
    expect(mostRows + stepRows).toBeLessThan(300);
  });

  it('brings in a few rows at a time', () => {
    const rows = new Rows(1_000);
    const window = openedOver(rows);
    const before = window.range.start;
    window.up();
    expect(before - window.range.start).toBe(stepRows);
  });

  it('keeps its rows when older ones are put before them', () => {
    const rows = new Rows(300);
    const window = openedOver(rows);
    for (let step = 0; step < 30; step += 1) window.up();
    const held = keys(rows, window);
    rows.prepend(100, 'older');
    window.settle(false);
    expect(keys(rows, window)).toEqual(held);
  });

  it('keeps its rows when newer ones come and the reader is further up', () => {
    const rows = new Rows(300);
    const window = openedOver(rows);
    const held = keys(rows, window);
    rows.append(25, 'newer');
    window.settle(false);
    expect(keys(rows, window)).toEqual(held);
  });

  it('follows newer rows for a reader at the end, a step at a time', () => {
    const rows = new Rows(300);
    const window = openedOver(rows);
    rows.append(stepRows + 3, 'newer');
    const before = window.range.end;
    window.settle(true);
    expect(window.range.end - before).toBe(stepRows);
    window.settle(true);
    expect(window.range.end).toBe(rows.items.length);
  });

  it('goes straight to the end when it is far away, without drawing what lies between', () => {
    const rows = new Rows(300);
    const window = openedOver(rows);
    rows.append(500, 'newer');
    window.settle(true);
    expect(window.range).toEqual({ start: 800 - stepRows, end: 800 });
  });

  it('keeps the same key when a pending row is replaced in place', () => {
    const rows = new Rows(20);
    const window = openedOver(rows);
    rows.items[19] = { key: 'k19' };
    window.settle(false);
    expect(window.range.end).toBe(20);
  });

  it('holds on to one end when the other left the list', () => {
    const rows = new Rows(40);
    const window = openedOver(rows);
    rows.items.pop();
    window.settle(false);
    expect(keys(rows, window)[0]).toBe(`k${40 - stepRows}`);
    rows.items.splice(0, 40 - stepRows + 1);
    window.settle(false);
    expect(window.range).toEqual({ start: 0, end: stepRows - 2 });
  });

  it('holds on to its last row in the middle of the list when the first one left', () => {
    const rows = new Rows(100);
    const window = openedOver(rows);
    window.show(50);
    const held = keys(rows, window);
    rows.items.splice(0, rows.indexOfKey(held[0] ?? '') + 1);
    window.settle(false);
    expect(keys(rows, window).slice(-3)).toEqual(held.slice(-3));
  });

  it('begins anew when the list is another one', () => {
    const rows = new Rows(40);
    const window = openedOver(rows);
    rows.items = new Rows(0).items;
    rows.append(60, 'other');
    window.settle(false);
    expect(window.range).toEqual({ start: 60 - stepRows, end: 60 });
  });

  it('moves around a row that must be seen, and stays where it is seen already', () => {
    const rows = new Rows(10_000);
    const window = openedOver(rows);
    window.show(5_000);
    expect(window.range.start).toBeLessThan(5_000);
    expect(window.range.end).toBeGreaterThan(5_000);
    const held = window.range;
    window.show(5_001);
    expect(window.range).toEqual(held);
    window.show(0);
    expect(window.range).toEqual({ start: 0, end: stepRows });
  });

  it('is empty over an empty list, and ready for its first step when that fills', () => {
    const rows = new Rows(0);
    const window = openedOver(rows);
    expect(window.settle(true)).toEqual({ start: 0, end: 0 });
    rows.append(3, 'first');
    expect(window.settle(true)).toEqual({ start: 3, end: 3 });
    window.up();
    expect(window.settle(true)).toEqual({ start: 0, end: 3 });
  });
});
