/** What a keyboard event says, as far as the list cares. */
export interface ListKey {
  readonly key: string;
  /** The key by its place, whatever the layout. */
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

export type Step = 'next' | 'previous' | 'first' | 'last' | 'page-down' | 'page-up';

export type ListIntent =
  | { readonly kind: 'move'; readonly step: Step; readonly extend: boolean }
  /** What a click on the row does. */
  | { readonly kind: 'activate' }
  | { readonly kind: 'copy' }
  | { readonly kind: 'open' }
  /** Shows the options of the entry. */
  | { readonly kind: 'options' }
  | { readonly kind: 'revoke' }
  | { readonly kind: 'toggle' }
  | { readonly kind: 'select-all' }
  /** Opens the row and leads into it; the other way, out of it, and closes it. */
  | { readonly kind: 'into-row' }
  | { readonly kind: 'out-of-row' }
  /** Goes to the search box; a typed character goes with the focus by itself. */
  | { readonly kind: 'search'; readonly swallow: boolean };

const STEPS: ReadonlyMap<string, Step> = new Map([
  ['ArrowDown', 'next'],
  ['ArrowUp', 'previous'],
  ['Home', 'first'],
  ['End', 'last'],
  ['PageDown', 'page-down'],
  ['PageUp', 'page-up'],
]);

/** What a key means while a row of the list has the focus; null: not ours. */
export function listIntent(pressed: ListKey): ListIntent | null {
  const { key } = pressed;
  if (isOptionsKey(pressed)) return { kind: 'options' };
  if (pressed.altKey) return null;
  if (pressed.ctrlKey || pressed.metaKey) return commandIntent(key.toLowerCase());
  const step = STEPS.get(key);
  if (step) return { kind: 'move', step, extend: pressed.shiftKey };
  switch (key) {
    case 'Enter':
      return { kind: 'activate' };
    case 'Delete':
    case 'Backspace':
      return { kind: 'revoke' };
    case ' ':
      return { kind: 'toggle' };
    case 'ArrowRight':
      return { kind: 'into-row' };
    case 'ArrowLeft':
      return { kind: 'out-of-row' };
    case '/':
      return { kind: 'search', swallow: true };
  }
  // One character: someone types to search.
  return [...key].length === 1 ? { kind: 'search', swallow: false } : null;
}

/** Alt+Enter, which shows properties in file managers: the options of a link. */
export function isOptionsKey(pressed: Omit<ListKey, 'code'>): boolean {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = pressed;
  return key === 'Enter' && altKey && !ctrlKey && !metaKey && !shiftKey;
}

function commandIntent(key: string): ListIntent | null {
  switch (key) {
    case 'c':
      return { kind: 'copy' };
    case 'enter':
      return { kind: 'open' };
    case 'a':
      return { kind: 'select-all' };
    case 'f':
      return { kind: 'search', swallow: true };
    default:
      return null;
  }
}

/**
 * The row that Ctrl or Cmd and a digit mean, from 0 on; null: none. By the key's place, because
 * French keyboards have the digits on Shift.
 */
export function numberedRow({ code, ctrlKey, metaKey, altKey, shiftKey }: ListKey): number | null {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1];
  if (digit === undefined || !(ctrlKey || metaKey) || altKey || shiftKey) return null;
  return Number(digit) - 1;
}

/** The row that a step leads to; at the ends it stays. */
export function stepFrom(index: number, step: Step, count: number, pageRows: number): number {
  const last = count - 1;
  switch (step) {
    case 'next':
      return Math.min(last, index + 1);
    case 'previous':
      return Math.max(0, index - 1);
    case 'first':
      return 0;
    case 'last':
      return last;
    case 'page-down':
      return Math.min(last, index + Math.max(1, pageRows));
    case 'page-up':
      return Math.max(0, index - Math.max(1, pageRows));
  }
}
