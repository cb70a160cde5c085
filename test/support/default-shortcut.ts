import { DEFAULT_ACCELERATOR } from '../../main/settings/default-accelerator.ts';

/** The app's own shortcut as xdotool presses it: `ctrl+alt+shift+k`. */
export const SHORTCUT = xdotoolKeys(DEFAULT_ACCELERATOR);

/** The same as a person reads it on this machine: `Ctrl+Alt+Shift+K`. */
export const SHORTCUT_WORDS = DEFAULT_ACCELERATOR.replace('CommandOrControl', 'Ctrl');

/** An accelerator of letters as xdotool presses it. */
export function xdotoolKeys(accelerator: string): string {
  return accelerator.replace('CommandOrControl', 'ctrl').toLowerCase();
}

const MODIFIER_KEYSYMS: Readonly<Record<string, number>> = {
  ctrl: 0xffe3,
  shift: 0xffe1,
  alt: 0xffe9,
};

/** X keysyms of the shortcut, in the order in which they are pressed; a letter's is its code. */
export const SHORTCUT_KEYSYMS: readonly number[] = SHORTCUT.split('+').map(
  (key) => MODIFIER_KEYSYMS[key] ?? key.charCodeAt(0),
);
