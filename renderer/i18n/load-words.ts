import { en } from './en.ts';
import { createWords, type Words } from './words.ts';

/** English is there at once; the region decides how dates look. */
export function englishWords(locale = 'en'): Words {
  return createWords(locale.startsWith('en') ? locale : 'en', en);
}
