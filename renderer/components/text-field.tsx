import { useId, useState } from 'preact/hooks';

/** A setting that is typed; applied when the field is left. */
export function TextField(props: {
  readonly label: string;
  readonly help: string;
  readonly value: string;
  readonly maxLength: number;
  readonly onChange: (text: string) => void;
}) {
  const id = useId();
  const [text, setText] = useState(props.value);
  return (
    <div class="setting">
      <label class="setting-words" for={id}>
        <span class="setting-label">{props.label}</span>
        <span class="setting-help">{props.help}</span>
      </label>
      <input
        id={id}
        type="text"
        maxLength={props.maxLength}
        spellcheck={false}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onChange={() => text !== props.value && props.onChange(text)}
      />
    </div>
  );
}
