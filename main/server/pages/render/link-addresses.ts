import { escapeHtml, SafeHtml } from '../markup/html.ts';

/** What ends an address in a text: blanks, quotes and brackets that no address contains. */
const ADDRESS = /https?:\/\/[^\s<>"'`{}|\\^“”„‘’«»「」『』（）【】《》、。，；：！？]+/giu;

/** Punctuation behind an address, which belongs to the sentence. */
const ENDS = new Set('.,;:!?*_~');

/** Closing brackets, which belong to an address that opens as many. */
const BRACKETS: ReadonlyMap<string, string> = new Map([
  [')', '('],
  [']', '['],
]);

/**
 * A text as HTML, in which web addresses are links. One pass over the text; nothing is added to or
 * taken from what is read.
 */
export function linkAddresses(text: string): SafeHtml {
  let made = '';
  let at = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    const address = withoutEnd(found);
    if (!URL.canParse(address)) continue;
    const shown = escapeHtml(address);
    made += `${escapeHtml(text.slice(at, index))}<a href="${shown}" rel="noopener noreferrer nofollow">${shown}</a>`;
    at = index + address.length;
  }
  return new SafeHtml(made + escapeHtml(text.slice(at)));
}

function withoutEnd(found: string): string {
  const counts = new Map<string, number>();
  for (const character of found) counts.set(character, (counts.get(character) ?? 0) + 1);
  let end = found.length;
  for (; end > 0; end -= 1) {
    const last = found.charAt(end - 1);
    const opening = BRACKETS.get(last);
    const isUnmatched =
      opening !== undefined && (counts.get(last) ?? 0) > (counts.get(opening) ?? 0);
    if (!isUnmatched && !ENDS.has(last)) break;
    counts.set(last, (counts.get(last) ?? 0) - 1);
  }
  return found.slice(0, end);
}
