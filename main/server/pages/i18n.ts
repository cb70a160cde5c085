import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';
import { pages as de } from '../../../assets/locales/de/pages.ts';
import { pages as en } from '../../../assets/locales/en/pages.ts';
import { pages as es } from '../../../assets/locales/es/pages.ts';
import { pages as ja } from '../../../assets/locales/ja/pages.ts';
import { pages as zh } from '../../../assets/locales/zh/pages.ts';
import { I18n, LANGUAGES } from '../../i18n/i18n.ts';

/** Messages of the share pages. */
export type PageMessages = I18n<typeof en>;

const CATALOGS = { en, de, es, ja, zh };

const BY_LANGUAGE: ReadonlyMap<string, PageMessages> = new Map(
  LANGUAGES.map((language) => [language, new I18n<typeof en>(language, CATALOGS[language])]),
);

export const english: PageMessages = new I18n<typeof en>('en', en);

/** Browsers send few different headers, one with each request. */
const chosen = new LRUCache<string, PageMessages>({ max: 100 });

/** The messages in the language that the browser asks for (RFC 9110, 12.5.4); else English. */
export function messagesFor(acceptLanguage: string | undefined): PageMessages {
  // No browser sends more, and a longer one would only cost time.
  if (acceptLanguage === undefined || acceptLanguage.length > 500) return english;
  const known = chosen.get(acceptLanguage);
  if (known !== undefined) return known;
  const wanted = new Negotiator({ headers: { 'accept-language': acceptLanguage } });
  const messages = BY_LANGUAGE.get(wanted.language([...LANGUAGES]) ?? 'en') ?? english;
  chosen.set(acceptLanguage, messages);
  return messages;
}

/** How long a link still works, in the unit that fits; the last minute counts as one. */
export function expiryText(messages: PageMessages, leftMs: number): string {
  const minutes = Math.max(1, Math.ceil(leftMs / 60_000));
  if (minutes < 100) return messages.t('expiresInMinutes', { count: minutes });
  const hours = Math.round(minutes / 60);
  if (hours < 48) return messages.t('expiresInHours', { count: hours });
  return messages.t('expiresInDays', { count: Math.round(hours / 24) });
}
