/**
 * String lists in GVariant's text format (GLib, "GVariant Text Format"), as `gsettings` prints and
 * takes them.
 */

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

/** A string in quotes, or what stands between strings. */
const TOKEN = /\s*('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[[\],])/sy;

/**
 * Reads a list such as `['a', "it's"]` or, if empty, `@as []`.
 * @returns `undefined` for anything else
 */
export function parseStringList(text: string): readonly string[] | undefined {
  const body = text.trim().replace(/^@as\s*/, '');
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let token = TOKEN.exec(body); token !== null; token = TOKEN.exec(body)) {
    tokens.push(token[1] ?? '');
    if (TOKEN.lastIndex === body.length) return listOf(tokens);
  }
  return undefined;
}

/** Strings and commas take turns between the brackets. */
function listOf(tokens: readonly string[]): readonly string[] | undefined {
  const inner = tokens.slice(1, -1);
  if (tokens.length < 2 || tokens[0] !== '[' || tokens.at(-1) !== ']') return undefined;
  if (inner.length > 0 && inner.length % 2 === 0) return undefined;
  const isList = inner.every((token, at) => (at % 2 === 0 ? /^['"]/.test(token) : token === ','));
  if (!isList) return undefined;
  return inner.filter((_, at) => at % 2 === 0).map(unquoted);
}

export function printStringList(list: readonly string[]): string {
  return list.length === 0 ? '@as []' : `[${list.map(printString).join(', ')}]`;
}

export function printString(text: string): string {
  const escaped = text
    .replace(/['\\]/g, '\\$&')
    .replace(/\p{Cc}/gu, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `'${escaped}'`;
}

function unquoted(token: string): string {
  return token
    .slice(1, -1)
    .replace(/\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8})|(.))/gs, (whole, short, long, char) => {
      const code = Number.parseInt(short ?? long ?? '', 16);
      if (Number.isNaN(code)) return ESCAPES.get(char) ?? char;
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    });
}
