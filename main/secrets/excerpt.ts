import { hiddenRanges, type Secret } from './masking.ts';

/** The surroundings of what was found; it is never part of them, and neither is any other find. */
export interface Excerpt {
  readonly before: string;
  readonly after: string;
}

/** Shown on each side of what was found, in UTF-16 units. */
const SIDE = 24;

const HIDDEN = '••••••••';

/**
 * The rest of the line in which a secret was found, cut to 24 UTF-16 units on each side.
 * @param secret the one that it is about
 * @param secrets all that were found in the text; they are hidden, as are repetitions of them
 */
export function excerptAround(text: string, secret: Secret, secrets: readonly Secret[]): Excerpt {
  const { start, end } = secret;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineBreak = text.indexOf('\n', end);
  const lineEnd = lineBreak < 0 ? text.length : lineBreak;
  const from = Math.max(lineStart, start - SIDE);
  const to = Math.min(lineEnd, end + SIDE);
  const ranges = hiddenRanges(text, secrets, from, to);
  const before = masked(text, ranges, from, start).trimStart();
  const after = masked(text, ranges, end, to).trimEnd();
  return {
    before: from > lineStart ? `…${before}` : before,
    after: to < lineEnd ? `${after}…` : after,
  };
}

/** A part of the text, with the ranges in it hidden. */
function masked(
  text: string,
  ranges: readonly { readonly start: number; readonly end: number }[],
  from: number,
  to: number,
): string {
  let shown = '';
  let at = from;
  for (const { start, end } of ranges) {
    if (end <= from || start >= to) continue;
    shown += text.slice(at, Math.max(at, start)) + HIDDEN;
    at = Math.min(end, to);
  }
  return shown + text.slice(at, to);
}
