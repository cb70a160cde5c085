import { main } from '../../assets/locales/en/main.ts';
import { pages } from '../../assets/locales/en/pages.ts';
import { windowMessages } from '../../assets/locales/en/window.ts';
import { I18n } from '../../main/i18n/i18n.ts';
import type { MessageKey } from '../../main/i18n/messages.ts';
import { formsOf } from './catalogs.ts';
import { english } from './messages.ts';

/**
 * Texts as the app shows them in English, by key: tests that must find a rendered text use these,
 * so that new wording breaks no test.
 */

/** A text of the main process: menu, notifications, questions, failures. */
export const text = english.t;

/** A text of the window. */
export const windowText = new I18n<typeof windowMessages>('en', windowMessages).t;

/** A text of a share page. */
export const pageText = new I18n<typeof pages>('en', pages).t;

/**
 * Matches these messages of the main process, one after the other and nothing else.
 * @param values of placeholders; any value matches where none is given
 */
export function textPattern(
  keys: MessageKey | readonly MessageKey[],
  values: Readonly<Record<string, string | number>> = {},
): RegExp {
  const messages = [keys].flat().map(
    (key) =>
      `(?:${formsOf(main[key])
        .map((form) => formPattern(form, values))
        .join('|')})`,
  );
  return new RegExp(`^${messages.join(' ')}$`, 'su');
}

const formPattern = (form: string, values: Readonly<Record<string, string | number>>): string =>
  form
    .split(/(\{\w+\})/)
    .map((part, index) => {
      if (index % 2 === 0) return escaped(part);
      const value = values[part.slice(1, -1)];
      return value === undefined ? '.+' : escaped(String(value));
    })
    .join('');

const escaped = (literal: string): string => literal.replace(/[.?*()[\]{}+^$|\\/-]/g, '\\$&');
