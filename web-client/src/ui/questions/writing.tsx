import type { ComponentChildren, RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

import { messageLanguages } from '../../i18n/languages';
import { words } from '../../i18n/words';
import { characters } from '../composer/characters';

/** From here on the writer is told how many characters are left. */
const tellsFrom = 100;

export interface Length {
  readonly left: number;
  readonly limit: number;
  /** There is something, and not too much. */
  readonly isFit: boolean;
}

export function useLength(text: string, limit: number): Length {
  const left = limit - characters(text);
  return { left, limit, isFit: text.trim() !== '' && left >= 0 };
}

interface TextFieldProps {
  id: string;
  label: string;
  placeholder?: string;
  lang: string;
  value: string;
  length: Length;
  error?: string | undefined;
  field: RefObject<HTMLTextAreaElement>;
  onInput(text: string): void;
  tools?: ComponentChildren;
}

/** Several lines to write, growing with the text, with what is left of its length. */
export function TextField({ id, label, placeholder, lang, value, length, error, field, onInput, tools }: TextFieldProps) {
  const says = words.value.composer;
  const { left } = length;
  useLayoutEffect(() => {
    const area = field.current;
    if (area === null) return;
    area.style.height = 'auto';
    area.style.height = `${area.scrollHeight + 2}px`;
  }, [value]);
  return (
    <div class={error === undefined ? 'field' : 'field has-error'}>
      <label class="field-label" for={id}>{label}</label>
      {error !== undefined && <p class="field-error" id={`${id}-error`}>{error}</p>}
      <textarea
        id={id}
        class="text-area grows"
        ref={field}
        rows={2}
        dir="auto"
        lang={lang}
        value={value}
        aria-describedby={error === undefined ? `${id}-left` : `${id}-error ${id}-left`}
        aria-invalid={left < 0 || error !== undefined}
        onInput={(event) => onInput(event.currentTarget.value)}
        {...(placeholder === undefined ? {} : { placeholder })}
      />
      <div class="field-tools">
        {tools}
        <p id={`${id}-left`} class={left < 0 ? 'composer-left is-over' : 'composer-left'}>
          {left < 0 ? says.tooLong({ count: -left }) : left < tellsFrom ? says.left({ count: left }) : ''}
        </p>
      </div>
    </div>
  );
}

interface LanguageChoiceProps {
  label: string;
  chosen: string;
  /** Not offered. */
  without?: string;
  onChoose(tag: string): void;
}

export function LanguageChoice({ label, chosen, without, onChoose }: LanguageChoiceProps) {
  return (
    <select class="composer-language" aria-label={label} value={chosen} onChange={(event) => onChoose(event.currentTarget.value)}>
      {messageLanguages
        .filter(([tag]) => tag !== without)
        .map(([tag, name]) => <option key={tag} value={tag} lang={tag}>{name}</option>)}
      {without === undefined && <option value="und">{words.value.composer.otherLanguage}</option>}
    </select>
  );
}
