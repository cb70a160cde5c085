import { describe, expect, it } from 'vitest';
import type { Catalogue, Plural } from '../../../../renderer/i18n/catalogue.ts';
import { de } from '../../../../renderer/i18n/de.ts';
import { en } from '../../../../renderer/i18n/en.ts';
import { es } from '../../../../renderer/i18n/es.ts';
import { ja } from '../../../../renderer/i18n/ja.ts';
import { chooseLocale, loadWords } from '../../../../renderer/i18n/load-words.ts';
import { zh } from '../../../../renderer/i18n/zh.ts';

const catalogues: Readonly<Record<string, Catalogue>> = { de, es, ja, zh };

const formsOf = (text: string | Plural): readonly string[] =>
  typeof text === 'string' ? [text] : Object.values(text);

const placeholders = (text: string): readonly string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();

describe.each(Object.entries(catalogues))('the catalogue %s', (language, catalogue) => {
  it('names the same things as the English one, in every form', () => {
    for (const [key, english] of Object.entries(en)) {
      const expected = placeholders(formsOf(english).at(-1) ?? '');
      const texts = formsOf(catalogue[key as keyof typeof en]);
      expect(placeholders(texts.at(-1) ?? ''), key).toEqual(expected);
      // "Opened once" needs no number, but no form may name something that is not given.
      for (const text of texts)
        expect(expected, key).toEqual(expect.arrayContaining([...placeholders(text)]));
    }
  });

  it('leaves nothing empty and nothing in English', () => {
    const same = Object.entries(en).filter(
      ([key, english]) => catalogue[key as keyof typeof en] === english,
    );
    // Names, and words that are the same in both.
    const allowed = ['appName', 'links', 'formatMarkdown', 'formatHtml', 'kindText', 'kindCode'];
    const also = ['serviceToken', 'application', 'name'];
    expect(same.map(([key]) => key).filter((key) => ![...allowed, ...also].includes(key))).toEqual(
      [],
    );
    for (const text of Object.values(catalogue).flatMap(formsOf)) expect(text.trim()).not.toBe('');
  });

  it('has each plural form that its language needs, and none that it has not', () => {
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [key, text] of Object.entries(catalogue)) {
      if (typeof text === 'string') continue;
      const forms = Object.keys(text);
      expect(needed, key).toEqual(expect.arrayContaining(forms));
      // `many` is for millions in Spanish; `other` reads the same there.
      const needs = needed.filter((rule) => rule !== 'many');
      expect(forms, key).toEqual(expect.arrayContaining(needs));
    }
  });
});

describe('the language', () => {
  it('is the first of the person’s that there is a catalogue for', () => {
    expect(chooseLocale(['fr-FR', 'de-AT', 'en'])).toBe('de-AT');
    expect(chooseLocale(['fr', 'pt-BR'])).toBe('en');
    expect(chooseLocale([])).toBe('en');
    expect(chooseLocale(['constructor', 'es-MX'])).toBe('es-MX');
  });

  it('decides how sizes, times and counts are written', async () => {
    const german = await loadWords('de-DE');
    const now = Date.UTC(2026, 10, 23, 12);
    expect(german.size(1_234_000)).toBe('1,2 MB');
    expect(german.ago(now - 3 * 60_000, now)).toBe('vor 3 Minuten');
    expect(german.say('linkCount', { count: 10_000 })).toBe('10.000 Links');
    const japanese = await loadWords('ja-JP');
    expect(japanese.ago(now - 86_400_000, now)).toBe('昨日');
    expect(japanese.say('linkCount', { count: 1 })).toBe('1件のリンク');
  });
});
