import type { Translation } from '../../../main/i18n/catalog.ts';
import type { keys as en } from '../en/keys.ts';

export const keys: Translation<typeof en> = {
  keyCtrl: 'Ctrl',
  keyShift: 'Mayús',
  keyEnter: 'Intro',
  keySpace: 'Espacio',
  keyBackspace: 'Retroceso',
  keyDelete: 'Supr',
  keyInsert: 'Insert',
  keyHome: 'Inicio',
  keyEnd: 'Fin',
  keyPageUp: 'Re Pág',
  keyPageDown: 'Av Pág',
  keyPrintScreen: 'Impr Pant',
};
