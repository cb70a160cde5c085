import { en } from '../../main/i18n/en.ts';
import { createWords } from '../../main/i18n/messages.ts';

/** What the app says where nothing else is chosen. */
export const english = createWords('en', en);
