import { describe, expect, it } from 'vitest';

import { initialsOf } from './initials';

describe('initials', () => {
  it.each([
    ['Amina Yusuf', 'AY'],
    ['Marie-Ève Gagnon', 'MG'],
    ['Jean Paul de la Rue', 'JR'],
    ['Олена Коваль', 'ОК'],
    ['luc', 'L'],
    ['Émile', 'É'],
    ['E\u0301mile Zola', 'E\u0301Z'],
    ['  (Host)  ', 'H'],
    ['王小明', '王'],
    ['𐐷𐐲 𐐳', '𐐏𐐋'],
    ['🙂', '🙂'],
    ['👩‍👩‍👧', '👩'],
    ['', ''],
  ])('of %j are %j', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});
