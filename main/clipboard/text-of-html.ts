const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
]);

/** Elements whose content is no text. */
const HIDDEN: ReadonlySet<string> = new Set(['script', 'style', 'head', 'title']);

/** Elements that begin and end a line. */
const BLOCKS: ReadonlySet<string> = new Set(
  'br p div li tr h1 h2 h3 h4 h5 h6 ul ol table pre blockquote section article'.split(' '),
);

/** How much of the HTML is read, in UTF-16 units. */
export const MAX_HTML_CHARS = 256 * 1024;

/**
 * The words of a piece of HTML, for the few programs that copy HTML without its text. Reads the
 * first 256 Ki units once, from start to end.
 * Only for reading: the answer is text, and must be escaped like any other.
 */
export function textOfHtml(whole: string): string {
  const html = whole.slice(0, MAX_HTML_CHARS);
  const parts: string[] = [];
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    const end = open < 0 ? html.length : open;
    if (end > at) parts.push(html.slice(at, end).replace(/\s+/g, ' '));
    if (open < 0) break;
    const markup = markupAt(html, open);
    // A `<` that nothing closes is text, and so is all that follows.
    if (markup === undefined) {
      parts.push(html.slice(open).replace(/\s+/g, ' '));
      break;
    }
    if (markup.isBlock && parts.at(-1) !== '\n') parts.push('\n');
    at = markup.end;
  }
  return parts
    .join('')
    .replace(/&(#x?[\da-f]{1,6}|\w{2,6});/gi, (entity, name: string) => characterOf(name) ?? entity)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

/** The sticky flag matches at one position without slicing the text. */
const TAG_NAME = /<(\/?)([a-z][a-z\d]{0,20})(?![a-z\d])/iy;

interface Markup {
  readonly end: number;
  readonly isBlock: boolean;
}

/** The comment, tag or hidden element that begins here; `undefined` when nothing closes it. */
function markupAt(html: string, open: number): Markup | undefined {
  if (html.startsWith('<!--', open)) {
    const close = html.indexOf('-->', open + 4);
    return { end: close < 0 ? html.length : close + 3, isBlock: false };
  }
  const close = html.indexOf('>', open);
  if (close < 0) return undefined;
  TAG_NAME.lastIndex = open;
  const [, slash = '', name = ''] = TAG_NAME.exec(html) ?? [];
  const tag = name.toLowerCase();
  if (slash === '' && HIDDEN.has(tag)) {
    return { end: endOfElement(html, tag, close + 1), isBlock: false };
  }
  return { end: close + 1, isBlock: BLOCKS.has(tag) };
}

/** After the end tag of an element, or at the end of the text where it has none. */
function endOfElement(html: string, tag: string, from: number): number {
  const endTag = new RegExp(`</${tag}\\s{0,10}>`, 'gi');
  endTag.lastIndex = from;
  return endTag.test(html) ? endTag.lastIndex : html.length;
}

function characterOf(name: string): string | undefined {
  if (!name.startsWith('#')) return ENTITIES.get(name.toLowerCase());
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return Number.isInteger(code) && code > 0 && code <= 0x10ffff
    ? String.fromCodePoint(code)
    : undefined;
}
