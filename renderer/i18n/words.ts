import type { Catalogue, MessageKey, Plural, ValuesOf } from './catalogue.ts';

/** Everything that depends on the person's language: messages, numbers, sizes, times. */
export interface Words {
  /** BCP 47 tag. */
  readonly locale: string;
  say<Key extends MessageKey>(key: Key, ...values: ValuesOf<Key>): string;
  /** "12 kB", "1.4 MB": decimal units, as file managers show. */
  size(bytes: number): string;
  /** "3 minutes ago", "yesterday"; from a week on the date. */
  ago(atMs: number, nowMs: number): string;
  /** "in 6 days": for what is still to come. */
  until(atMs: number, nowMs: number): string;
  /** The time of day: "12:04". */
  clock(atMs: number): string;
  /** Date and time in full, for a tooltip. */
  moment(atMs: number): string;
  percent(fraction: number): string;
}

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

const TIME_UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

const WEEK_MS = 7 * 86_400_000;

/** Joins a catalogue with what Intl knows of its language. */
export function createWords(locale: string, catalogue: Catalogue): Words {
  const plurals = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  const percents = new Intl.NumberFormat(locale, { style: 'percent' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const moments = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' });
  const clocks = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const sizes = BYTE_UNITS.map(
    (unit) =>
      new Intl.NumberFormat(locale, {
        style: 'unit',
        unit,
        unitDisplay: unit === 'byte' ? 'long' : 'short',
        maximumFractionDigits: unit === 'byte' || unit === 'kilobyte' ? 0 : 1,
      }),
  );
  const [now] = [relative.format(0, 'second')];

  const relativeTime = (differenceMs: number): string => {
    for (const [unit, unitMs] of TIME_UNITS) {
      if (Math.abs(differenceMs) >= unitMs) {
        return relative.format(Math.trunc(differenceMs / unitMs), unit);
      }
    }
    return now;
  };

  return {
    locale,
    say(key, ...values) {
      const given: Readonly<Record<string, string | number>> = values[0] ?? {};
      return fill(choose(catalogue[key], given, plurals), given, numbers);
    },
    size(bytes) {
      let value = bytes;
      let unit = 0;
      // 999.5 would round up to 1000 of the smaller unit.
      while (value >= 999.5 && unit < sizes.length - 1) {
        value /= 1000;
        unit += 1;
      }
      return sizes[unit]?.format(value) ?? '';
    },
    ago(atMs, nowMs) {
      // A clock that was set back makes no link from the future.
      const passedMs = Math.max(0, nowMs - atMs);
      return passedMs >= WEEK_MS ? dates.format(atMs) : relativeTime(-passedMs);
    },
    until(atMs, nowMs) {
      const leftMs = Math.max(0, atMs - nowMs);
      // To the nearest: what was set to end in 7 days reads so a second later too.
      const unit = TIME_UNITS.find(([, unitMs]) => leftMs >= unitMs * 0.95);
      return unit ? relative.format(Math.round(leftMs / unit[1]), unit[0]) : now;
    },
    clock: (atMs) => clocks.format(atMs),
    moment: (atMs) => moments.format(atMs),
    percent: (fraction) => percents.format(fraction),
  };
}

/** The plural form that `{count}` asks for. */
function choose(
  text: string | Plural,
  values: Readonly<Record<string, string | number>>,
  plurals: Intl.PluralRules,
): string {
  if (typeof text === 'string') return text;
  const count = values.count;
  return (typeof count === 'number' ? text[plurals.select(count)] : undefined) ?? text.other;
}

function fill(
  text: string,
  values: Readonly<Record<string, string | number>>,
  numbers: Intl.NumberFormat,
): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? numbers.format(value) : value;
  });
}
