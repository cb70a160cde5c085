import { windowMessages as en } from '../../assets/locales/en/window.ts';
import type { TextKeyOf, Translation } from '../../main/i18n/catalog.ts';
import { I18n, knownLanguage, type Language } from '../../main/i18n/i18n.ts';

/** Messages of the window. */
export type Messages = I18n<typeof en>;

export type MessageKey = keyof typeof en;

/** Keys of the messages that need no values. */
export type TextKey = TextKeyOf<typeof en>;

export const english: Messages = new I18n<typeof en>('en', en);

/** English is in the first script; the others are loaded when they are chosen. */
const LOAD: Readonly<Record<Language, () => Promise<Translation<typeof en>>>> = {
  en: async () => en,
  de: async () => (await import('../../assets/locales/de/window.ts')).windowMessages,
  es: async () => (await import('../../assets/locales/es/window.ts')).windowMessages,
  ja: async () => (await import('../../assets/locales/ja/window.ts')).windowMessages,
  zh: async () => (await import('../../assets/locales/zh/window.ts')).windowMessages,
};

/** Loads the messages for a locale that `chooseLocale` returned; English for any other. */
export async function loadMessages(locale: string): Promise<Messages> {
  const language = knownLanguage(locale);
  return language === undefined ? english : new I18n<typeof en>(locale, await LOAD[language]());
}
