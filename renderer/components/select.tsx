import { useId } from 'preact/hooks';

interface SelectProps<Value extends string | number> {
  readonly label: string;
  readonly help?: string;
  readonly value: Value;
  /** Value and label. */
  readonly choices: readonly (readonly [Value, string])[];
  readonly onChange: (value: Value) => void;
}

/** A setting with a handful of values, shown as a native select. */
export function Select<Value extends string | number>(props: SelectProps<Value>) {
  const id = useId();
  return (
    <div class="setting">
      <label class="setting-words" for={id}>
        <span class="setting-label">{props.label}</span>
        {props.help !== undefined && <span class="setting-help">{props.help}</span>}
      </label>
      <select
        id={id}
        value={String(props.value)}
        onChange={(event) => {
          const chosen = props.choices[event.currentTarget.selectedIndex];
          if (chosen) props.onChange(chosen[0]);
        }}
      >
        {props.choices.map(([value, words]) => (
          <option key={value} value={String(value)}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
