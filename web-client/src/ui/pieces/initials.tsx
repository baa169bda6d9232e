interface InitialsProps {
  id: number;
  name: string;
  small?: boolean;
}

/** A person's mark beside their name; the name itself always stands near, so it says nothing aloud. */
export function Initials({ id, name, small = false }: InitialsProps) {
  return (
    <span class={small ? 'initials is-small' : 'initials'} data-hue={((id % 8) + 8) % 8} aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}

/** The first letters of the first and the last word; whole code points, so that no letter is cut. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s\-–—·.,()/]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = words[0];
  if (first === undefined) return [...name][0] ?? '';
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  const letter = (word: string | undefined): string => /[\p{L}\p{N}]\p{M}*/u.exec(word ?? '')?.[0] ?? '';
  return (letter(first) + letter(last)).toLocaleUpperCase();
}
