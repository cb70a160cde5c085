import type { Ref } from 'preact';
import { useMessages } from '../i18n/use-messages.ts';
import { Icon } from './icon.tsx';

interface SearchBoxProps {
  readonly query: string;
  /** What is searched. */
  readonly label: string;
  /** What was found, in words; shown at the end of the box. */
  readonly summary: string;
  readonly inputRef: Ref<HTMLInputElement>;
  readonly onQuery: (query: string) => void;
  /** Down: into the list. */
  readonly onLeave: () => void;
  /** Enter: the first match. */
  readonly onSubmit: () => void;
}

export function SearchBox(props: SearchBoxProps) {
  const { t } = useMessages();
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      props.onLeave();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      props.onSubmit();
    } else if (event.key === 'Escape' && props.query !== '') {
      // The first Escape clears; the next one closes.
      event.stopPropagation();
      props.onQuery('');
    }
  };
  return (
    <search class="search">
      <Icon name="search" />
      <input
        ref={props.inputRef}
        type="search"
        aria-label={props.label}
        placeholder={props.label}
        aria-keyshortcuts="/"
        autocomplete="off"
        spellcheck={false}
        value={props.query}
        onInput={(event) => props.onQuery(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <span class="search-count" aria-hidden="true">
        {props.summary}
      </span>
      {props.query !== '' && (
        <button
          type="button"
          class="icon-button"
          aria-label={t('clearSearch')}
          title={t('clearSearch')}
          onClick={() => props.onQuery('')}
        >
          <Icon name="close" />
        </button>
      )}
    </search>
  );
}
