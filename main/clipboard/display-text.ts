/**
 * Characters that would change how the words around them look, or that show nothing:
 * direction marks, embeddings, overrides and isolates (UAX #9), byte order marks,
 * and halves of surrogate pairs.
 */
const INVISIBLE_CHARS = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]|\p{Cs}/gu;
const BLANKS = /[\p{Cc}\s]+/gu;

/** Longest title, file name or service's word that is shown anywhere, in characters. */
export const MAX_SHOWN_CHARS = 200;

/**
 * Someone else's words in one line that is safe to show: control characters and line ends
 * become blanks, direction marks go, and what is too long ends in an ellipsis, at a word's
 * end where there is one.
 * @param maxChars longest answer in characters, at most 200
 */
export function displayText(text: string, maxChars = MAX_SHOWN_CHARS): string {
  const limit = Math.min(maxChars, MAX_SHOWN_CHARS);
  // A little more than is shown is enough to look at; the rest may be megabytes.
  const start = text.trimStart().slice(0, limit * 8);
  const clean = start.replace(BLANKS, ' ').replace(INVISIBLE_CHARS, '').trim();
  const chars = [...clean];
  if (chars.length <= limit) return clean;
  const cut = chars.slice(0, limit - 1).join('');
  const lastBlank = chars[limit - 1] === ' ' ? cut.length : cut.lastIndexOf(' ');
  const end = lastBlank > cut.length * 0.6 ? lastBlank : cut.length;
  return `${cut.slice(0, end).trimEnd()}…`;
}
