import { main as en } from '../../assets/locales/en/main.ts';
import type { Translation } from './catalog.ts';
import { chooseLocale, I18n, knownLanguage, type Language } from './i18n.ts';

/** English is always there; the others are loaded when they are chosen. */
const LOAD: Readonly<Record<Language, () => Promise<Translation<typeof en>>>> = {
  en: async () => en,
  de: async () => (await import('../../assets/locales/de/main.ts')).main,
  es: async () => (await import('../../assets/locales/es/main.ts')).main,
  ja: async () => (await import('../../assets/locales/ja/main.ts')).main,
  zh: async () => (await import('../../assets/locales/zh/main.ts')).main,
};

/** The messages of the main process, in English until `use` is called. */
export class LiveMessages extends I18n<typeof en> {
  #wanted = 'en';

  constructor() {
    super('en', en);
  }

  /** Changes the language to the first of these locales that there is a catalog for, else English. */
  async use(locales: readonly string[]): Promise<void> {
    const locale = chooseLocale(locales);
    this.#wanted = locale;
    const catalog = await LOAD[knownLanguage(locale) ?? 'en']();
    // The last choice wins, whichever catalog was loaded first.
    if (this.#wanted === locale) this.switchTo(locale, catalog);
  }
}
