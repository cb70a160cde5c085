/** What Electron calls the same modifier, beside its first name. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['ctrl', 'control'],
  ['cmd', 'command'],
  ['cmdorctrl', 'commandorcontrol'],
  ['option', 'alt'],
  ['meta', 'super'],
]);

const MODIFIERS: ReadonlySet<string> = new Set([
  'command',
  'control',
  'commandorcontrol',
  'alt',
  'shift',
  'super',
]);

/** Keys with a name, as Electron spells them in accelerators (docs/api/accelerator.md), in lower case. */
const NAMED_KEYS: ReadonlySet<string> = new Set(
  `plus space tab backspace delete insert return enter up down left right home end pageup pagedown
  escape esc printscreen volumeup volumedown volumemute medianexttrack mediaprevioustrack mediastop
  mediaplaypause num0 num1 num2 num3 num4 num5 num6 num7 num8 num9 numdec numadd numsub nummult
  numdiv`.split(/\s+/),
);

const FUNCTION_KEY = /^f(?:[1-9]|1\d|2[0-4])$/;

/**
 * Whether an accelerator can be a global shortcut here without taking away keys that people type or edit
 * with: known modifiers once each and one known key. Function keys may stand alone; any other key
 * needs Ctrl, Alt, Cmd or Super, and a letter more than Ctrl or Cmd (Ctrl+C would no longer copy).
 * Keys that lock (Caps Lock) are none, and neither is AltGr: it types, and ends Electron on Linux.
 */
export function isUsableAccelerator(accelerator: string, platform: NodeJS.Platform): boolean {
  const parts = partsOf(accelerator, platform);
  const key = parts.at(-1) ?? '';
  const modifiers = parts.slice(0, -1);
  if (new Set(modifiers).size < modifiers.length) return false;
  if (!modifiers.every((modifier) => MODIFIERS.has(modifier))) return false;
  if (!isKey(key) || (platform === 'linux' && !isDeliveredByX11(key, modifiers))) return false;
  if (FUNCTION_KEY.test(key)) return true;
  const main = platform === 'darwin' ? 'command' : 'control';
  if (/^[a-z]$/.test(key) && modifiers.length === 1 && modifiers[0] === main) return false;
  return modifiers.some((modifier) => modifier !== 'shift');
}

function isKey(key: string): boolean {
  return FUNCTION_KEY.test(key) || NAMED_KEYS.has(key) || /^[\x21-\x7e]$/.test(key);
}

/**
 * Whether X11 hands this to a program that has grabbed it, as pressed on Electron 33 under xkb's
 * evdev keymap. The server keeps Ctrl+Alt with F1 to F12 and with the pad's + and - (another
 * screen, another resolution). F13 to F24 are no keys there: grabbed, they are every key. Shift
 * makes Insert and the like of the pad's digits, and Print never arrives.
 */
function isDeliveredByX11(key: string, modifiers: readonly string[]): boolean {
  if (key === 'printscreen' || /^f(?:1[3-9]|2\d)$/.test(key)) return false;
  const isShifted = modifiers.includes('shift');
  if (/^num(?:\d|dec)$/.test(key)) return !isShifted;
  const isServers = FUNCTION_KEY.test(key) || key === 'numadd' || key === 'numsub';
  return !(isServers && !isShifted && modifiers.includes('control') && modifiers.includes('alt'));
}

/** Whether two accelerators are the same keys, however they are written. An empty one is no keys. */
export function sameKeys(one: string, other: string, platform: NodeJS.Platform): boolean {
  return one !== '' && canonical(one, platform) === canonical(other, platform);
}

function canonical(accelerator: string, platform: NodeJS.Platform): string {
  return partsOf(accelerator, platform).toSorted().join('+');
}

/** Its parts under one name each, in lower case, the key last. */
function partsOf(accelerator: string, platform: NodeJS.Platform): readonly string[] {
  const both = platform === 'darwin' ? 'command' : 'control';
  return accelerator
    .toLowerCase()
    .split('+')
    .map((part) => ALIASES.get(part) ?? part)
    .map((part) => (part === 'commandorcontrol' ? both : part))
    .map((part) => (part === 'command' && platform !== 'darwin' ? 'super' : part));
}
