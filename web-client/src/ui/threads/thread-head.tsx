import { ArrowLeft } from 'lucide-preact';

import { differsFromReader } from '../../i18n/languages';
import { language, threadWords } from '../../i18n/words';
import type { CarriedFrom, ThreadRecord } from '../../protocol/generated';
import type { Thread } from '../../store/api';
import { KindChip } from '../pieces/kind-chip';
import { LanguageTag } from '../pieces/language-tag';
import { addressOf, followLink } from '../route';
import { LanguageSwitch } from '../shell/language-switch';
import { wide } from '../wide';
import { useThreadView } from './thread-view';

/** The way back to the board, or to all of them; and on a phone and a tablet the language, for there is no other bar. */
export function ThreadBar({ board, of }: { board?: number; of?: Thread }) {
  const says = threadWords.value;
  const name = of?.board.value?.name[language.value];
  const back = board === undefined ? says.toBoards : name === undefined ? says.back : says.backTo({ name });
  return (
    <div class="thread-bar" data-part>
      <a class="thread-back" href={board === undefined ? addressOf.boards : addressOf.board(board)} onClick={followLink}>
        <ArrowLeft class="turns-with-direction" size={20} aria-hidden="true" />
        <span>{back}</span>
      </a>
      {!wide.value && <LanguageSwitch short />}
    </div>
  );
}

export function ThreadHead({ record }: { record: ThreadRecord }) {
  const view = useThreadView();
  const { title, lang, kind, carriedFrom } = record;
  const isAnswered = view.answer !== undefined;
  const hasFacts = kind !== 'discussion' || carriedFrom !== undefined || differsFromReader(lang, language.value);
  return (
    <header class="thread-head">
      <ThreadBar board={record.board} of={view.thread} />
      <h1 class="thread-title" tabIndex={-1} lang={lang} dir="auto">{title}</h1>
      {hasFacts && (
        <p class="thread-facts">
          <KindChip thread={record} />
          <LanguageTag tag={lang} />
          {carriedFrom !== undefined && <From carriedFrom={carriedFrom} />}
          {isAnswered && (
            <button type="button" class="link-button" onClick={() => view.showAnswer()}>{threadWords.value.toAnswer}</button>
          )}
        </p>
      )}
    </header>
  );
}

function From({ carriedFrom: { webinar, title, votes } }: { carriedFrom: CarriedFrom }) {
  return (
    <a class="thread-from" href={addressOf.webinar(webinar)} onClick={followLink}>
      {threadWords.value.from({ title: title[language.value], votes })}
    </a>
  );
}
