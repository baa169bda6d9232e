/** As the server counts: code points after NFC. */
export function characters(text: string): number {
  let count = 0;
  for (const _ of text.normalize('NFC')) count += 1;
  return count;
}
