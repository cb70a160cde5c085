/**
 * Encodings that a text may be in and a reader may choose, as the WHATWG Encoding Standard calls
 * them (`TextDecoder#encoding`), with their usual spelling.
 */
export const ENCODINGS: ReadonlyMap<string, string> = new Map([
  ['utf-8', 'UTF-8'],
  ['utf-16le', 'UTF-16LE'],
  ['utf-16be', 'UTF-16BE'],
  ['gb18030', 'GB18030 (GBK)'],
  ['big5', 'Big5'],
  ['shift_jis', 'Shift_JIS'],
  ['euc-jp', 'EUC-JP'],
  ['iso-2022-jp', 'ISO-2022-JP'],
  ['euc-kr', 'EUC-KR'],
  ...[1252, 1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258, 874].map(
    (page) => [`windows-${page}`, `Windows-${page}`] as const,
  ),
  // ISO-8859-1 and -9 are Windows-1252 and -1254 in that standard, and 11 is Windows-874.
  ...[15, 2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 16].map(
    (part) => [`iso-8859-${part}`, `ISO-8859-${part}`] as const,
  ),
  ['koi8-r', 'KOI8-R'],
  ['koi8-u', 'KOI8-U'],
  ['ibm866', 'IBM866'],
  ['macintosh', 'Macintosh'],
  ['x-mac-cyrillic', 'Mac Cyrillic'],
]);

/** What the detector calls them. It knows more, which no browser can show. */
const DETECTED: ReadonlyMap<string, string> = new Map([
  ['utf-16-le', 'utf-16le'],
  ['utf-16-be', 'utf-16be'],
  ['gb18030', 'gb18030'],
  ['big5hkscs', 'big5'],
  ['big5', 'big5'],
  ['cp932', 'shift_jis'],
  ['shift_jis_2004', 'shift_jis'],
  ['euc-jis-2004', 'euc-jp'],
  ['euc-jp', 'euc-jp'],
  ['cp949', 'euc-kr'],
  ['euc-kr', 'euc-kr'],
  ...[1252, 1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258].map(
    (page) => [`windows-${page}`, `windows-${page}`] as const,
  ),
  ['cp874', 'windows-874'],
  ['tis-620', 'windows-874'],
  ...[2, 5, 6, 7, 8, 13].map((part) => [`iso-8859-${part}`, `iso-8859-${part}`] as const),
  ['koi8-r', 'koi8-r'],
  ['koi8-u', 'koi8-u'],
  ['cp866', 'ibm866'],
  ['ibm866', 'ibm866'],
]);

/** The detector looks at this much, in bytes: more would only cost time. */
export const DETECTION_BYTES = 16 * 1024;

/**
 * The encoding that a label stands for, such as `windows-1252` for `latin1` (WHATWG Encoding, 4.2).
 * @returns `undefined` for a label that is unknown, here or to this runtime
 */
export function encodingOfLabel(label: string): string | undefined {
  // None is asked for by most pages, and an exception is slow. The longest label of the standard has
  // 19 characters.
  if (label === '' || label.length > 30) return undefined;
  try {
    const { encoding } = new TextDecoder(label);
    // The one encodes no more than the other, and the menu has one of them.
    const found =
      encoding === 'gbk' ? 'gb18030' : encoding === 'iso-8859-8-i' ? 'iso-8859-8' : encoding;
    return ENCODINGS.has(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

/** Decodes bytes piece by piece; what cannot be decoded becomes U+FFFD. A byte order mark goes. */
export interface Decoder {
  decode(bytes: Uint8Array): string;
  /** The characters that are left over. */
  end(): string;
}

export function decoderOf(encoding: string): Decoder {
  const decoder = new TextDecoder(encoding);
  return {
    // Always as a stream: Node 20 decodes Windows-1252 as ISO-8859-1 otherwise (nodejs/node#56542).
    decode: (bytes) => decoder.decode(bytes, { stream: true }),
    end: () => decoder.decode(),
  };
}

/** @param encoding one of `ENCODINGS` */
export function decodeText(bytes: Uint8Array, encoding: string): string {
  const decoder = decoderOf(encoding);
  return decoder.decode(bytes) + decoder.end();
}

/**
 * The encoding of the start of a text: by its byte order mark, else UTF-8 where that fits, else
 * UTF-16 without a mark, else what a detector finds.
 * @param head the last character may be cut
 * @returns `undefined` for bytes that are no text: with a NUL, or with many control characters
 */
export async function textEncoding(head: Uint8Array): Promise<string | undefined> {
  const marked = byMark(head);
  if (marked !== undefined) return isPrintable(decodeText(head, marked)) ? marked : undefined;
  if (isUtf16Likely(head)) {
    const wide = ['utf-16le', 'utf-16be'].find((encoding) => isUtf16(head, encoding));
    if (wide !== undefined) return wide;
  }
  if (head.includes(0)) return undefined;
  const text = fatalUtf8(head);
  if (text !== undefined) {
    if (text.includes('\x1b$B') || text.includes('\x1b$@')) return 'iso-2022-jp';
    return isPrintable(text) ? 'utf-8' : undefined;
  }
  const controls = countControls(head);
  if (controls > 1 && controls * 50 > head.length) return undefined;
  return isMostlyUtf8(head) ? 'utf-8' : await detect(head);
}

function byMark(head: Uint8Array): string | undefined {
  const [first, second, third, fourth] = head;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  // With two NULs it would be UTF-32, which browsers do not decode.
  if (first === 0xff && second === 0xfe && (third !== 0 || fourth !== 0)) return 'utf-16le';
  return undefined;
}

function fatalUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}

/** Control characters that no text has; tab, line ends, backspace, form feed and escape are text. */
const isControl = (code: number): boolean =>
  code < 8 || code === 11 || (code > 13 && code < 27) || (code > 27 && code < 32) || code === 127;

function countControls(codes: Uint8Array): number {
  let count = 0;
  for (const code of codes) if (isControl(code)) count++;
  return count;
}

/** One control character may be in any text; many of them, or a NUL, are in none. */
function isPrintable(text: string): boolean {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0) return false;
    if (isControl(code)) count++;
  }
  return count < Math.max(2, text.length / 4) && (count < text.length || count === 0);
}

/** Of texts in other encodings, none has a NUL, and few have 0xFF or control characters. */
function isUtf16Likely(head: Uint8Array): boolean {
  return head.length >= 4 && (head.includes(0) || head.includes(0xff) || countControls(head) > 0);
}

const LATIN_ONLY = /^[\t\n\r\f\x20-\x7e\xa0-\xff]+$/;
/** Scripts that one text has together; digits, signs and accents are in any. */
const ONE_SCRIPT = [
  ['Latin'],
  ['Han', 'Hiragana', 'Katakana', 'Hangul', 'Bopomofo', 'Latin'],
  ...['Cyrillic', 'Greek', 'Hebrew', 'Arabic', 'Thai', 'Devanagari'].map((one) => [one, 'Latin']),
].map((scripts) => {
  const letters = scripts.map((script) => `\\p{Script=${script}}`).join('');
  return new RegExp(`^[\\s\\p{P}\\p{S}\\p{N}\\p{M}\\p{Cf}\\u30fc${letters}]{4,}$`, 'u');
});
const LETTER = /[\p{L}\p{N}]/gu;
/** Between words or clauses. */
const SEPARATOR = /[\s\u3001\u3002\uff0c\u060c]/g;

/** Without a byte order mark: letters of one script, with what stands between words, and no more. */
function isUtf16(head: Uint8Array, encoding: string): boolean {
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true });
  } catch {
    return false;
  }
  if (LATIN_ONLY.test(text)) return true;
  // A byte order mark within is none, and a text is letters rather than marks.
  if (text.includes('\ufeff')) return false;
  const letters = text.match(LETTER)?.length ?? 0;
  const separators = text.match(SEPARATOR)?.length ?? 0;
  return (
    letters * 3 >= text.length &&
    separators * 40 >= text.length &&
    ONE_SCRIPT.some((script) => script.test(text))
  );
}

/** UTF-8 with a few bytes that are not, such as a log in which a line was cut. */
export function isMostlyUtf8(bytes: Uint8Array): boolean {
  let good = 0;
  let bad = 0;
  for (const character of decodeText(bytes, 'utf-8')) {
    if (character === '\ufffd') bad++;
    else if (character > '\x7f') good++;
  }
  return good >= bad * 10;
}

/** The best guess whose text reads like one. The library is loaded at the first call. */
async function detect(head: Uint8Array): Promise<string | undefined> {
  const { detectAll } = await import('jschardet');
  // A control character would count as a sign of binary content.
  const sample = head.subarray(0, DETECTION_BYTES).map((byte) => (isControl(byte) ? 32 : byte));
  const found = detectAll(sample, {
    detectEncodings: [...DETECTED.keys()],
    minimumThreshold: 0,
  }).flatMap(({ encoding }) => DETECTED.get(encoding?.toLowerCase() ?? '') ?? []);
  return found.find((encoding) => readsLikeText(decoderOf(encoding).decode(sample))) ?? found[0];
}

const OTHER_SCRIPTS =
  '\\p{Script=Cyrillic}\\p{Script=Greek}\\p{Script=Hebrew}\\p{Script=Arabic}\\p{Script=Thai}';
const OTHER_LETTER = new RegExp(`[${OTHER_SCRIPTS}]`, 'gu');
/** A letter of another script right beside a Latin one, as where “café” was taken for Cyrillic. */
const MIXED_WORD = new RegExp(
  `\\p{Script=Latin}[${OTHER_SCRIPTS}]|[${OTHER_SCRIPTS}]\\p{Script=Latin}`,
  'gu',
);

function readsLikeText(text: string): boolean {
  if (/\ufffd|[\x80-\x9f]|[\ue000-\uf8ff]/.test(text)) return false;
  const mixed = text.match(MIXED_WORD)?.length ?? 0;
  const letters = text.match(OTHER_LETTER)?.length ?? 0;
  return mixed * 3 <= letters;
}
