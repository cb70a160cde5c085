import { useId, useState } from 'preact/hooks';
import { useWords } from '../i18n/use-words.ts';

const MAX_CHARS = 500;

/** The person's own format for links; applied when the field is left. */
export function TemplateField(props: {
  readonly template: string;
  readonly onChange: (template: string) => void;
}) {
  const { say } = useWords();
  const id = useId();
  const [text, setText] = useState(props.template);
  return (
    <div class="setting">
      <label class="setting-words" for={id}>
        <span class="setting-label">{say('linkTemplate')}</span>
        <span class="setting-help">
          {say('linkTemplateHelp', { link: '{link}', title: '{title}' })}
        </span>
      </label>
      <input
        id={id}
        type="text"
        maxLength={MAX_CHARS}
        spellcheck={false}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onChange={() => text !== props.template && props.onChange(text)}
      />
    </div>
  );
}
