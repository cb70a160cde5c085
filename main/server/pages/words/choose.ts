import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';
import { de } from './de.ts';
import { en, type PageWords } from './en.ts';
import { es } from './es.ts';
import { ja } from './ja.ts';
import { zh } from './zh.ts';

const SPOKEN: ReadonlyMap<string, PageWords> = new Map(
  [en, de, es, ja, zh].map((words) => [words.lang, words]),
);
const LANGUAGES = [...SPOKEN.keys()];

/** The headers of browsers are few, and each request brings one. */
const chosen = new LRUCache<string, PageWords>({ max: 100 });

/** The words in the language that the reader's browser asks for (RFC 9110, 12.5.4); English else. */
export function wordsFor(acceptLanguage: string | undefined): PageWords {
  // Nobody's browser sends more; a longer one would only cost time.
  if (acceptLanguage === undefined || acceptLanguage.length > 500) return en;
  const known = chosen.get(acceptLanguage);
  if (known !== undefined) return known;
  const wanted = new Negotiator({ headers: { 'accept-language': acceptLanguage } });
  const words = SPOKEN.get(wanted.language(LANGUAGES) ?? 'en') ?? en;
  chosen.set(acceptLanguage, words);
  return words;
}

/** How long a link still opens, in the unit that fits; ends are rounded up to a minute. */
export function expiryText(words: PageWords, leftMs: number): string {
  const minutes = Math.max(1, Math.ceil(leftMs / 60_000));
  if (minutes < 100) return words.expiresInMinutes(minutes);
  const hours = Math.round(minutes / 60);
  if (hours < 48) return words.expiresInHours(hours);
  return words.expiresInDays(Math.round(hours / 24));
}
