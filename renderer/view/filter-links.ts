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
 */
export function createSearch<T>(entries: readonly T[], textOf: (entry: T) => string): Search<T> {
  let folded: string[] | null = null;
  return (query) => {
    const words = fold(query).split(/\s+/).filter(Boolean);
    if (words.length === 0) return entries;
    folded ??= entries.map((entry) => fold(textOf(entry)));
    const texts = folded;
    return entries.filter((_entry, index) => {
      const text = texts[index] ?? '';
      return words.every((word) => text.includes(word));
    });
  };
}

/** What of a link can be searched for: its title, address, service and kind. */
export const searchableText = (link: LinkView): string =>
  `${link.title}\n${link.link}\n${link.serviceName}\n${link.kind}`;
