// Which stretches of a timeline are held whole: sorted, apart from each other (neighbours are joined), ends included.

export interface Range {
  readonly from: number;
  readonly to: number;
}

/// `ranges` with `added` in it.
export function withRange(ranges: readonly Range[], added: Range): Range[] {
  if (added.to < added.from) return [...ranges];
  const result: Range[] = [];
  let joined = added;
  for (const range of ranges) {
    if (range.to + 1 < joined.from || joined.to + 1 < range.from) {
      result.push(range);
    } else {
      joined = { from: Math.min(range.from, joined.from), to: Math.max(range.to, joined.to) };
    }
  }
  result.push(joined);
  return result.sort((a, b) => a.from - b.from);
}

export function rangeHolding(ranges: readonly Range[], pos: number): Range | undefined {
  return ranges.find((range) => range.from <= pos && pos <= range.to);
}
