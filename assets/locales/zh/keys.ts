import type { Translation } from '../../../main/i18n/catalog.ts';
import type { keys as en } from '../en/keys.ts';

export const keys: Translation<typeof en> = {
  keyCtrl: 'Ctrl',
  keyShift: 'Shift',
  keyEnter: 'Enter',
  keySpace: '空格',
  keyBackspace: 'Backspace',
  keyDelete: 'Del',
  keyInsert: 'Insert',
  keyHome: 'Home',
  keyEnd: 'End',
  keyPageUp: 'Page Up',
  keyPageDown: 'Page Down',
  keyPrintScreen: 'Print Screen',
};
