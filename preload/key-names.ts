// How keys are written for people, here once for the window and for the main process's messages.

export type Keyboard = 'mac' | 'windows' | 'linux';

/** Names of modifiers and keys that are printed otherwise than Electron spells them, in lower case. */
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
  escape: 'Esc',
  esc: 'Esc',
};

const OTHERS: Readonly<Record<string, string>> = {
  commandorcontrol: 'Ctrl',
  cmdorctrl: 'Ctrl',
  control: 'Ctrl',
  ctrl: 'Ctrl',
  option: 'Alt',
  return: 'Enter',
  escape: 'Esc',
  esc: 'Esc',
  printscreen: 'Print Screen',
};

const EVERYWHERE: Readonly<Record<string, string>> = {
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  plus: '+',
  pageup: 'Page Up',
  pagedown: 'Page Down',
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

/** The key caps of an accelerator, as they are printed on this platform's keyboards. */
export function keyCaps(accelerator: string, keyboard: Keyboard): readonly string[] {
  const caps = accelerator.split('+').map((part) => capOf(part, keyboard));
  if (keyboard !== 'mac') return caps;
  const place = (cap: string): number => {
    const at = MAC_ORDER.indexOf(cap);
    return at < 0 ? MAC_ORDER.length : at;
  };
  return caps.toSorted((one, other) => place(one) - place(other));
}

function capOf(part: string, keyboard: Keyboard): string {
  const name = part.toLowerCase();
  const own = keyboard === 'mac' ? MAC : OTHERS;
  if (Object.hasOwn(own, name)) return own[name] ?? part;
  if (Object.hasOwn(EVERYWHERE, name)) return EVERYWHERE[name] ?? part;
  if (/^(?:super|meta|command|cmd)$/.test(name)) return keyboard === 'windows' ? 'Win' : 'Super';
  if (/^num\d$/.test(name)) return `Num ${name.slice(3)}`;
  return /^[a-z]/.test(part) ? part.charAt(0).toUpperCase() + part.slice(1) : part;
}

/** The same in one line, for sentences and screen readers. */
export function spokenAccelerator(accelerator: string, keyboard: Keyboard): string {
  return keyCaps(accelerator, keyboard).join(keyboard === 'mac' ? '' : '+');
}
