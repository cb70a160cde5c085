import type { Platform } from './platform.ts';

/** What a keyboard event says about a pressed key. */
export interface PressedKey {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
}

export type Recorded =
  /** Only modifiers so far. */
  | { readonly kind: 'waiting'; readonly caps: readonly string[] }
  | { readonly kind: 'cancelled' }
  /** Without Ctrl, Alt or Cmd the key would be lost for typing. */
  | { readonly kind: 'needs-modifier' }
  | { readonly kind: 'unusable' }
  | { readonly kind: 'recorded'; readonly accelerator: string };

const MODIFIER_KEYS = new Set(['Control', 'Alt', 'Shift', 'Meta', 'AltGraph', 'OS']);

/** Keys by their place, as Electron names them in accelerators (docs/api/accelerator.md). */
const KEYS_BY_CODE: ReadonlyMap<string, string> = new Map([
  ['ArrowUp', 'Up'],
  ['ArrowDown', 'Down'],
  ['ArrowLeft', 'Left'],
  ['ArrowRight', 'Right'],
  ['Enter', 'Return'],
  ['Space', 'Space'],
  ['Tab', 'Tab'],
  ['Backspace', 'Backspace'],
  ['Delete', 'Delete'],
  ['Insert', 'Insert'],
  ['Home', 'Home'],
  ['End', 'End'],
  ['PageUp', 'PageUp'],
  ['PageDown', 'PageDown'],
  ['PrintScreen', 'PrintScreen'],
]);

const PUNCTUATION = /^[,./;'[\]\\`\-=]$/;

/** Turns a pressed key into an Electron accelerator, or says why it cannot be one. */
export function recordKey(pressed: PressedKey, platform: Platform): Recorded {
  const modifiers = modifiersOf(pressed, platform);
  if (MODIFIER_KEYS.has(pressed.key)) return { kind: 'waiting', caps: modifiers };
  if (pressed.key === 'Escape' && modifiers.length === 0) return { kind: 'cancelled' };
  const key = keyName(pressed);
  if (key === null) return { kind: 'unusable' };
  const strong = modifiers.some((modifier) => modifier !== 'Shift');
  // A letter with Ctrl or Cmd alone would no longer copy, paste or save anywhere.
  const isEditing = /^[A-Z]$/.test(key) && modifiers.join() === 'CommandOrControl';
  if (isEditing || (!strong && !/^F\d+$/.test(key))) return { kind: 'needs-modifier' };
  return { kind: 'recorded', accelerator: [...modifiers, key].join('+') };
}

function modifiersOf(pressed: PressedKey, platform: Platform): string[] {
  const mac = platform === 'mac';
  const modifiers: string[] = [];
  if (mac ? pressed.metaKey : pressed.ctrlKey) modifiers.push('CommandOrControl');
  if (mac && pressed.ctrlKey) modifiers.push('Control');
  if (!mac && pressed.metaKey) modifiers.push('Super');
  if (pressed.altKey) modifiers.push('Alt');
  if (pressed.shiftKey) modifiers.push('Shift');
  return modifiers;
}

function keyName({ key, code }: PressedKey): string | null {
  if (/^F([1-9]|1\d|2[0-4])$/.test(key)) return key;
  if (/^[a-z]$/i.test(key)) return key.toUpperCase();
  // Shift and Option change what a key types: its place tells the digit or letter then.
  const typed = /^(?:Key([A-Z])|Digit(\d)|Numpad(\d))$/.exec(code);
  if (typed) return typed[1] ?? typed[2] ?? `num${typed[3]}`;
  if (PUNCTUATION.test(key)) return key;
  return KEYS_BY_CODE.get(code) ?? null;
}
