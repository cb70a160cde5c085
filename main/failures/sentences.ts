import { displayText } from '../clipboard/display-text.ts';
import type { Messages } from '../i18n/messages.ts';
import { shown } from './failure-table.ts';
import type { Fault } from './faults.ts';

/** A file's name is cut there, in characters. */
const SHOWN_CHARS = 80;

/** Names what has location data. */
export function geotagSentence(
  { name, count }: Extract<Fault, { readonly kind: 'has-location' }>,
  messages: Messages,
): string {
  return count === 1
    ? messages.t('locationFound', { name: displayText(name, SHOWN_CHARS) })
    : messages.t('locationFoundMany', { count });
}

/** Longest list of names in a sentence. */
const MAX_NAMES = 3;

/** “a.txt”, “b.txt” and 4 more. */
export function nameList(names: readonly string[], messages: Messages): string {
  const several = names.length > MAX_NAMES;
  const named = names
    .slice(0, several ? MAX_NAMES - 1 : MAX_NAMES)
    .map((name) => messages.t('quoted', { name: shown(name) }));
  const more = names.length - named.length;
  return messages.list(more > 0 ? [...named, messages.t('moreFiles', { count: more })] : named);
}
