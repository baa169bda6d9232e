// A PostCSS plugin: writes `margin-inline: a b` and its like out as their two longhands, which are older by years.

import type { Declaration, Plugin } from 'postcss';

const shorthand = /^(margin|padding|inset)-(inline|block)$/;

/// Splits at white space outside parentheses: `1px calc(2px + 3px)` is two values.
function values(text: string): string[] {
  return text.match(/(?:[^\s(]|\((?:[^()]|\([^()]*\))*\))+/g) ?? [];
}

function expand(declaration: Declaration): void {
  if (!shorthand.test(declaration.prop)) return;
  const [start, end = start] = values(declaration.value);
  if (start === undefined || end === undefined) return;
  declaration.cloneBefore({ prop: `${declaration.prop}-start`, value: start });
  declaration.cloneBefore({ prop: `${declaration.prop}-end`, value: end });
  declaration.remove();
}

export function expandLogicalShorthands(): Plugin {
  return { postcssPlugin: 'expand-logical-shorthands', Declaration: expand };
}
