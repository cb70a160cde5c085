import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';

interface FieldProps {
  readonly label: string;
  readonly help: string;
  /** The control, with what connects it to its label and help; what follows goes below it. */
  readonly children: (connected: Connected) => ComponentChildren;
}

interface Connected {
  readonly id: string;
  readonly 'aria-describedby': string;
}

/** A setting with a label and an explanation, around a control of its own. */
export function Field({ label, help, children }: FieldProps) {
  const id = useId();
  const helpId = `${id}-help`;
  return (
    <div class="setting">
      <span class="setting-words">
        <label class="setting-label" for={id}>
          {label}
        </label>
        <span class="setting-help" id={helpId}>
          {help}
        </span>
      </span>
      {children({ id, 'aria-describedby': helpId })}
    </div>
  );
}

/** A setting that is typed; applied when the field is left. */
export function TextField(props: {
  readonly label: string;
  readonly help: string;
  readonly value: string;
  readonly maxLength: number;
  readonly onChange: (text: string) => void;
}) {
  const [text, setText] = useState(props.value);
  return (
    <Field label={props.label} help={props.help}>
      {(connected) => (
        <input
          {...connected}
          type="text"
          maxLength={props.maxLength}
          spellcheck={false}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onChange={() => text !== props.value && props.onChange(text)}
        />
      )}
    </Field>
  );
}
