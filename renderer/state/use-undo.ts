import { useEffect, useRef, useState } from 'preact/hooks';
import type { UndoView } from '../../preload/contract.ts';

export interface UndoOffer {
  /** The last action, while it can be undone. */
  readonly undo: UndoView | null;
  readonly onUndo: (undo: UndoView) => void;
  /** The keys were pressed with nothing to undo. */
  readonly onNothing: () => void;
}

export interface UndoControl {
  /** Undo was asked for, and waits for a second press: its service can't restore the link. */
  readonly isAsked: boolean;
  press(): void;
  cancel(): void;
}

/**
 * Undoes the last action by a button or by Ctrl+Z wherever the focus is, except in a text field that
 * was typed into, whose own undo that is.
 */
export function useUndo({ undo, onUndo, onNothing }: UndoOffer): UndoControl {
  const [asking, setAsking] = useState<string | null>(null);
  const isAsked = undo?.isFinal === true && asking === undo.linkId;
  const press = (): void => {
    if (undo === null) onNothing();
    else if (undo.isFinal && !isAsked) setAsking(undo.linkId);
    else {
      setAsking(null);
      onUndo(undo);
    }
  };
  const latest = useRef(press);
  latest.current = press;

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (!isUndoKey(event)) return;
      event.preventDefault();
      event.stopPropagation();
      // Keys that are held down undo one action, not the one before it, too.
      if (!event.repeat) latest.current();
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

  return { isAsked, press, cancel: () => setAsking(null) };
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
