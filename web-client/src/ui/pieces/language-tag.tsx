import { differsFromReader, languageName } from '../../i18n/languages';
import { language } from '../../i18n/words';

/** In which language something is written; only where the reader needs to be told. */
export function LanguageTag({ tag }: { tag: string }) {
  const name = languageName(tag);
  if (name === '' || !differsFromReader(tag, language.value)) return null;
  return <span class="language-tag" lang={tag}>{name}</span>;
}
