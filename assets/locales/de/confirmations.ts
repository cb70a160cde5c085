import type { Translation } from '../../../main/i18n/catalog.ts';
import type { confirmations as en } from '../en/confirmations.ts';

export const confirmations: Translation<typeof en> = {
  confirmNo: 'Abbrechen',
  confirmShare: 'Teilen',
  confirmChange: 'Diese Einstellungen ändern?',
  confirmChangeYes: 'Ändern',
  confirmImport: 'Diese Einstellungen importieren?',
  confirmImportYes: 'Importieren',
  confirmReset: 'Alle Einstellungen zurücksetzen?',
  confirmResetDetail:
    'Alle Einstellungen erhalten ihre Standardwerte, und das Zugriffstoken wird gelöscht. Deine Links bleiben.',
  confirmResetYes: 'Zurücksetzen',
  consentAutomatic:
    'Neue Links werden von Pieces OS erstellt, wenn es läuft, sonst von diesem Computer.',
  consentPieces: 'Neue Links werden von Pieces OS erstellt. Was du teilst, wird dorthin gesendet.',
  consentBuiltIn: 'Neue Links werden von diesem Computer erstellt.',
  consentCustom: 'Neue Links werden von {url} erstellt. Was du teilst, wird dorthin gesendet.',
  consentToken: 'Für {url} wird ein anderes Zugriffstoken verwendet.',
  consentShareImages: 'Bilder werden geteilt, sobald du sie kopierst.',
  consentShareFiles: 'Bilder und Dateien werden geteilt, sobald du sie kopierst.',
  consentShareEverything: 'Alles wird geteilt, sobald du es kopierst.',
  consentShareAsked: 'Geteilt wird nur auf deinen Wunsch.',
  consentNotified: 'Du wirst über neue Links benachrichtigt.',
  consentSilent: 'Du wirst nicht über neue Links benachrichtigt.',
  consentNetwork: 'Andere Geräte in deinem Netzwerk können deine Links öffnen.',
  consentThisComputer: 'Nur dieser Computer kann deine Links öffnen.',
  consentLocation: 'Fotos und Videos werden ohne Nachfrage mit ihren Standortdaten geteilt.',
  consentFallback:
    'Ist der Link-Dienst nicht verfügbar, erstellt dieser Computer Links ohne Nachfrage.',
  consentWatching: 'Linkify Tray liest, was du kopierst.',
  confirmFiles: { one: 'Diese Datei teilen?', other: 'Diese {count} Dateien teilen?' },
  confirmText: 'Diesen Text teilen?',
  confirmTextOrigin: {
    one: 'Eine andere App oder eine Webseite möchte {count} Zeichen teilen:',
    other: 'Eine andere App oder eine Webseite möchte {count} Zeichen teilen:',
  },
};
