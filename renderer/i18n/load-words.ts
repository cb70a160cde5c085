import { en } from './en.ts';
import { createWords, type Words } from './words.ts';

/** English is there at once. */
export function englishWords(locale = 'en'): Words {
  return createWords(locale, en);
}
