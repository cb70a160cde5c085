import { main as de } from '../../assets/locales/de/main.ts';
import { main as en } from '../../assets/locales/en/main.ts';
import { main as es } from '../../assets/locales/es/main.ts';
import { main as ja } from '../../assets/locales/ja/main.ts';
import { main as zh } from '../../assets/locales/zh/main.ts';
import { I18n } from '../../main/i18n/i18n.ts';
import type { Messages } from '../../main/i18n/messages.ts';

/** Messages of the main process where no other language is chosen. */
export const english: Messages = new I18n<typeof en>('en', en);

export const german: Messages = new I18n<typeof en>('de', de);

/** Messages of the main process in every language. */
export const inEveryLanguage: readonly Messages[] = Object.entries({ en, de, es, ja, zh }).map(
  ([language, catalog]) => new I18n<typeof en>(language, catalog),
);
