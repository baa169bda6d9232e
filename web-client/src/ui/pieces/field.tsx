import type { ComponentChildren, RefObject } from 'preact';

import { useSaid } from '../voice';

interface FieldProps {
  id: string;
  label: string;
  hint?: string;
  /** What is wrong and what to do; said with the field. */
  error?: string | undefined;
  value: string;
  onInput(value: string): void;
  /** Characters the server takes; the browser counts UTF-16 units, so it never cuts what the server would take. */
  maxCharacters?: number;
  lang?: string;
  autoComplete?: string;
  type?: 'text' | 'search';
  field?: RefObject<HTMLInputElement>;
  after?: ComponentChildren;
}

/** One line to fill in, with its label above, its hint and its error tied to it. */
export function Field(props: FieldProps) {
  const { id, label, hint, error, value, onInput, maxCharacters, lang, autoComplete, type = 'text', field, after } = props;
  useSaid(id, error);
  const described = [hint !== undefined ? `${id}-hint` : '', error !== undefined ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div class={error === undefined ? 'field' : 'field has-error'}>
      <label class="field-label" for={id}>{label}</label>
      {hint !== undefined && <p class="field-hint" id={`${id}-hint`}>{hint}</p>}
      {error !== undefined && <p class="field-error" id={`${id}-error`}>{error}</p>}
      <div class="field-line">
        <input
          class="field-input"
          id={id}
          type={type}
          value={value}
          dir="auto"
          onInput={(event) => onInput(event.currentTarget.value)}
          {...(field === undefined ? {} : { ref: field })}
          {...(maxCharacters === undefined ? {} : { maxLength: maxCharacters * 2 })}
          {...(lang === undefined ? {} : { lang })}
          {...(autoComplete === undefined ? {} : { autoComplete })}
          {...(described === '' ? {} : { 'aria-describedby': described })}
          {...(error === undefined ? {} : { 'aria-invalid': true })}
        />
        {after}
      </div>
    </div>
  );
}
