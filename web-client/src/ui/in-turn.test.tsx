// @vitest-environment jsdom
import { render } from 'preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { inTurn, InTurn } from './in-turn';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.runAllTimers();
  vi.useRealTimers();
});

/** One task of those that wait, and what Preact draws because of it. */
async function task(): Promise<void> {
  await vi.advanceTimersToNextTimerAsync();
}

describe('in turn', () => {
  it('runs one part in a task, in the order they came', async () => {
    const done: string[] = [];
    inTurn(() => done.push('first'));
    inTurn(() => done.push('second'));
    expect(done).toEqual([]);
    await task();
    expect(done).toEqual(['first']);
    inTurn(() => done.push('third'));
    await task();
    expect(done).toEqual(['first', 'second']);
    await task();
    expect(done).toEqual(['first', 'second', 'third']);
  });

  it('passes over a part that was taken back', async () => {
    const done: string[] = [];
    const takeBack = inTurn(() => done.push('gone'));
    inTurn(() => done.push('stays'));
    takeBack();
    await task();
    expect(done).toEqual(['stays']);
  });

  it('draws what stands around at once, then each part in a task of its own', async () => {
    const root = document.createElement('div');
    render(
      <>
        around
        <InTurn meanwhile={' loading'}> one</InTurn>
        <InTurn> two</InTurn>
      </>,
      root,
    );
    expect(root.textContent).toBe('around loading');
    await task();
    expect(root.textContent).toBe('around one');
    await task();
    expect(root.textContent).toBe('around one two');
    render(null, root);
  });

  it('does not draw into a page that was left meanwhile', async () => {
    const root = document.createElement('div');
    render(<InTurn>late</InTurn>, root);
    render(null, root);
    await vi.runAllTimersAsync();
    expect(root.textContent).toBe('');
  });
});
