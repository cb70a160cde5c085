import { describe, expect, test } from 'vitest';
import { AREAS, formsOf, placeholdersIn, readCatalogs } from '../../support/catalogs.ts';

const CATALOGS = await readCatalogs();
const catalogOf = (language: string, area: string) => CATALOGS.get(language)?.get(area) ?? {};

describe.each(AREAS)('%s', (area) => {
  const english = catalogOf('en', area);

  describe.each([...CATALOGS.keys()])('in %s', (language) => {
    const catalog = catalogOf(language, area);

    test('has the keys of English', () => {
      expect(Object.keys(catalog).sort()).toEqual(Object.keys(english).sort());
    });

    test('has the placeholders of English', () => {
      for (const [key, message] of Object.entries(english)) {
        const forms = formsOf(catalog[key] ?? '');
        // Only English and German have articles before names.
        const expected = placeholdersIn(formsOf(message).at(-1) ?? '').filter(
          (name) => name !== 'article' || language === 'en',
        );
        expect(placeholdersIn(forms.at(-1) ?? ''), key).toEqual(expected);
        // "Opened once" needs no number, but no form may name a value that isn't given.
        for (const form of forms) {
          expect(expected, key).toEqual(expect.arrayContaining([...placeholdersIn(form)]));
        }
      }
    });

    test('has the plural forms of its language', () => {
      // `many` is for millions in Spanish, where `other` reads the same.
      const needed = new Intl.PluralRules(language)
        .resolvedOptions()
        .pluralCategories.filter((form) => form !== 'many');
      for (const [key, message] of Object.entries(catalog)) {
        if (typeof message !== 'string') {
          expect(Object.keys(message).sort(), key).toEqual([...needed].sort());
        }
      }
    });

    test('has no empty message', () => {
      for (const [key, message] of Object.entries(catalog)) {
        for (const form of formsOf(message)) expect(form.trim(), key).not.toBe('');
      }
    });
  });
});
