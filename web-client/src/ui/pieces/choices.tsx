interface ChoicesProps<Value extends string | boolean> {
  name: string;
  legend: string;
  chosen: Value;
  onChoose(value: Value): void;
  options: ReadonlyArray<{ value: Value; label: string; hint: string }>;
}

/** One of a few, each with what it means. */
export function Choices<Value extends string | boolean>({ name, legend, chosen, onChoose, options }: ChoicesProps<Value>) {
  return (
    <fieldset>
      <legend class="choices-legend">{legend}</legend>
      {options.map(({ value, label, hint }) => (
        <label class="choice" key={String(value)}>
          <input type="radio" name={name} checked={chosen === value} onChange={() => onChoose(value)} />
          <span>
            {label}
            <span class="choice-hint">{hint}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
