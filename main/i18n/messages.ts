import type { Catalogue, MessageKey, Plural, ValuesOf } from './catalog-types.ts';
import { clockText } from './clock.ts';

/** Everything that the main process says to people: tray, notifications, questions, failures. */
export interface Words {
  /** BCP 47 tag of the language that is spoken now. */
  readonly locale: string;
  say<Key extends MessageKey>(key: Key, ...values: ValuesOf<Key>): string;
  /** "312 bytes", "12 kB", "3.4 MB": decimal units, as file managers show. */
  size(bytes: number): string;
  /** A wait: "1 second", "40 seconds", "5 minutes", "1 hour"; rounded up. */
  wait(ms: number): string;
  /** The time of day, as the language says it: "14:05", "2:05 PM". */
  clock(atMs: number): string;
  percent(fraction: number): string;
  /** "a, b and c". */
  list(parts: readonly string[]): string;
  /** Sentences one after the other. */
  join(...sentences: readonly string[]): string;
}

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/**
 * Joins a catalogue with what Intl knows of its language.
 * Intl's data is touched when sizes, waits or lists are first asked for, and never for plurals
 * and counts: those are said at each copy, and would cost 8 MB of memory and 17 ms at the first.
 */
export function createWords(locale: string, catalogue: Catalogue): Words {
  const language = languageOf(locale);
  const unit = (value: number, name: string, digits: number, display: 'long' | 'short'): string =>
    new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: name,
      unitDisplay: display,
      maximumFractionDigits: digits,
    }).format(value);
  return {
    locale,
    say(key, ...values) {
      const given: Readonly<Record<string, string | number>> = values[0] ?? {};
      return fill(choose(catalogue[key], given.count, language), given, language);
    },
    size(bytes) {
      let value = bytes;
      let step = 0;
      // 999.5 and more would round up to 1000 of the smaller unit.
      while (value >= 999.5 && step < BYTE_UNITS.length - 1) {
        value /= 1_000;
        step += 1;
      }
      const name = BYTE_UNITS[step] ?? 'byte';
      return unit(value, name, step > 0 && value < 9.95 ? 1 : 0, step === 0 ? 'long' : 'short');
    },
    wait(ms) {
      const seconds = Math.max(1, Math.ceil(ms / 1_000));
      if (seconds < 100) return unit(seconds, 'second', 0, 'long');
      const minutes = Math.ceil(seconds / 60);
      return minutes < 60
        ? unit(minutes, 'minute', 0, 'long')
        : unit(Math.ceil(minutes / 60), 'hour', 0, 'long');
    },
    clock: (atMs) => clockText(atMs, locale),
    percent: (fraction) =>
      new Intl.NumberFormat(locale, { style: 'percent' }).format(Math.floor(fraction * 100) / 100),
    list: (parts) =>
      new Intl.ListFormat(locale, { type: 'conjunction', style: 'long' })
        .format(parts)
        // No comma before "and", here as in the rest of our English.
        .replace(', and ', ' and '),
    join: (...sentences) => sentences.join(language === 'ja' || language === 'zh' ? '' : ' '),
  };
}

/** "de" of "de-CH". */
export const languageOf = (locale: string): string => locale.split('-', 1)[0]?.toLowerCase() ?? '';

/** CLDR's rules for whole numbers: these languages have `one` for 1, the others have no forms. */
const LANGUAGES_WITH_ONE: readonly string[] = ['en', 'de', 'es'];

/** The plural form that `{count}` asks for; as `Intl.PluralRules` has it, which a test compares. */
function choose(
  text: string | Plural,
  count: string | number | undefined,
  language: string,
): string {
  if (typeof text === 'string') return text;
  return count === 1 && LANGUAGES_WITH_ONE.includes(language)
    ? (text.one ?? text.other)
    : text.other;
}

/** A whole number with its thousands apart; as `Intl.NumberFormat` has it, which a test compares. */
function numberText(value: number, language: string): string {
  const point = language === 'de' || language === 'es' ? '.' : ',';
  // Spanish begins at five digits (CLDR: minimumGroupingDigits).
  if (language === 'es' && Math.abs(value) < 10_000) return String(value);
  return String(value).replace(/\B(?=(\d{3})+$)/g, point);
}

function fill(
  text: string,
  values: Readonly<Record<string, string | number>>,
  language: string,
): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? numberText(value, language) : value;
  });
}
