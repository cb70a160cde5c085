import type { LinkView } from '../../preload/contract.ts';

/** Finds what matches all words of a query. */
export type Search<T> = (query: string) => readonly T[];

/** Plain ASCII needs no normalising, and most of ten thousand entries are just that. */
const ASCII = /^[\t\n -~]*$/;

const fold = (text: string): string =>
  (ASCII.test(text) ? text : text.normalize('NFKC')).toLowerCase();

/**
 * Prepares a search over a list: each entry's text is folded once, when the first query comes.
 * Ten thousand entries take a few ms a query.
 * @param folded what was folded before; handed on, only new entries of a list are folded anew
 */
export function createSearch<T extends object>(
  entries: readonly T[],
  textOf: (entry: T) => string,
  folded: WeakMap<T, string> = new WeakMap(),
): Search<T> {
  return (query) => {
    const words = fold(query).split(/\s+/).filter(Boolean);
    if (words.length === 0) return entries;
    return entries.filter((entry) => {
      let text = folded.get(entry);
      if (text === undefined) {
        text = fold(textOf(entry));
        folded.set(entry, text);
      }
      return words.every((word) => text.includes(word));
    });
  };
}

/** What of a link can be searched for: its title, address, service and kind. */
export const searchableText = (link: LinkView): string =>
  `${link.title}\n${link.link}\n${link.serviceName}\n${link.kind}`;
