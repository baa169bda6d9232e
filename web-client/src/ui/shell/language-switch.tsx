import { chooseLanguage } from './choose-language';
import { language, words } from '../../i18n/words';
import { useClient } from '../client-context';

const other = { en: { tag: 'fr', name: 'Français', short: 'FR' }, fr: { tag: 'en', name: 'English', short: 'EN' } } as const;

/** The other language, by its own name: always in sight, and it loses nothing that is being written. */
export function LanguageSwitch({ short = false }: { short?: boolean }) {
  const client = useClient();
  const { tag, name, short: letters } = other[language.value];
  return (
    <button
      type="button"
      class="language-switch"
      lang={tag}
      title={tag === 'fr' ? words.value.shell.inFrench : words.value.shell.inEnglish}
      onClick={() => void chooseLanguage(client, tag)}
    >
      {short ? (
        <>
          <span class="only-phone" aria-hidden="true">{letters}</span>
          <span class="short-language-name">{name}</span>
        </>
      ) : (
        name
      )}
    </button>
  );
}
