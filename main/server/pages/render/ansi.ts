import { escapeHtml, SafeHtml } from '../markup/html.ts';
import { styleRules, type TextStyle } from './ansi-style.ts';

/** More looks than this in one page are shown without colors: nobody's log has them. */
const MAX_STYLES = 500;

/** After this many, sequences that are new are not read any more: each costs time. */
const MAX_SEQUENCES = 20_000;

/** Of one sequence; terminals take 16 or 32. */
const MAX_PARAMETERS = 64;

export interface TerminalText {
  /** Lines of safe HTML: spans with the classes of `styles`. */
  readonly lines: readonly SafeHtml[];
  /** Style rules for this text alone, of our own words and numbers. */
  readonly styles: string;
}

/** Whether a text has escape sequences, as programs write them to terminals. */
export function hasEscapes(text: string): boolean {
  return text.includes('\x1b') || text.includes('\u009b');
}

/** A text without its escape sequences (ECMA-48, 5.4 and 5.6). */
export function withoutEscapes(text: string): string {
  if (!hasEscapes(text)) return text;
  let plain = '';
  eachPiece(text, {
    text(piece) {
      plain += piece;
    },
    style() {},
  });
  return plain;
}

/** A style that a text has, and where sequences lead from it. */
interface StyleInUse {
  readonly style: TextStyle;
  /** The start of its span; empty for what is as usual. */
  readonly open: string;
  readonly after: Map<string, StyleInUse>;
}

/** Shows the colors and styles of a terminal (ECMA-48, 8.3.117: SGR); other sequences go. */
export function terminalText(text: string): TerminalText {
  const plain: StyleInUse = { style: {}, open: '', after: new Map() };
  const known = new Map<string, StyleInUse>([['{}', plain]]);
  const classes: { readonly name: string; readonly style: TextStyle }[] = [];
  const inUse = (style: TextStyle): StyleInUse => {
    const key = JSON.stringify(style);
    const before = known.get(key);
    if (before !== undefined) return before;
    const name = `t${classes.length}`;
    classes.push({ name, style });
    const made = { style, open: `<span class="${name}">`, after: new Map<string, StyleInUse>() };
    known.set(key, made);
    return made;
  };
  const lines: SafeHtml[] = [];
  let line = '';
  let sequences = 0;
  let now = plain;
  let pending = '';
  const flush = (): void => {
    if (pending === '') return;
    const escaped = SPECIAL.test(pending) ? escapeHtml(pending) : pending;
    line += now.open === '' ? escaped : `${now.open}${escaped}</span>`;
    pending = '';
  };
  eachPiece(text, {
    style(parameters) {
      sequences++;
      const isEnough = sequences > MAX_SEQUENCES || classes.length >= MAX_STYLES;
      let next = now.after.get(parameters);
      if (next === undefined) {
        next = isEnough ? plain : inUse(changed(now.style, parameters));
        now.after.set(parameters, next);
      }
      if (next === now) return;
      flush();
      now = next;
    },
    text(piece) {
      let start = 0;
      for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', start)) {
        pending += piece.slice(start, end);
        flush();
        lines.push(new SafeHtml(line));
        line = '';
        start = end + 1;
      }
      pending += start === 0 ? piece : piece.slice(start);
    },
  });
  flush();
  lines.push(new SafeHtml(line));
  return { lines, styles: styleRules(classes) };
}

const SPECIAL = /[&<>"']/;

interface Pieces {
  text(piece: string): void;
  /** The parameters of an SGR sequence. */
  style(parameters: string): void;
}

const ESCAPE = 0x1b;
const CSI = 0x9b;

/** Tab, line ends and backspace are text; so is all that is no control character. */
const isText = (code: number): boolean =>
  (code >= 32 && code !== CSI) || (code >= 8 && code <= 10) || code === 13;

/** Text and SGR sequences, in order. One pass: each character is looked at a bounded number of times. */
function eachPiece(text: string, to: Pieces): void {
  let at = 0;
  while (at < text.length) {
    const start = at;
    while (at < text.length && isText(text.charCodeAt(at))) at++;
    if (at > start) to.text(text.slice(start, at));
    if (at === text.length) return;
    const code = text.charCodeAt(at);
    const next = code === ESCAPE ? text[at + 1] : undefined;
    if (code === CSI || next === '[') {
      const from = code === CSI ? at + 1 : at + 2;
      at = endOfControlSequence(text, from);
      if (text[at - 1] === 'm') to.style(text.slice(from, at - 1));
    } else if (next !== undefined && ']PX^_'.includes(next)) {
      at = endOfString(text, at + 2);
    } else if (code === ESCAPE) {
      at = endOfEscape(text, at + 1);
    } else {
      at++;
    }
  }
}

const isBetween = (code: number, low: number, high: number): boolean => code >= low && code <= high;

/** Parameters, intermediate bytes and the final byte; what does not fit is text again. */
function endOfControlSequence(text: string, from: number): number {
  let at = from;
  while (isBetween(text.charCodeAt(at), 0x30, 0x3f)) at++;
  while (isBetween(text.charCodeAt(at), 0x20, 0x2f)) at++;
  return isBetween(text.charCodeAt(at), 0x40, 0x7e) ? at + 1 : at;
}

/** A title, a hyperlink or another string: up to BEL or ST, and within its line. */
function endOfString(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) return at;
    if (code === 7 || code === 0x9c) return at + 1;
    if (code === ESCAPE) return text[at + 1] === '\\' ? at + 2 : at;
  }
  return at;
}

function endOfEscape(text: string, from: number): number {
  let at = from;
  while (isBetween(text.charCodeAt(at), 0x20, 0x2f)) at++;
  return isBetween(text.charCodeAt(at), 0x30, 0x7e) ? at + 1 : at;
}

/** The style after an SGR sequence. */
function changed(before: TextStyle, parameters: string): TextStyle {
  // Private ones, such as `>4;1m`, are no SGR.
  if (/[<=>?]/.test(parameters)) return before;
  const codes = parameters.split(';', MAX_PARAMETERS);
  let style = before;
  for (let at = 0; at < codes.length; at++) {
    const [code = 0, ...sub] = (codes[at] ?? '').split(':').map(Number);
    if (code === 38 || code === 48) {
      const rest = sub.length > 0 ? sub : codes.slice(at + 1, at + 5).map(Number);
      const color = colorOf(rest, sub.length > 0);
      if (color !== undefined) style = { ...style, [code === 38 ? 'fg' : 'bg']: color };
      if (sub.length === 0) at += rest[0] === 5 ? 2 : rest[0] === 2 ? 4 : 1;
    } else {
      style = withCode(style, code, sub[0]);
    }
  }
  return style;
}

/** `5;N` of the palette or `2;R;G;B`; with colons there may be an empty color space before R. */
function colorOf(
  [kind, ...values]: readonly number[],
  colons: boolean,
): TextStyle['fg'] | undefined {
  const bytes = colons && kind === 2 && values.length > 3 ? values.slice(1, 4) : values;
  const isByte = (value: number | undefined): value is number =>
    value !== undefined && Number.isInteger(value) && value >= 0 && value <= 255;
  const [first, second, third] = bytes;
  if (kind === 5) return isByte(first) ? first : undefined;
  if (kind !== 2 || !isByte(first) || !isByte(second) || !isByte(third)) return undefined;
  return [first, second, third];
}

function withCode(style: TextStyle, code: number, sub: number | undefined): TextStyle {
  const without = (...names: readonly (keyof TextStyle)[]): TextStyle =>
    Object.fromEntries(
      Object.entries(style).filter(([name]) => !names.includes(name as keyof TextStyle)),
    );
  if (isBetween(code, 30, 37)) return { ...style, fg: code - 30 };
  if (isBetween(code, 90, 97)) return { ...style, fg: code - 90 + 8 };
  if (isBetween(code, 40, 47)) return { ...style, bg: code - 40 };
  if (isBetween(code, 100, 107)) return { ...style, bg: code - 100 + 8 };
  switch (code) {
    case 0:
      return {};
    case 1:
      return { ...style, bold: true };
    case 2:
      return { ...style, dim: true };
    case 3:
      return { ...style, italic: true };
    case 4:
      return sub === 0 ? without('underline') : { ...style, underline: true };
    case 7:
      return { ...style, inverse: true };
    case 8:
      return { ...style, hidden: true };
    case 9:
      return { ...style, strike: true };
    case 21:
      return { ...style, underline: true };
    case 22:
      return without('bold', 'dim');
    case 23:
      return without('italic');
    case 24:
      return without('underline');
    case 27:
      return without('inverse');
    case 28:
      return without('hidden');
    case 29:
      return without('strike');
    case 39:
      return without('fg');
    case 49:
      return without('bg');
    case 53:
      return { ...style, overline: true };
    case 55:
      return without('overline');
    default:
      return style;
  }
}
