import type { Catalogue } from './catalogue.ts';
import { en } from './en.ts';
import { createWords, type Words } from './words.ts';

/** English is always there; the others are loaded when they are wanted. */
const CATALOGUES = new Map<string, () => Promise<Catalogue>>([
  ['en', async () => en],
  ['de', async () => (await import('./de.ts')).de],
  ['es', async () => (await import('./es.ts')).es],
  ['ja', async () => (await import('./ja.ts')).ja],
  ['zh', async () => (await import('./zh.ts')).zh],
]);

const languageOf = (locale: string): string => locale.split('-', 1)[0]?.toLowerCase() ?? '';

/**
 * The first of a person's locales that there is a catalogue for, else English.
 * The locale's region is kept: it decides how dates and numbers look.
 */
export function chooseLocale(locales: readonly string[]): string {
  return locales.find((locale) => CATALOGUES.has(languageOf(locale))) ?? 'en';
}

/** Loads the catalogue of a locale that `chooseLocale` answered. */
export async function loadWords(locale: string): Promise<Words> {
  const load = CATALOGUES.get(languageOf(locale));
  return load === undefined ? createWords('en', en) : createWords(locale, await load());
}
