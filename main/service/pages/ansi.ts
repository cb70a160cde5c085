import { styleRules, type TextStyle } from './ansi-style.ts';
import { escapeHtml, SafeHtml } from './html.ts';

/** More looks than this in one page are shown without colors: nobody's log has them. */
const MAX_STYLES = 500;

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
  for (const piece of piecesOf(text)) if (piece.kind === 'text') plain += piece.text;
  return plain;
}

/** Shows the colors and styles of a terminal (ECMA-48, 8.3.117: SGR); other sequences go. */
export function terminalText(text: string): TerminalText {
  const classes = new Map<string, { readonly name: string; readonly style: TextStyle }>();
  const classOf = (style: TextStyle): string | undefined => {
    const key = JSON.stringify(style);
    if (key === '{}') return undefined;
    const known = classes.get(key);
    if (known !== undefined) return known.name;
    if (classes.size >= MAX_STYLES) return undefined;
    const name = `t${classes.size}`;
    classes.set(key, { name, style });
    return name;
  };
  const lines: SafeHtml[] = [];
  let line = '';
  let name: string | undefined;
  let style: TextStyle = {};
  for (const piece of piecesOf(text)) {
    if (piece.kind === 'style') {
      style = changed(style, piece.parameters);
      name = classOf(style);
      continue;
    }
    piece.text.split('\n').forEach((part, index) => {
      if (index > 0) {
        lines.push(new SafeHtml(line));
        line = '';
      }
      if (part === '') return;
      line +=
        name === undefined ? escapeHtml(part) : `<span class="${name}">${escapeHtml(part)}</span>`;
    });
  }
  lines.push(new SafeHtml(line));
  return { lines, styles: styleRules([...classes.values()]) };
}

type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'style'; readonly parameters: string };

const ESCAPE = 0x1b;
const CSI = 0x9b;

/** Text and SGR sequences, in order. One pass: each character is looked at a bounded number of times. */
function* piecesOf(text: string): Generator<Piece> {
  let start = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const control = code < 32 && code !== 9 && code !== 10 && code !== 13 && code !== 8;
    if (!control && code !== CSI) {
      at++;
      continue;
    }
    if (at > start) yield { kind: 'text', text: text.slice(start, at) };
    const next = code === ESCAPE ? text[at + 1] : undefined;
    if (code === CSI || next === '[') {
      const from = code === CSI ? at + 1 : at + 2;
      const end = endOfControlSequence(text, from);
      if (text[end - 1] === 'm') yield { kind: 'style', parameters: text.slice(from, end - 1) };
      at = end;
    } else if (next !== undefined && ']PX^_'.includes(next)) {
      at = endOfString(text, at + 2);
    } else if (code === ESCAPE) {
      at = endOfEscape(text, at + 1);
    } else {
      at++;
    }
    start = at;
  }
  if (at > start) yield { kind: 'text', text: text.slice(start, at) };
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
