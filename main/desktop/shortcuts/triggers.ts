/** The modifiers of an accelerator, each once, and the X keysym name of its key. */
interface Chord {
  readonly modifiers: readonly Modifier[];
  readonly keysym: string;
}

/** In the order in which desktops write them. */
const MODIFIERS = ['control', 'alt', 'shift', 'super'] as const;
type Modifier = (typeof MODIFIERS)[number];

/** Spellings of modifiers on Linux: by Electron, GTK, Qt and the shortcuts specification; in lower case. */
const MODIFIER_NAMES: ReadonlyMap<string, Modifier> = new Map([
  ['control', 'control'],
  ['ctrl', 'control'],
  ['commandorcontrol', 'control'],
  ['cmdorctrl', 'control'],
  ['primary', 'control'],
  ['alt', 'alt'],
  ['option', 'alt'],
  ['shift', 'shift'],
  ['super', 'super'],
  ['meta', 'super'],
  ['command', 'super'],
  ['cmd', 'super'],
  ['logo', 'super'],
]);

/** Keysym names (xkbcommon-keysyms.h) of keys that Electron names otherwise, in lower case. */
const KEYSYMS: ReadonlyMap<string, string> = new Map([
  ['plus', 'plus'],
  ['space', 'space'],
  ['tab', 'Tab'],
  ['backspace', 'BackSpace'],
  ['delete', 'Delete'],
  ['insert', 'Insert'],
  ['return', 'Return'],
  ['enter', 'Return'],
  ['up', 'Up'],
  ['down', 'Down'],
  ['left', 'Left'],
  ['right', 'Right'],
  ['home', 'Home'],
  ['end', 'End'],
  ['pageup', 'Page_Up'],
  ['pagedown', 'Page_Down'],
  ['escape', 'Escape'],
  ['esc', 'Escape'],
  ['printscreen', 'Print'],
  ['volumeup', 'XF86AudioRaiseVolume'],
  ['volumedown', 'XF86AudioLowerVolume'],
  ['volumemute', 'XF86AudioMute'],
  ['medianexttrack', 'XF86AudioNext'],
  ['mediaprevioustrack', 'XF86AudioPrev'],
  ['mediastop', 'XF86AudioStop'],
  ['mediaplaypause', 'XF86AudioPlay'],
  ['numdec', 'KP_Decimal'],
  ['numadd', 'KP_Add'],
  ['numsub', 'KP_Subtract'],
  ['nummult', 'KP_Multiply'],
  ['numdiv', 'KP_Divide'],
  ...[...Array(10).keys()].map((digit) => [`num${digit}`, `KP_${digit}`] as const),
  ...[...Array(24).keys()].map((at) => [`f${at + 1}`, `F${at + 1}`] as const),
]);

/** Keysym names of printable ASCII from `!` on, without letters and digits. */
const PUNCTUATION: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '!': 'exclam',
    '"': 'quotedbl',
    '#': 'numbersign',
    $: 'dollar',
    '%': 'percent',
    '&': 'ampersand',
    "'": 'apostrophe',
    '(': 'parenleft',
    ')': 'parenright',
    '*': 'asterisk',
    '+': 'plus',
    ',': 'comma',
    '-': 'minus',
    '.': 'period',
    '/': 'slash',
    ':': 'colon',
    ';': 'semicolon',
    '<': 'less',
    '=': 'equal',
    '>': 'greater',
    '?': 'question',
    '@': 'at',
    '[': 'bracketleft',
    '\\': 'backslash',
    ']': 'bracketright',
    '^': 'asciicircum',
    _: 'underscore',
    '`': 'grave',
    '{': 'braceleft',
    '|': 'bar',
    '}': 'braceright',
    '~': 'asciitilde',
  }),
);

/** All of these, as desktops name keys that they assigned; by their name in lower case. */
const KNOWN_KEYSYMS: ReadonlyMap<string, string> = new Map(
  [...KEYSYMS.values(), ...PUNCTUATION.values()].map((keysym) => [keysym.toLowerCase(), keysym]),
);

/** The trigger of an accelerator for the portal (freedesktop.org's shortcuts specification). */
export function portalTrigger(accelerator: string): string | undefined {
  return print(accelerator, { super: 'LOGO', control: 'CTRL', alt: 'ALT', shift: 'SHIFT' });
}

/** The same as sway's `bindsym` takes it (sway(5)). */
export function swayKeys(accelerator: string): string | undefined {
  return print(accelerator, { super: 'Mod4', control: 'Ctrl', alt: 'Alt', shift: 'Shift' });
}

/** The same as GTK parses it (gtk_accelerator_parse), which GNOME's keyboard settings store. */
export function gtkAccelerator(accelerator: string): string | undefined {
  const chord = chordOf(accelerator.split('+'));
  if (chord === undefined) return undefined;
  const names = { super: 'Super', control: 'Control', alt: 'Alt', shift: 'Shift' };
  return [...chord.modifiers.map((modifier) => `<${names[modifier]}>`), chord.keysym].join('');
}

function print(accelerator: string, names: Readonly<Record<Modifier, string>>): string | undefined {
  const chord = chordOf(accelerator.split('+'));
  if (chord === undefined) return undefined;
  return [...chord.modifiers.map((modifier) => names[modifier]), chord.keysym].join('+');
}

/**
 * Whether what a desktop calls the keys it assigned are those of the accelerator. Known forms are
 * `Ctrl+Alt+K` (KDE) and `<Control><Alt>k` (GNOME), with words of any language before.
 */
export function describesKeys(description: string, accelerator: string): boolean {
  const described = describedChord(description);
  const wanted = chordOf(accelerator.split('+'));
  return described !== undefined && JSON.stringify(described) === JSON.stringify(wanted);
}

/** The keys that a desktop describes, as people write them; in its own words in any other form. */
export function readableKeys(description: string): string {
  const chord = describedChord(description);
  if (chord === undefined) return description;
  const names = { super: 'Super', control: 'Ctrl', alt: 'Alt', shift: 'Shift' };
  const key = /^[a-z]$/.test(chord.keysym) ? chord.keysym.toUpperCase() : chord.keysym;
  return [...chord.modifiers.map((modifier) => names[modifier]), key.replaceAll('_', ' ')].join(
    '+',
  );
}

function describedChord(description: string): Chord | undefined {
  const [, keys = ''] = /(?:^|\s)(\S+)\s*$/.exec(description) ?? [];
  const parts = keys.startsWith('<')
    ? keys.split(/[<>]+/).filter((part) => part !== '')
    : keys.split('+');
  // A single word may be anything.
  return parts.length < 2 ? undefined : chordOf(parts);
}

function chordOf(parts: readonly string[]): Chord | undefined {
  const keysym = keysymOf(parts.at(-1) ?? '');
  const found = parts.slice(0, -1).map((part) => MODIFIER_NAMES.get(part.toLowerCase()));
  if (keysym === undefined || found.includes(undefined)) return undefined;
  return { modifiers: MODIFIERS.filter((modifier) => found.includes(modifier)), keysym };
}

function keysymOf(key: string): string | undefined {
  if (/^[a-z\d]$/i.test(key)) return key.toLowerCase();
  return (
    KEYSYMS.get(key.toLowerCase()) ?? PUNCTUATION.get(key) ?? KNOWN_KEYSYMS.get(key.toLowerCase())
  );
}
