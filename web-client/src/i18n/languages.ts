// The languages one may say a message is in, by the names their readers use, and the direction each is written in. The
// first two are the interface's; the others are the mother tongues most spoken by newcomers to Ontario (Statistics Canada,
// Census 2021, table 98-10-0180), and `und` (BCP 47) is any other.

export const messageLanguages: ReadonlyArray<readonly [tag: string, name: string]> = [
  ['en', 'English'],
  ['fr', 'Français'],
  ['ar', 'العربية'],
  ['zh', '中文'],
  ['es', 'Español'],
  ['fa', 'فارسی'],
  ['gu', 'ગુજરાતી'],
  ['hi', 'हिन्दी'],
  ['pa', 'ਪੰਜਾਬੀ'],
  ['pt', 'Português'],
  ['so', 'Soomaali'],
  ['ta', 'தமிழ்'],
  ['ti', 'ትግርኛ'],
  ['tl', 'Tagalog'],
  ['tr', 'Türkçe'],
  ['uk', 'Українська'],
  ['ur', 'اردو'],
  ['vi', 'Tiếng Việt'],
];

/** The language's own name for itself; the tag where it is not on the list; empty for the undetermined one. */
export function languageName(tag: string): string {
  if (tag === '' || tag === 'und') return '';
  const primary = tag.split('-', 1)[0];
  return messageLanguages.find(([known]) => known === primary)?.[1] ?? tag;
}

/** Whether a reader of `reader` should be told that a text is in `tag`. */
export function differsFromReader(tag: string, reader: string): boolean {
  return tag !== '' && tag !== 'und' && tag.split('-', 1)[0] !== reader;
}
