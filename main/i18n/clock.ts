import { languageOf, regionOf } from './numbers.ts';

/**
 * Where the day has two halves of twelve hours, by language; elsewhere it has 24. From CLDR, which
 * a test compares.
 */
const TWELVE_HOUR_LANGUAGES: Readonly<Record<string, readonly string[]>> = {
  en: ['US', 'CA', 'AU', 'NZ', 'IN', 'PH', 'SG', 'HK', 'MY', 'PK'],
  es: [
    ...['US', 'MX', 'PR', 'CO', 'PE', 'VE', 'EC', 'GT', 'CU', 'BO', 'DO', 'HN', 'PY', 'SV'],
    ...['419', 'NI', 'CR', 'PA', 'UY', 'AR', 'CL', 'PH'],
  ],
  zh: ['TW', 'HK', 'MO', 'SG', 'MY'],
};

/** Where a single digit stands alone: "9:05". */
const SHORT_HOURS: readonly string[] = ['es', 'ja'];

/**
 * The time of day, as the language and its region write it: "14:05", "2:05 PM", "2:05 p. m.", "下午2:05".
 * Without Intl, whose data would cost megabytes of memory at its first use.
 * @param atMs in ms since 1970; in the computer's own time zone
 */
export function clockText(atMs: number, locale: string): string {
  const at = new Date(atMs);
  const minutes = String(at.getMinutes()).padStart(2, '0');
  const hours = at.getHours();
  const language = languageOf(locale);
  if (!uses12HourClock(language, regionOf(locale))) {
    return `${SHORT_HOURS.includes(language) ? hours : String(hours).padStart(2, '0')}:${minutes}`;
  }
  const time = `${hours % 12 === 0 ? 12 : hours % 12}:${minutes}`;
  const morning = hours < 12;
  if (language === 'zh') return `${morning ? '上午' : '下午'}${time}`;
  if (language === 'es') return `${time} ${morning ? 'a. m.' : 'p. m.'}`;
  return `${time} ${morning ? 'AM' : 'PM'}`;
}

/** English without a region is that of the United States. */
function uses12HourClock(language: string, region: string | undefined): boolean {
  if (region === undefined) return language === 'en';
  return (
    Object.hasOwn(TWELVE_HOUR_LANGUAGES, language) &&
    (TWELVE_HOUR_LANGUAGES[language]?.includes(region) ?? false)
  );
}
