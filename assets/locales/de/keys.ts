import type { Translation } from '../../../main/i18n/catalog.ts';
import type { keys as en } from '../en/keys.ts';

export const keys: Translation<typeof en> = {
  keyCtrl: 'Strg',
  keyShift: 'Umschalt',
  keyEnter: 'Enter',
  keySpace: 'Leertaste',
  keyBackspace: 'Rücktaste',
  keyDelete: 'Entf',
  keyInsert: 'Einfg',
  keyHome: 'Pos1',
  keyEnd: 'Ende',
  keyPageUp: 'Bild auf',
  keyPageDown: 'Bild ab',
  keyPrintScreen: 'Druck',
};
