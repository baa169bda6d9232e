import { describe, expect, it } from 'vitest';

import { arranged, byVotes, isOutdated, likeliest, matches, shortlisted, starBefore } from './question-order';

function question(id: number, votes: number, at = id, more: { text?: string; publishedAt?: number } = {}) {
  return { id, votes, at, text: '', publishedAt: at, ...more };
}

const ids = (questions: readonly { id: number }[]): number[] => questions.map(({ id }) => id);

describe('by votes', () => {
  it('the one with most votes is first, and among equals the one that has waited longest', () => {
    expect(ids(byVotes([question(1, 2), question(2, 5), question(3, 5, 0), question(4, 0)]))).toEqual([3, 2, 1, 4]);
  });
});

describe('an order that stays', () => {
  const order = [2, 1, 3];

  it('does not move when votes come', () => {
    expect(ids(arranged([question(1, 90), question(2, 0), question(3, 40)], order))).toEqual([2, 1, 3]);
  });

  it('has what was published since at the end, as it came', () => {
    const late = [question(5, 99, 10), question(4, 0, 12), question(6, 7, 11)];
    expect(ids(arranged([...late, question(1, 0), question(2, 0), question(3, 0)], order))).toEqual([2, 1, 3, 5, 6, 4]);
  });

  it('closes over one that left, and one that comes back stands where it was', () => {
    expect(ids(arranged([question(1, 0), question(3, 0)], order))).toEqual([1, 3]);
    expect(ids(arranged([question(1, 0), question(2, 0), question(3, 0)], order))).toEqual([2, 1, 3]);
  });

  it('is outdated only when sorting anew would show another one', () => {
    expect(isOutdated([question(1, 9), question(2, 3), question(3, 0)])).toBe(false);
    expect(isOutdated([question(1, 2), question(2, 3), question(3, 0)])).toBe(true);
    expect(isOutdated([])).toBe(false);
  });
});

describe('a shortlist', () => {
  const places = new Map([[1, 1024], [2, 2048], [3, 1536]]);

  it('is in the order of its places', () => {
    expect(shortlisted(places, [])).toEqual([1, 3, 2]);
  });

  it('shows what is wanted of it before the server has said so', () => {
    expect(shortlisted(places, [{ question: 2, on: true, before: 1 }])).toEqual([2, 1, 3]);
    expect(shortlisted(places, [{ question: 9, on: true }, { question: 3, on: false }])).toEqual([1, 2, 9]);
    expect(shortlisted(places, [{ question: 9, on: true, before: 77 }])).toEqual([1, 3, 2, 9]);
  });

  it('is moved by one place: what the server is told leads there', () => {
    const list = [1, 3, 2];
    for (const [question, step, wanted] of [[3, -1, [3, 1, 2]], [1, 1, [3, 1, 2]], [3, 1, [1, 2, 3]]] as const) {
      const to = starBefore(list, question, step);
      expect(shortlisted(places, [{ question, on: true, ...to }])).toEqual(wanted);
    }
    expect(starBefore(list, 1, -1)).toBeUndefined();
    expect(starBefore(list, 2, 1)).toBeUndefined();
    expect(starBefore(list, 9, 1)).toBeUndefined();
  });
});

describe('looking for the same question', () => {
  it('a search knows no accents and no case, and takes the beginnings of words', () => {
    expect(matches('Où trouver des vêtements d’hiver ?', 'VETEM hiv')).toBe(true);
    expect(matches('Où trouver des vêtements d’hiver ?', 'été')).toBe(false);
    expect(matches('anything', ' ')).toBe(true);
  });

  it('the likeliest share telling words; what only shares short ones comes by votes', () => {
    const others = [
      question(1, 50, 1, { text: 'Who is there for us?' }),
      question(2, 1, 2, { text: 'Who insures the drivers and their cars?' }),
      question(3, 2, 3, { text: 'How do drivers find us?' }),
    ];
    expect(ids(likeliest('Are the drivers insured, and who insures them?', others))).toEqual([2, 3, 1]);
  });
});
