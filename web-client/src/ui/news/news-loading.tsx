import { newsWords } from '../../i18n/words';

/** The shape of what is on its way. */
export function NewsLoading() {
  return (
    <div class="list-loading" aria-busy="true">
      <p class="only-read-aloud">{newsWords.value.loading}</p>
      <div class="thread-shape" aria-hidden="true" />
      <div class="thread-shape" aria-hidden="true" />
      <div class="thread-shape" aria-hidden="true" />
    </div>
  );
}
