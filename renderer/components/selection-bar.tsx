import type { RefObject } from 'preact';
import { useState } from 'preact/hooks';
import { useMessages } from '../i18n/use-messages.ts';
import { Icon } from './icon.tsx';
import { IconButton } from './icon-button.tsx';

/** What can be done with the selected clips: one link for all, with a name. */
export function SelectionBar(props: {
  readonly count: number;
  readonly formRef: RefObject<HTMLFormElement | null>;
  readonly onShare: (name?: string) => void;
  readonly onClear: () => void;
}) {
  const { t } = useMessages();
  const [name, setName] = useState('');
  const share = (event: Event): void => {
    event.preventDefault();
    const given = name.trim();
    props.onShare(...(props.count > 1 && given !== '' ? [given] : []));
  };
  return (
    <form class="selection" ref={props.formRef} onSubmit={share}>
      <p role="status">{t('selectedCount', { count: props.count })}</p>
      <IconButton icon="close" label={t('clearSelection')} onClick={props.onClear} />
      {props.count > 1 && (
        <input
          type="text"
          maxLength={200}
          aria-label={t('collectionName')}
          placeholder={t('collectionName')}
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      )}
      <button type="submit" class="button primary">
        <Icon name="share" />
        {t(props.count > 1 ? 'shareAsCollection' : 'share')}
      </button>
    </form>
  );
}
