import { useEffect, useRef, useState } from 'preact/hooks';
import type { UndoView } from '../../preload/contract.ts';
import type { Messages } from '../i18n/messages.ts';
import { useMessages } from '../i18n/use-messages.ts';
import type { Platform } from '../view/platform.ts';

interface UndoToastProps {
  /** The last action, while it can be undone. */
  readonly undo: UndoView | null;
  readonly platform: Platform;
  readonly onUndo: (undo: UndoView) => void;
  /** The keys were pressed with nothing to undo. */
  readonly onNothing: () => void;
}

/** The last action, as it is shown and as a screen reader reads it. */
function wordsOf(undo: UndoView, keys: string, { t, join }: Messages): readonly [string, string] {
  const { action, isCopied, opens } = undo;
  switch (action) {
    case 'share':
      return isCopied
        ? [t('linkCopied'), t('linkCopiedAnnouncement', { keys })]
        : [t('linkCreated'), t('linkCreatedAnnouncement', { keys })];
    case 'revoke':
      return [t('linkRevoked'), t('linkRevokedAnnouncement', { keys })];
    case 'undo-share': {
      if (opens === undefined) return [t('shareUndone'), t('shareUndoneAnnouncement', { keys })];
      const undone =
        opens === 0 ? t('shareUndoneUnseen') : t('shareUndoneOpened', { count: opens });
      return [undone, join(undone, t('restoreWithKeys', { keys }))];
    }
  }
}

/**
 * Names the last action and offers to undo it: by its button, or by Ctrl+Z wherever the focus is,
 * except in a text field, whose own undo that is. Asks first where the service could not restore
 * the link afterwards.
 */
export function UndoToast({ undo, platform, onUndo, onNothing }: UndoToastProps) {
  const messages = useMessages();
  const { t } = messages;
  const [asking, setAsking] = useState<string | null>(null);
  const isAsked = undo?.isFinal === true && asking === undo.linkId;
  const press = useRef(() => {});
  press.current = () => {
    if (undo === null) onNothing();
    else if (undo.isFinal && !isAsked) setAsking(undo.linkId);
    else {
      setAsking(null);
      onUndo(undo);
    }
  };

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (!isUndoKey(event)) return;
      event.preventDefault();
      event.stopPropagation();
      // Keys that are held down undo one action, not the one before it, too.
      if (!event.repeat) press.current();
    };
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, []);

  useEffect(() => {
    if (undo === null) return;
    return () => {
      // The focus was on the button that is gone: it continues in the list.
      if (document.activeElement !== document.body) return;
      document.querySelector<HTMLElement>('[role="row"][tabindex="0"]')?.focus();
    };
  }, [undo?.linkId]);

  const keys = platform === 'mac' ? '⌘Z' : 'Ctrl+Z';
  const [shown, aloud] = undo === null ? ['', ''] : wordsOf(undo, keys, messages);
  return (
    <div class="undo-toast">
      <p class="sr-only" role="status">
        {undo && (
          <span key={`${undo.action} ${undo.linkId}`}>{isAsked ? t('undoForGood') : aloud}</span>
        )}
      </p>
      {undo && (
        <div class="undo-bar" key={`${undo.action} ${undo.linkId}`}>
          <span aria-hidden="true">{isAsked ? t('undoForGood') : shown}</span>
          <span class="undo-title" aria-hidden="true">
            {undo.title}
          </span>
          <button
            type="button"
            class="undo-button"
            aria-label={`${t(isAsked ? 'revokeNow' : 'undo')}: ${undo.title}`}
            aria-keyshortcuts={platform === 'mac' ? 'Meta+Z' : 'Control+Z'}
            title={keys}
            onClick={() => press.current()}
          >
            {t(isAsked ? 'revokeNow' : 'undo')}
          </button>
          {isAsked && (
            <button type="button" class="undo-button" onClick={() => setAsking(null)}>
              {t('keepLink')}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

const NO_TEXT_FIELD = new Set(['checkbox', 'radio', 'button', 'range']);

function isUndoKey(event: KeyboardEvent): boolean {
  const { key, ctrlKey, metaKey, altKey, shiftKey, target } = event;
  if (key.toLowerCase() !== 'z' || !(ctrlKey || metaKey) || altKey || shiftKey) return false;
  if (target instanceof HTMLInputElement) {
    return NO_TEXT_FIELD.has(target.type) || target.dataset.typed === 'false';
  }
  return !(target instanceof HTMLTextAreaElement);
}
