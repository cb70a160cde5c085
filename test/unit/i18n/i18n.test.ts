import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { chooseLocale, I18n, LANGUAGES, localesFor } from '../../../main/i18n/i18n.ts';
import { LiveMessages } from '../../../main/i18n/locale.ts';

const CATALOG = {
  plain: 'Nothing to replace',
  files: { one: '{count} file', other: '{count} files' },
  quoted: '“{name}” isn’t here',
} as const;
const i18n = (locale: string) => new I18n<typeof CATALOG>(locale, CATALOG);

const NOW = Date.UTC(2026, 10, 23, 12);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe.each(LANGUAGES)('counts in %s', (language) => {
  it('take the form and the separators of CLDR', () => {
    const plurals = new Intl.PluralRules(language);
    const numbers = new Intl.NumberFormat(language);
    fc.assert(
      fc.property(fc.oneof(fc.nat(20), fc.nat(2_000_000)), (count) => {
        const form = plurals.select(count) === 'one' ? CATALOG.files.one : CATALOG.files.other;
        expect(i18n(language).t('files', { count })).toBe(
          form.replace('{count}', numbers.format(count)),
        );
      }),
    );
  });
});

const REGIONS = ['de-DE', 'de-AT', 'de-CH', 'en-GB', 'es-ES', 'es-AR', 'es-CO', 'es-MX', 'es-US'];

/** Apostrophes and kinds of blanks differ between versions of CLDR. */
const plain = (text: string): string => text.replaceAll('’', "'").replace(/\s/gu, ' ');

describe.each([...LANGUAGES, ...REGIONS])('sizes in %s', (locale) => {
  it.each([
    [1, 'byte', 1],
    [312, 'byte', 312],
    [1_440, 'kilobyte', 1.4],
    [3_400_000, 'megabyte', 3.4],
    [12_345_000_000, 'gigabyte', 12],
    [12_345_000_000_000_000, 'terabyte', 12_345],
  ])('%i bytes are written as Intl writes them', (bytes, unit, value) => {
    const intl = new Intl.NumberFormat(locale, {
      style: 'unit',
      unit,
      unitDisplay: unit === 'byte' ? 'long' : 'short',
    });
    expect(plain(i18n(locale).size(bytes))).toBe(plain(intl.format(value)));
  });
});

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1_000, '1 kB'],
  [1_440, '1.4 kB'],
  [9_940, '9.9 kB'],
  [9_960, '10 kB'],
  [12_345, '12 kB'],
  [999_499, '999 kB'],
  [999_600, '1 MB'],
  [4_812_000, '4.8 MB'],
  [2_000_000_000, '2 GB'],
  [2_000_000_000_000, '2 TB'],
  [5e15, '5,000 TB'],
])('%i bytes are "%s"', (bytes, size) => {
  expect(i18n('en').size(bytes)).toBe(size);
});

test.each([
  [0, '1 second'],
  [39_001, '40 seconds'],
  [120_000, '2 minutes'],
  [3_600_000, '1 hour'],
  [7_300_000, '3 hours'],
])('a wait of %i ms is "%s"', (ms, wait) => {
  expect(i18n('en').wait(ms)).toBe(wait);
});

describe('times', () => {
  it.each([
    [0, 'now'],
    [59_000, 'now'],
    [MINUTE, '1 minute ago'],
    [44 * MINUTE, '44 minutes ago'],
    [3 * HOUR + 59 * MINUTE, '3 hours ago'],
    [DAY, 'yesterday'],
    [6 * DAY, '6 days ago'],
    [21 * DAY, '2 Nov 2026'],
  ])('%i ms later it was %s', (passed, ago) => {
    expect(i18n('en-GB').ago(NOW - passed, NOW)).toBe(ago);
  });

  it('of a clock that was ahead are now', () => {
    expect(i18n('en-GB').ago(NOW + 5 * DAY, NOW)).toBe('now');
  });

  it('still to come are given to the nearest unit', () => {
    expect(i18n('en-GB').until(NOW + 6 * DAY + HOUR, NOW)).toBe('in 6 days');
    expect(i18n('en-GB').until(NOW + 7 * DAY - 1_000, NOW)).toBe('in 7 days');
  });
});

test('percentages are rounded down, lists have a serial comma', () => {
  expect(i18n('en').percent(0.999)).toBe('99%');
  expect(i18n('en').list(['a', 'b', 'c'])).toBe('a, b, and c');
});

test('sentences are joined with a blank where the language has blanks', () => {
  expect(i18n('de').join('Eins.', 'Zwei.')).toBe('Eins. Zwei.');
  expect(i18n('ja').join('一。', '二。')).toBe('一。二。');
});

test('values are inserted as they are, braces and all', () => {
  expect(i18n('en').t('quoted', { name: '{count} $& <b>' })).toBe('“{count} $& <b>” isn’t here');
});

test('the first locale with a catalog is used, with its region', () => {
  expect(chooseLocale(['fr-FR', 'de-AT', 'en-US'])).toBe('de-AT');
  expect(chooseLocale(['C', 'fr'])).toBe('en');
  expect(chooseLocale(['de_DE.UTF-8'])).toBe('en');
  expect(chooseLocale(['constructor', 'es-MX'])).toBe('es-MX');
  expect(chooseLocale([])).toBe('en');
  expect(localesFor('de', ['en-US', 'de-CH'])).toEqual(['de-CH']);
  expect(localesFor('ja', ['en-US'])).toEqual(['ja']);
  expect(localesFor('system', ['es-MX'])).toEqual(['es-MX']);
});

test('a change of language reaches everyone who has the messages', async () => {
  const messages = new LiveMessages();
  const { t } = messages;
  const english = t('menuQuit');
  await messages.use(['ja-JP']);
  expect(t('menuQuit')).not.toBe(english);
  expect(messages.locale).toBe('ja-JP');
  await Promise.all([messages.use(['de']), messages.use(['en'])]);
  expect(t('menuQuit')).toBe(english);
});
