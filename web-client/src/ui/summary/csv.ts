// Comma-separated values (RFC 4180) that a spreadsheet opens as text: a cell it would take for a formula begins with an
// apostrophe (OWASP, CSV injection), and a byte order mark says that it is UTF-8.

export type Cell = string | number;

const formula = /^[=+\-@\t\r]/;
const quoted = /[",\r\n]/;

function cellOf(value: Cell): string {
  if (typeof value === 'number') return String(value);
  const safe = formula.test(value) ? `'${value}` : value;
  return quoted.test(safe) ? `"${safe.split('"').join('""')}"` : safe;
}

export function csvOf(rows: readonly (readonly Cell[])[]): string {
  return `\ufeff${rows.map((row) => `${row.map(cellOf).join(',')}\r\n`).join('')}`;
}
