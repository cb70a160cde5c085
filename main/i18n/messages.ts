import type { main as en } from '../../assets/locales/en/main.ts';
import type { TextKeyOf } from './catalog.ts';
import type { I18n } from './i18n.ts';

/** Messages of the main process: tray, notifications, questions, failures. */
export type Messages = I18n<typeof en>;

export type MessageKey = keyof typeof en;

/** Keys of the messages that need no values. */
export type TextKey = TextKeyOf<typeof en>;
