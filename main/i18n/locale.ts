import type { Catalogue } from './catalog-types.ts';
import { en } from './en.ts';
import { createWords, languageOf, type Words } from './messages.ts';

/** Words whose language can be changed while everyone holds on to them. */
export interface LiveWords extends Words {
  /** Speaks the first of these locales that there is a catalogue for, else English. */
  use(locales: readonly string[]): Promise<void>;
}

/** English is always there; the others are loaded when they are wanted. */
const CATALOGUES = new Map<string, () => Promise<Catalogue>>([
  ['en', async () => en],
  ['de', async () => (await import('./de.ts')).de],
  ['es', async () => (await import('./es.ts')).es],
  ['ja', async () => (await import('./ja.ts')).ja],
  ['zh', async () => (await import('./zh.ts')).zh],
]);

/** The first of the locales that there is a catalogue for, with its region; else English. */
export function chooseLocale(locales: readonly string[]): string {
  return (
    locales.find((locale) => CATALOGUES.has(languageOf(locale)) && isWellFormed(locale)) ?? 'en'
  );
}

/**
 * The locales that a choice of language comes to.
 * @param chosen a language of ours, or `system`
 * @param system the person's own locales, best first; one of the chosen language lends its region
 */
export function localesFor(chosen: string, system: readonly string[]): readonly string[] {
  if (chosen === 'system') return system;
  return [system.find((locale) => languageOf(locale) === chosen) ?? chosen];
}

/** Begins in English until `use` is called. */
export function createLiveWords(): LiveWords {
  let words = createWords('en', en);
  let wanted = '';
  return {
    get locale() {
      return words.locale;
    },
    say: (key, ...values) => words.say(key, ...values),
    size: (bytes) => words.size(bytes),
    wait: (ms) => words.wait(ms),
    clock: (atMs) => words.clock(atMs),
    percent: (fraction) => words.percent(fraction),
    list: (parts) => words.list(parts),
    join: (...sentences) => words.join(...sentences),
    async use(locales) {
      const locale = chooseLocale(locales);
      wanted = locale;
      const catalogue = await CATALOGUES.get(languageOf(locale))?.();
      // The last choice counts, whichever file came first.
      if (catalogue !== undefined && wanted === locale) words = createWords(locale, catalogue);
    },
  };
}

/** What the system names is not always a language tag ("C", "de_DE.UTF-8"). */
const isWellFormed = (locale: string): boolean => /^[a-z]{2,3}(-[a-z\d]{2,8})*$/i.test(locale);
