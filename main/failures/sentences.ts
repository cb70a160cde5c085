import { displayText } from '../clipboard/display-text.ts';
import type { Words } from '../i18n/messages.ts';
import { shown } from './failure-table.ts';
import type { Fault } from './faults.ts';

/** A file's name is cut there, in characters. */
const SHOWN_CHARS = 80;

/** Names what has location data. */
export function geotagSentence(
  { name, count }: Extract<Fault, { readonly kind: 'has-location' }>,
  words: Words,
): string {
  return count === 1
    ? words.say('locationFound', { name: displayText(name, SHOWN_CHARS) })
    : words.say('locationFoundMany', { count });
}

/** Longest list of names in a sentence. */
const MOST_NAMES = 3;

/** “a.txt”, “b.txt” and 4 more. */
export function nameList(names: readonly string[], words: Words): string {
  const several = names.length > MOST_NAMES;
  const named = names
    .slice(0, several ? MOST_NAMES - 1 : MOST_NAMES)
    .map((name) => words.say('quoted', { name: shown(name) }));
  const more = names.length - named.length;
  return words.list(more > 0 ? [...named, words.say('moreFiles', { count: more })] : named);
}
