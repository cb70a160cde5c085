import type { RefObject } from 'preact';
import { useState } from 'preact/hooks';
import { useMessages } from '../i18n/use-messages.ts';
import { Icon } from './icon.tsx';

interface SearchBoxProps {
  readonly query: string;
  /** What is searched. */
  readonly label: string;
  /** What was found, in words; shown at the end of the box. */
  readonly summary: string;
  readonly inputRef: RefObject<HTMLInputElement | null>;
  readonly onQuery: (query: string) => void;
  /** Down: into the list. */
  readonly onLeave: () => void;
  /** A key that acts on the first match, as it would in its row. */
  readonly onFirst: (intent: FirstIntent) => void;
}

export type FirstIntent = 'activate' | 'open' | 'copy' | 'details';

export function SearchBox(props: SearchBoxProps) {
  const { t } = useMessages();
  // Ctrl+Z undoes what was typed; in a field that nobody typed into, it undoes the last action.
  const [typed, setTyped] = useState(false);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const intent = firstIntent(event, props.inputRef.current);
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      props.onLeave();
    } else if (intent !== null) {
      event.preventDefault();
      props.onFirst(intent);
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
        data-typed={typed}
        onInput={(event) => {
          setTyped(true);
          props.onQuery(event.currentTarget.value);
        }}
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
          onClick={() => {
            props.onQuery('');
            props.inputRef.current?.focus();
          }}
        >
          <Icon name="close" />
        </button>
      )}
    </search>
  );
}

/** Ctrl+C is for the field's own text where some of it is selected. */
function firstIntent(
  { key, ctrlKey, metaKey, altKey }: KeyboardEvent,
  input: HTMLInputElement | null,
): FirstIntent | null {
  if (altKey) return null;
  const hasModifier = ctrlKey || metaKey;
  if (key === 'Enter') return hasModifier ? 'open' : 'activate';
  // In text the arrow moves the cursor.
  if (key === 'ArrowRight' && !hasModifier && input?.value === '') return 'details';
  const isCopy = key.toLowerCase() === 'c' && hasModifier;
  return isCopy && input?.selectionStart === input?.selectionEnd ? 'copy' : null;
}
