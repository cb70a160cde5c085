// How keys are written for people, here once for the window and for the main process's messages.

import type { keys } from '../assets/locales/en/keys.ts';

export type Keyboard = 'mac' | 'windows' | 'linux';

/** Keys whose names differ from language to language. */
export type KeyName = keyof typeof keys;

/** The name of a key in the user's language. */
export type NameOfKey = (key: KeyName) => string;

/** What Apple's keyboards print, in all languages; by Electron's names, in lower case. */
const MAC: Readonly<Record<string, string>> = {
  commandorcontrol: '⌘',
  cmdorctrl: '⌘',
  command: '⌘',
  cmd: '⌘',
  super: '⌘',
  meta: '⌘',
  control: '⌃',
  ctrl: '⌃',
  alt: '⌥',
  option: '⌥',
  shift: '⇧',
  return: '↩',
  enter: '↩',
  backspace: '⌫',
};

const TRANSLATED: Readonly<Record<string, KeyName>> = {
  commandorcontrol: 'keyCtrl',
  cmdorctrl: 'keyCtrl',
  control: 'keyCtrl',
  ctrl: 'keyCtrl',
  shift: 'keyShift',
  return: 'keyEnter',
  enter: 'keyEnter',
  space: 'keySpace',
  backspace: 'keyBackspace',
  delete: 'keyDelete',
  insert: 'keyInsert',
  home: 'keyHome',
  end: 'keyEnd',
  pageup: 'keyPageUp',
  pagedown: 'keyPageDown',
  printscreen: 'keyPrintScreen',
};

const EVERYWHERE: Readonly<Record<string, string>> = {
  option: 'Alt',
  escape: 'Esc',
  esc: 'Esc',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  plus: '+',
  volumeup: 'Volume Up',
  volumedown: 'Volume Down',
  volumemute: 'Mute',
  medianexttrack: 'Next Track',
  mediaprevioustrack: 'Previous Track',
  mediastop: 'Stop',
  mediaplaypause: 'Play/Pause',
  numdec: 'Num .',
  numadd: 'Num +',
  numsub: 'Num −',
  nummult: 'Num *',
  numdiv: 'Num /',
};

/** The order of Apple's menus (Human Interface Guidelines, Keyboards). */
const MAC_ORDER = ['⌃', '⌥', '⇧', '⌘'];

/** The key caps of an accelerator, as keyboards of this platform and language print them. */
export function keyCaps(
  accelerator: string,
  keyboard: Keyboard,
  nameOf: NameOfKey,
): readonly string[] {
  const caps = accelerator.split('+').map((part) => capOf(part, keyboard, nameOf));
  if (keyboard !== 'mac') return caps;
  const place = (cap: string): number => {
    const at = MAC_ORDER.indexOf(cap);
    return at < 0 ? MAC_ORDER.length : at;
  };
  return caps.toSorted((one, other) => place(one) - place(other));
}

function capOf(part: string, keyboard: Keyboard, nameOf: NameOfKey): string {
  const name = part.toLowerCase();
  if (keyboard === 'mac' && Object.hasOwn(MAC, name)) return MAC[name] ?? part;
  const translated = Object.hasOwn(TRANSLATED, name) ? TRANSLATED[name] : undefined;
  if (translated !== undefined) return nameOf(translated);
  if (Object.hasOwn(EVERYWHERE, name)) return EVERYWHERE[name] ?? part;
  if (/^(?:super|meta|command|cmd)$/.test(name)) return keyboard === 'windows' ? 'Win' : 'Super';
  if (/^num\d$/.test(name)) return `Num ${name.slice(3)}`;
  return /^[a-z]/.test(part) ? part.charAt(0).toUpperCase() + part.slice(1) : part;
}

/** The same in one line, for sentences and screen readers. */
export function spokenAccelerator(
  accelerator: string,
  keyboard: Keyboard,
  nameOf: NameOfKey,
): string {
  return keyCaps(accelerator, keyboard, nameOf).join(keyboard === 'mac' ? '' : '+');
}
