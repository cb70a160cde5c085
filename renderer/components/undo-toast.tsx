import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { LinkView } from '../../preload/contract.ts';
import { useWords } from '../i18n/use-words.ts';
import { latestRestorable } from '../view/latest-restorable.ts';
import type { Platform } from '../view/platform.ts';

interface UndoToastProps {
  readonly links: readonly LinkView[];
  readonly platform: Platform;
  readonly onUndo: (id: string) => void;
}

/**
 * Offers to take the latest revoke back for as long as that is possible: by its button, or by
 * Ctrl+Z wherever the focus is, but in a field, where that is for what was typed.
 */
export function UndoToast({ links, platform, onUndo }: UndoToastProps) {
  const { say } = useWords();
  const link = useMemo(() => latestRestorable(links), [links]);
  const undo = useRef(() => {});
  undo.current = () => link && onUndo(link.id);
  const isOffered = link !== undefined;

  useEffect(() => {
    if (!isOffered) return;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (!isUndoKey(event)) return;
      event.preventDefault();
      // The list would undo a share with the same keys.
      event.stopPropagation();
      undo.current();
    };
    window.addEventListener('keydown', onKeyDown, true);
    return () => {
      window.removeEventListener('keydown', onKeyDown, true);
      // Whoever was on the button goes on in the list.
      if (document.activeElement !== document.body) return;
      document.querySelector<HTMLElement>('[role="row"][tabindex="0"]')?.focus();
    };
  }, [isOffered]);

  const keys = platform === 'mac' ? '⌘Z' : 'Ctrl+Z';
  return (
    <div class="undo-toast">
      <p class="sr-only" role="status">
        {link && <span key={link.id}>{say('linkClosedAloud', { keys })}</span>}
      </p>
      {link && (
        <div class="undo-bar" key={link.id}>
          <span aria-hidden="true">{say('linkClosed')}</span>
          <span class="undo-title" aria-hidden="true">
            {link.title}
          </span>
          <button
            type="button"
            class="undo-button"
            aria-label={`${say('undo')}: ${link.title}`}
            aria-keyshortcuts={platform === 'mac' ? 'Meta+Z' : 'Control+Z'}
            title={keys}
            onClick={() => onUndo(link.id)}
          >
            {say('undo')}
          </button>
        </div>
      )}
    </div>
  );
}

function isUndoKey(event: KeyboardEvent): boolean {
  const { key, ctrlKey, metaKey, altKey, shiftKey, target } = event;
  if (key.toLowerCase() !== 'z' || !(ctrlKey || metaKey) || altKey || shiftKey) return false;
  return !(target instanceof HTMLInputElement && target.value !== '');
}
