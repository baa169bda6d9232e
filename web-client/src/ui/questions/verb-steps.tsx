import { useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';

import { languageName } from '../../i18n/languages';
import { language, questionWords } from '../../i18n/words';
import type { Question } from '../../store/question-api';
import { likeliest, matches } from '../../store/question-order';
import { useClient } from '../client-context';
import { Field } from '../pieces/field';
import { useSaid } from '../voice';
import type { DeskView } from './desk-view';
import { QuestionFacts } from './question-card';
import { Written } from './question-text';
import { reasons, reasonText, type Reason } from './reasons';
import { useQuestions } from './use-questions';
import { VoteCount } from './vote-tile';
import { LanguageChoice, TextField, useLength } from './writing';

interface StepProps {
  question: Question;
  desk: DeskView;
}

/** So many are looked through at once; a search finds the others. */
const mostOffered = 20;

export function DismissStep({ question, desk }: StepProps) {
  const questions = useQuestions();
  const { limits } = useClient();
  const chosen = useSignal<Reason | undefined>(undefined);
  const own = useSignal(desk.written.value);
  const missing = useSignal(false);
  const group = useRef<HTMLFieldSetElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const says = questionWords.value;
  useSaid('problem', missing.value ? says.reasonMissing : undefined);
  const length = useLength(own.value, limits.value.reasonCharacters);
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const listed = chosen.value === 'other' ? undefined : chosen.value;
    missing.value = listed === undefined && own.value.trim() === '';
    if (missing.value) {
      group.current?.querySelector('input')?.focus();
      return;
    }
    const text = await reasonText(listed, own.value.trim());
    desk.goOn();
    questions.dismiss(question.id, Array.from(text).slice(0, limits.value.reasonCharacters).join(''));
  };
  return (
    <form class="verb-step" onSubmit={(event) => void submit(event)} noValidate>
      <p>{says.dismissLong}</p>
      <fieldset ref={group} {...(missing.value ? { 'aria-describedby': 'reason-missing' } : {})}>
        <legend class="choices-legend">{says.reason}</legend>
        {missing.value && <p class="field-error" id="reason-missing">{says.reasonMissing}</p>}
        <div class="reason-chips">
          {reasons.map((reason) => (
            <label class="reason-chip" key={reason}>
              <input
                type="radio"
                name="reason"
                checked={chosen.value === reason}
                onChange={() => {
                  chosen.value = reason;
                  missing.value = false;
                }}
              />
              <span>{says[reason]}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <TextField
        id="reason-words"
        label={chosen.value === undefined || chosen.value === 'other' ? says.words : says.wordsOptional}
        placeholder={says.wordsHint}
        lang={language.value}
        value={own.value}
        length={length}
        field={field}
        onInput={(text) => (own.value = text)}
      />
      <button type="submit" class="button is-danger">{says.dismissConfirm}</button>
    </form>
  );
}

export function AnswerStep({ question, desk }: StepProps) {
  const questions = useQuestions();
  const { limits } = useClient();
  const before = question.answer;
  const text = useSignal(desk.written.value === '' ? (before?.text ?? '') : desk.written.value);
  const lang = useSignal(before?.lang ?? question.lang);
  const missing = useSignal(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const says = questionWords.value;
  const length = useLength(text.value, limits.value.textCharacters);
  const submit = (event: Event): void => {
    event.preventDefault();
    missing.value = text.value.trim() === '';
    if (!length.isFit) {
      field.current?.focus();
      return;
    }
    if (question.state === 'answered') desk.leave();
    else desk.goOn();
    questions.answer(question.id, { text: text.value, lang: lang.value });
  };
  return (
    <form class="verb-step" onSubmit={submit} noValidate>
      <Written text={question.text} body={question.body} lang={question.lang} />
      <TextField
        id="answer-text"
        label={says.answerLabel}
        lang={lang.value}
        value={text.value}
        length={length}
        error={missing.value ? says.textMissing : undefined}
        field={field}
        onInput={(value) => {
          text.value = value;
          missing.value = false;
        }}
        tools={<LanguageChoice label={says.answerLanguage} chosen={lang.value} onChoose={(tag) => (lang.value = tag)} />}
      />
      <p class="field-hint">{says.answerSays}</p>
      <button type="submit" class="button is-main">{says.answerConfirm}</button>
    </form>
  );
}

/** The language of the interface that the question is not in; readers of both are here. */
function otherLanguage(question: Question): string {
  const primary = question.lang.split('-', 1)[0];
  if (primary !== 'en' && primary !== 'fr') return language.value;
  return primary === 'en' ? 'fr' : 'en';
}

export function TranslateStep({ question, desk }: StepProps) {
  const questions = useQuestions();
  const { limits } = useClient();
  const into = useSignal(otherLanguage(question));
  const before = question.translations.find(({ lang }) => lang === into.value);
  const written = useSignal<string | undefined>(desk.written.value === '' ? undefined : desk.written.value);
  const text = written.value ?? before?.text ?? '';
  const missing = useSignal(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const says = questionWords.value;
  const length = useLength(text, limits.value.questionCharacters);
  const submit = (event: Event): void => {
    event.preventDefault();
    missing.value = text.trim() === '';
    if (!length.isFit) {
      field.current?.focus();
      return;
    }
    desk.leave();
    questions.translate(question.id, into.value, text);
  };
  return (
    <form class="verb-step" onSubmit={submit} noValidate>
      <Written text={question.text} body={question.body} lang={question.lang} />
      <TextField
        id="translation-text"
        label={says.translateLabel({ language: languageName(into.value) })}
        lang={into.value}
        value={text}
        length={length}
        error={missing.value ? says.textMissing : undefined}
        field={field}
        onInput={(value) => {
          written.value = value;
          missing.value = false;
        }}
        tools={
          <LanguageChoice
            label={says.translateInto}
            chosen={into.value}
            without={question.lang}
            onChoose={(tag) => (into.value = tag)}
          />
        }
      />
      <p class="field-hint">{says.translateSays}</p>
      <div class="button-row">
        <button type="submit" class="button is-main">{says.translateConfirm}</button>
        {before !== undefined && (
          <button
            type="button"
            class="button"
            onClick={() => {
              desk.leave();
              questions.translate(question.id, into.value);
            }}
          >
            {says.translateRemove}
          </button>
        )}
      </div>
    </form>
  );
}

export function MergeStep({ question, desk }: StepProps) {
  const questions = useQuestions();
  const search = useSignal('');
  const says = questionWords.value;
  const others = [...questions.open.value, ...questions.toReview.value, ...questions.answered.value].filter(({ id }) => id !== question.id);
  const found = likeliest(question.text, others).filter(({ text }) => matches(text, search.value));
  const merge = (into: number): void => {
    desk.goOn();
    questions.merge(question.id, into);
  };
  return (
    <div class="verb-step">
      <Written text={question.text} body={question.body} lang={question.lang} />
      <p class="field-hint">{says.mergeSays}</p>
      <Field id="merge-search" type="search" label={says.mergeSearch} value={search.value} autoComplete="off" onInput={(value) => (search.value = value)} />
      {found.length === 0 && <p>{says.mergeNone}</p>}
      <ul class="merge-rows">
        {found.slice(0, mostOffered).map((other) => (
          <li key={other.id}>
            <button type="button" class="merge-row" onClick={() => merge(other.id)}>
              <span class="merge-votes count">{questionWords.value.votes({ count: other.votes })}</span>
              <span lang={other.lang} dir="auto">{other.text}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

export function MergedStep({ question, desk }: StepProps) {
  const questions = useQuestions();
  const says = questionWords.value;
  const merged = question.merged.flatMap((id) => questions.find(id) ?? []);
  return (
    <div class="verb-step">
      <p class="field-hint">{says.unmergeSays}</p>
      <ul class="question-rows">
        {merged.map((one) => (
          <li key={one.id}>
            <article class="question is-inner">
              <VoteCount count={one.votes} />
              <div class="question-main">
                <Written text={one.text} body={one.body} lang={one.lang} />
                <QuestionFacts question={one} />
                <button
                  type="button"
                  class="button"
                  onClick={() => {
                    desk.leave();
                    questions.unmerge(one.id);
                  }}
                >
                  {says.unmerge}
                </button>
              </div>
            </article>
          </li>
        ))}
      </ul>
    </div>
  );
}
