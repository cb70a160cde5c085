import { expect, test } from 'vitest';
import { clockText } from '../../../main/i18n/clock.ts';

const LOCALES = [
  ...[
    'en',
    'en-US',
    'en-GB',
    'en-IE',
    'en-CA',
    'en-AU',
    'en-NZ',
    'en-IN',
    'en-ZA',
    'en-SG',
    'en-DE',
  ],
  ...['de', 'de-DE', 'de-AT', 'de-CH', 'es', 'es-ES', 'es-MX', 'es-US', 'es-CO', 'es-AR', 'es-419'],
  ...['ja', 'ja-JP', 'zh', 'zh-CN', 'zh-Hans-CN', 'zh-Hant-HK'],
];

/** Without what differs between the regions of one language: dots, capitals, kinds of blanks. */
const plain = (text: string): string => text.replace(/[\s.]/gu, '').toLowerCase();

test.each(LOCALES)('the time of day is said as in %s', (locale) => {
  const intl = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  for (const [hours, minutes] of [
    [9, 5],
    [14, 5],
    [11, 59],
    [23, 0],
  ] as const) {
    const at = new Date(2026, 10, 23, hours, minutes);
    expect(plain(clockText(at.getTime(), locale))).toBe(plain(intl.format(at)));
  }
});

test('midnight and noon of twelve hours are twelve', () => {
  expect(clockText(new Date(2026, 10, 23, 0, 5).getTime(), 'en-US')).toBe('12:05 AM');
  expect(clockText(new Date(2026, 10, 23, 12, 5).getTime(), 'en-US')).toBe('12:05 PM');
  expect(clockText(new Date(2026, 10, 23, 0, 5).getTime(), 'en-GB')).toBe('00:05');
});
