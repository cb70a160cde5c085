import { useId } from 'preact/hooks';

/** A setting that is on or off, and says what that means. */
export function Switch(props: {
  readonly label: string;
  readonly help?: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}) {
  const id = useId();
  return (
    <label class="setting" for={id}>
      <span class="setting-words">
        <span class="setting-label">{props.label}</span>
        {props.help !== undefined && (
          <span class="setting-help" id={`${id}-help`}>
            {props.help}
          </span>
        )}
      </span>
      <input
        id={id}
        class="switch"
        type="checkbox"
        role="switch"
        checked={props.checked}
        aria-checked={props.checked}
        aria-describedby={props.help === undefined ? undefined : `${id}-help`}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
    </label>
  );
}
