import { useSignal } from '@preact/signals';

import { languageName } from '../../i18n/languages';
import { language, questionWords } from '../../i18n/words';
import type { Node, QuestionTranslation } from '../../protocol/generated';
import type { Question } from '../../store/question-api';
import { useClient } from '../client-context';
import { richText } from '../pieces/rich-text';

const primary = (tag: string): string => tag.split('-', 1)[0] ?? tag;

/** What a person wrote for those who read in `reader`; undefined where the question is in that language itself. */
export function translationFor(question: Question, reader: string): QuestionTranslation | undefined {
  if (primary(question.lang) === reader) return undefined;
  return question.translations.find((one) => primary(one.lang) === reader);
}

/** The text as this reader understands it best; of a translation it says whose it is, and the original is one press away. */
export function QuestionText({ question }: { question: Question }) {
  const original = useSignal(false);
  const translation = translationFor(question, language.value);
  const shown = translation === undefined || original.value ? question : translation;
  const says = questionWords.value;
  return (
    <>
      <Written text={shown.text} body={shown.body} lang={shown.lang} />
      {translation !== undefined && (
        <p class="question-translation">
          <TranslatedBy translation={translation} />
          <button type="button" class="link-button" onClick={() => (original.value = !original.value)}>
            {original.value ? says.showTranslation : says.showOriginal({ language: languageName(question.lang) })}
          </button>
        </p>
      )}
    </>
  );
}

function TranslatedBy({ translation: { by } }: { translation: QuestionTranslation }) {
  const { session } = useClient();
  const says = questionWords.value;
  const isOwn = by.id === 0 || by.id === session.me.value?.id;
  return <span>{isOwn ? says.translatedByYou : says.translatedBy({ name: by.name })}</span>;
}

/** What somebody wrote, in its language and direction. On its way to the server it has no body yet. */
export function Written({ text, body, lang }: { text: string; body: readonly Node[]; lang: string }) {
  if (body.length === 0) return <div class="rich-text is-plain" lang={lang} dir="auto">{text}</div>;
  return <div class="rich-text" lang={lang} dir="auto">{richText(body, true)}</div>;
}
