import type { Catalog, Plural, Translation, ValuesOf } from './catalog.ts';
import { clockText } from './clock.ts';
import { languageOf, numberText, sizeText } from './numbers.ts';

/**
 * The message engine of the whole product: the main process, the window, and the share pages of
 * the built-in server. It imports nothing of the app, so that all three may import it.
 *
 * Messages, counts, sizes and the time of day never touch Intl, because they are needed whenever
 * something is copied and whenever a page is served, and Intl's first use costs 8 MB of memory and
 * 17 ms. Everything else loads its part of Intl at the first call. Methods are bound, so they can
 * be destructured.
 */
export class I18n<English extends Catalog> {
  #locale: string;
  #catalog: Translation<English>;
  #intl = new Map<string, unknown>();

  /** @param locale BCP 47 tag, of the catalog's language */
  constructor(locale: string, catalog: Translation<English>) {
    this.#locale = locale;
    this.#catalog = catalog;
  }

  /** BCP 47 tag. */
  get locale(): string {
    return this.#locale;
  }

  protected switchTo(locale: string, catalog: Translation<English>): void {
    this.#locale = locale;
    this.#catalog = catalog;
    this.#intl = new Map();
  }

  /** The message, in the plural form of `count`, with each `{placeholder}` replaced. */
  readonly t = <Key extends keyof English>(key: Key, ...values: ValuesOf<English[Key]>): string => {
    const given: Readonly<Record<string, string | number>> = values[0] ?? {};
    const text = choose(this.#catalog[key], given.count, languageOf(this.#locale));
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = given[name];
      if (value === undefined) return whole;
      return typeof value === 'number' ? numberText(value, this.#locale) : value;
    });
  };

  /** "312 bytes", "1.4 kB", "12 MB". */
  readonly size = (bytes: number): string => sizeText(bytes, this.#locale);

  /** The time of day: "14:05", "2:05 PM". */
  readonly clock = (atMs: number): string => clockText(atMs, this.#locale);

  /** Sentences one after the other. */
  readonly join = (...sentences: readonly string[]): string =>
    sentences.join(['ja', 'zh'].includes(languageOf(this.#locale)) ? '' : ' ');

  /** A duration, rounded up: "1 second", "40 seconds", "5 minutes", "1 hour". */
  readonly wait = (ms: number): string => {
    const seconds = Math.max(1, Math.ceil(ms / 1_000));
    if (seconds < 100) return this.#duration(seconds, 'second');
    const minutes = Math.ceil(seconds / 60);
    return minutes < 60
      ? this.#duration(minutes, 'minute')
      : this.#duration(Math.ceil(minutes / 60), 'hour');
  };

  /** Rounded down: 100 % means done. */
  readonly percent = (fraction: number): string =>
    this.#cached('percent', (locale) => new Intl.NumberFormat(locale, { style: 'percent' })).format(
      Math.floor(fraction * 100) / 100,
    );

  /** "a, b, and c". */
  readonly list = (parts: readonly string[]): string =>
    this.#cached(
      'list',
      (locale) => new Intl.ListFormat(locale, { type: 'conjunction', style: 'long' }),
    ).format(parts);

  /** "3 minutes ago", "yesterday"; from a week on the date. */
  readonly ago = (atMs: number, nowMs: number): string => {
    // After the clock was set back, a time in the future is shown as now.
    const passedMs = Math.max(0, nowMs - atMs);
    if (passedMs >= WEEK_MS) {
      return this.#cached(
        'date',
        (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }),
      ).format(atMs);
    }
    const unit = TIME_UNITS.find(([, unitMs]) => passedMs >= unitMs);
    return unit === undefined
      ? this.#relative(0, 'second')
      : this.#relative(-Math.floor(passedMs / unit[1]), unit[0]);
  };

  /** "in 6 days", to the nearest unit: 7 days read as 7 days a second later, too. */
  readonly until = (atMs: number, nowMs: number): string => {
    const leftMs = Math.max(0, atMs - nowMs);
    const unit = TIME_UNITS.find(([, unitMs]) => leftMs >= unitMs * 0.95);
    return unit === undefined
      ? this.#relative(0, 'second')
      : this.#relative(Math.round(leftMs / unit[1]), unit[0]);
  };

  /** Date and time in full, for a tooltip. */
  readonly moment = (atMs: number): string =>
    this.#cached(
      'moment',
      (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' }),
    ).format(atMs);

  #duration(value: number, unit: string): string {
    return this.#cached(
      unit,
      (locale) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }),
    ).format(value);
  }

  #relative(value: number, unit: Intl.RelativeTimeFormatUnit): string {
    return this.#cached(
      'relative',
      (locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }),
    ).format(value, unit);
  }

  #cached<Format>(name: string, create: (locale: string) => Format): Format {
    const known = this.#intl.get(name) ?? create(this.#locale);
    this.#intl.set(name, known);
    // Each name has one caller, so one type.
    return known as Format;
  }
}

const TIME_UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

const WEEK_MS = 7 * 86_400_000;

/** CLDR's rules for whole numbers: these languages have `one` for 1, the others have no forms. */
const LANGUAGES_WITH_ONE: readonly string[] = ['en', 'de', 'es'];

function choose(message: string | Plural, count: unknown, language: string): string {
  if (typeof message === 'string') return message;
  const { one, other } = message;
  return count === 1 && LANGUAGES_WITH_ONE.includes(language) ? (one ?? other) : other;
}

/** The languages that there are catalogs for. */
export const LANGUAGES = ['en', 'de', 'es', 'ja', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

/**
 * The first of the locales that there is a catalog for, else English.
 * The region stays: it decides how dates and numbers look.
 */
export function chooseLocale(locales: readonly string[]): string {
  return (
    locales.find((locale) => knownLanguage(locale) !== undefined && isWellFormed(locale)) ?? 'en'
  );
}

/** The language of a locale, if there is a catalog for it. */
export const knownLanguage = (locale: string): Language | undefined =>
  LANGUAGES.find((language) => language === languageOf(locale));

/**
 * The locales for a choice of language.
 * @param chosen a language of ours, or `system`
 * @param system the user's own locales, best first; one of the chosen language lends its region
 */
export function localesFor(chosen: string, system: readonly string[]): readonly string[] {
  if (chosen === 'system') return system;
  return [system.find((locale) => languageOf(locale) === chosen) ?? chosen];
}

/** What the system names is not always a language tag ("C", "de_DE.UTF-8"). */
const isWellFormed = (locale: string): boolean => /^[a-z]{2,3}(-[a-z\d]{2,8})*$/i.test(locale);
