import { useId, useState } from 'preact/hooks';
import { useMessages } from '../i18n/use-messages.ts';

/** Gives a link another name; its page shows it at once. */
export function Rename(props: {
  readonly title: string;
  readonly onRename: (name: string) => void;
}) {
  const { t } = useMessages();
  const id = useId();
  const [name, setName] = useState(props.title);
  const wanted = name.trim();
  return (
    <form
      class="rename"
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted !== '' && wanted !== props.title) props.onRename(wanted);
      }}
    >
      <label for={id}>{t('name')}</label>
      <input
        id={id}
        type="text"
        value={name}
        maxLength={200}
        autocomplete="off"
        onInput={(event) => setName(event.currentTarget.value)}
        // Letters and arrows belong to the field while it is written in.
        onKeyDown={(event) => {
          if (event.key !== 'Escape') event.stopPropagation();
        }}
      />
      <button type="submit" class="text-button" disabled={wanted === '' || wanted === props.title}>
        {t('rename')}
      </button>
    </form>
  );
}
