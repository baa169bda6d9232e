/** The house's mark, as in public/icon.svg: a word spoken, and a door that stands open in it. */
export function Mark() {
  return (
    <svg class="mark" viewBox="84 74 344 372" width="26" height="28" aria-hidden="true" focusable="false">
      <path class="mark-word" d="M152 330 132 436l120-44Z" />
      <circle class="mark-word" cx="256" cy="240" r="158" />
      <path class="mark-door" d="M192 334V214a64 64 0 0 1 128 0v120Z" />
      <path class="mark-leaf" d="m192 216 44 20v126l-44-28Z" />
    </svg>
  );
}
