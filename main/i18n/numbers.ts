/**
 * Numbers and sizes without Intl, whose data would cost 8 MB of memory and 17 ms at its first use,
 * in an app that is idle most of the day. The values are CLDR's; a test compares them with Intl.
 */

interface NumberFormat {
  readonly decimal: string;
  readonly group: string;
  /** Smallest number that is grouped. */
  readonly groupFrom: number;
}

const POINT: NumberFormat = { decimal: '.', group: ',', groupFrom: 1_000 };
const COMMA: NumberFormat = { decimal: ',', group: '.', groupFrom: 1_000 };

/** Formats of languages and regions; the others write as English does. */
const FORMATS: ReadonlyMap<string, NumberFormat> = new Map([
  ['de', COMMA],
  ['de-AT', { ...COMMA, group: '\u00a0' }],
  ['de-CH', { ...POINT, group: '’' }],
  ['de-LI', { ...POINT, group: '’' }],
  ['es', { ...COMMA, groupFrom: 10_000 }],
  ...['AR', 'BO', 'CL', 'CO', 'CR', 'EC', 'PY', 'UY', 'VE'].map(
    (region): [string, NumberFormat] => [`es-${region}`, COMMA],
  ),
  ...['419', 'CU', 'DO', 'GT', 'HN', 'MX', 'NI', 'PA', 'PE', 'PR', 'SV', 'US'].map(
    (region): [string, NumberFormat] => [`es-${region}`, POINT],
  ),
]);

/** "de" of "de-CH". */
export const languageOf = (locale: string): string => locale.split('-', 1)[0]?.toLowerCase() ?? '';

/** "CH" of "de-CH", "HK" of "zh-Hant-HK". */
export const regionOf = (locale: string): string | undefined =>
  locale
    .split('-')
    .slice(1)
    .find((part) => /^(?:[A-Z]{2}|\d{3})$/.test(part));

function formatOf(locale: string): NumberFormat {
  const language = languageOf(locale);
  return FORMATS.get(`${language}-${regionOf(locale)}`) ?? FORMATS.get(language) ?? POINT;
}

/** A whole number with its thousands grouped. */
export function numberText(value: number, locale: string): string {
  const { group, groupFrom } = formatOf(locale);
  if (Math.abs(value) < groupFrom) return String(value);
  return String(value).replace(/\B(?=(\d{3})+$)/g, group);
}

const BYTE_NAMES: ReadonlyMap<string, readonly [one: string, other: string]> = new Map([
  ['de', [' Byte', ' Byte']],
  ['ja', [' バイト', ' バイト']],
  ['zh', ['字节', '字节']],
]);

/** "312 bytes", "1.4 kB", "12 MB": decimal units as file managers show, one decimal below 10. */
export function sizeText(bytes: number, locale: string): string {
  const language = languageOf(locale);
  const units = [language === 'ja' ? 'KB' : 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let step = 0;
  // 999.5 and more would round up to 1000 of the smaller unit.
  while (value >= 999.5 && step < units.length) {
    value /= 1_000;
    step += 1;
  }
  if (step === 0) {
    const [one, other] = BYTE_NAMES.get(language) ?? [' byte', ' bytes'];
    return `${bytes}${bytes === 1 ? one : other}`;
  }
  const tenths = Math.round(value * 10);
  const shown =
    value < 9.95 && tenths % 10 !== 0
      ? `${Math.floor(tenths / 10)}${formatOf(locale).decimal}${tenths % 10}`
      : numberText(Math.round(value), locale);
  return `${shown} ${units[step - 1]}`;
}
