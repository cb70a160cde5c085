import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Catalogue, MessageKey } from '../../../main/i18n/catalog-types.ts';
import { de } from '../../../main/i18n/de.ts';
import { en } from '../../../main/i18n/en.ts';
import { es } from '../../../main/i18n/es.ts';
import { ja } from '../../../main/i18n/ja.ts';
import { chooseLocale, createLiveWords, localesFor } from '../../../main/i18n/locale.ts';
import { createWords } from '../../../main/i18n/messages.ts';
import { zh } from '../../../main/i18n/zh.ts';

const CATALOGUES = { en, de, es, ja, zh } as const satisfies Record<string, Catalogue>;
const LANGUAGES = Object.keys(CATALOGUES) as (keyof typeof CATALOGUES)[];
const KEYS = Object.keys(en) as MessageKey[];

const placeholders = (text: Catalogue[MessageKey]): ReadonlySet<string> =>
  new Set(
    [...(typeof text === 'string' ? text : Object.values(text).join(' ')).matchAll(/\{\w+\}/g)].map(
      ([name]) => name,
    ),
  );

describe.each(LANGUAGES)('in %s', (language) => {
  const catalogue: Catalogue = CATALOGUES[language];
  const words = createWords(language, catalogue);

  test('every message names only values that it is given', () => {
    for (const key of KEYS) {
      for (const name of placeholders(catalogue[key])) {
        expect(placeholders(en[key]), `${key} ${name}`).toContain(name);
      }
    }
  });

  test('nothing that English tells is left out', () => {
    for (const key of KEYS) {
      const left = [...placeholders(en[key])].filter(
        (name) => name !== '{article}' && !placeholders(catalogue[key]).has(name),
      );
      expect(left, key).toEqual([]);
    }
  });

  test('counts take the form and the separators that CLDR says', () => {
    const plurals = new Intl.PluralRules(language);
    const numbers = new Intl.NumberFormat(language);
    fc.assert(
      fc.property(fc.oneof(fc.nat(20), fc.nat(2_000_000)), (count) => {
        const forms: Readonly<Record<string, string>> = { ...catalogue.clipFiles };
        const form = forms[plurals.select(count)] ?? forms.other ?? '';
        const said = words.say('clipFiles', { count });
        expect(said).toBe(form.replace('{count}', numbers.format(count)));
      }),
    );
  });
});

test.each([
  [1, '1 byte'],
  [312, '312 bytes'],
  [1_000, '1 kB'],
  [1_440, '1.4 kB'],
  [12_345, '12 kB'],
  [999_600, '1 MB'],
  [3_400_000, '3.4 MB'],
  [2_000_000_000_000, '2 TB'],
])('%i bytes are "%s"', (bytes, said) => {
  expect(createWords('en', en).size(bytes)).toBe(said);
});

test.each([
  [0, '1 second'],
  [39_001, '40 seconds'],
  [120_000, '2 minutes'],
  [3_600_000, '1 hour'],
  [7_300_000, '3 hours'],
])('a wait of %i ms is "%s"', (ms, said) => {
  expect(createWords('en', en).wait(ms)).toBe(said);
});

test('sizes and waits follow the language', () => {
  const german = createWords('de', de);
  expect(german.size(3_400_000)).toBe('3,4 MB');
  expect(german.wait(300_000)).toBe('5 Minuten');
  expect(createWords('ja', ja).wait(300_000)).toBe('5 分');
});

test('the first locale that there are words for is spoken, with its region', () => {
  expect(chooseLocale(['fr-FR', 'de-AT', 'en-US'])).toBe('de-AT');
  expect(chooseLocale(['C', 'fr'])).toBe('en');
  expect(chooseLocale(['de_DE.UTF-8'])).toBe('en');
  expect(localesFor('de', ['en-US', 'de-CH'])).toEqual(['de-CH']);
  expect(localesFor('ja', ['en-US'])).toEqual(['ja']);
  expect(localesFor('system', ['es-MX'])).toEqual(['es-MX']);
});

test('a change of language is heard by whoever holds the words', async () => {
  const words = createLiveWords();
  const { say } = words;
  expect(say('menuQuit')).toBe('Quit Linkify Tray');
  await words.use(['ja-JP']);
  expect(say('menuQuit')).toBe('Linkify Tray を終了');
  expect(words.locale).toBe('ja-JP');
  await Promise.all([words.use(['de']), words.use(['en'])]);
  expect(say('menuQuit')).toBe('Quit Linkify Tray');
});
