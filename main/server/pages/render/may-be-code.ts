/** A guess of the language looks at this much, in characters. */
export const GUESS_CHARS = 4_096;

/** In code, at least 1 of so many characters is punctuation that is rare in prose. */
const CODE_RATIO = 100;

/** Whether it is worth guessing a language, which takes some 30 ms: prose shows none of it. */
export function mayBeCode(text: string): boolean {
  const start = text.slice(0, GUESS_CHARS);
  return (start.match(/[{}[\]<>=;$#|&+_]|:\n/g)?.length ?? 0) * CODE_RATIO >= start.length;
}

/** What is rare in prose, besides in web addresses; a semicolon there has a word behind it. */
const CODE_MARKS = /[{}[\]<>=$#|&+_\\`]|;\n| --\w/g;
const ADDRESSES = /<?https?:\/\/\S+/g;

/** In a text that is not prose, at least 1 of so many characters is such a mark. */
const PROSE_RATIO = 50;

/** Columns, as of a table or a drawing: tabs or wide gaps within lines, or characters that draw. */
const COLUMNS = /\S(?:\t| {3})|[\u2500-\u259f]/;

/**
 * Whether a text is to be read, like a letter: neither code nor anything that stands in columns,
 * which needs characters of one width.
 */
export function isProse(text: string): boolean {
  const start = text.slice(0, GUESS_CHARS).replace(ADDRESSES, '');
  const marks = start.match(CODE_MARKS)?.length ?? 0;
  return marks * PROSE_RATIO < Math.max(1, start.length) && !COLUMNS.test(start);
}
