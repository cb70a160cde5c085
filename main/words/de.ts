import { adviceDe } from './advice/de.ts';
import type { Catalogue } from './catalogue.ts';

export const de: Catalogue = {
  ...adviceDe,

  appName: 'Linkify Tray',

  menuOpen: 'Linkify Tray öffnen',
  menuShare: 'Zwischenablage teilen',
  menuShareWhat: 'Zwischenablage teilen ({what})',
  menuSharing: '{what} wird geteilt …',
  menuRecent: 'Letzte Links',
  menuNoLinks: 'Noch keine Links',
  menuRevoked: '{title} (widerrufen)',
  menuCopy: 'Link kopieren',
  menuOpenLink: 'Im Browser öffnen',
  menuRevoke: 'Widerrufen',
  menuPause: 'Verfolgen anhalten',
  menuPreferences: 'Einstellungen …',
  menuQuit: 'Linkify Tray beenden',
  serviceIs: '{name}: {detail}',
  tipSharing: 'Linkify Tray: {what} wird geteilt',
  tipSharingDone: 'Linkify Tray: {what} wird geteilt, {percent}',
  tipProblem: 'Linkify Tray: {title}',

  thisComputer: 'Dieser Computer',
  ready: 'Bereit',

  clipText: { one: 'Text, {count} Zeichen', other: 'Text, {count} Zeichen' },
  clipImage: 'Bild',
  clipImageSize: 'Bild {width}x{height}',
  clipFiles: { one: '{count} Datei', other: '{count} Dateien' },
  clipEmpty: 'Nichts kopiert',
  clipUnsupported: 'Etwas, das sich nicht teilen lässt',
  clipConcealed: 'Von seinem Besitzer als geheim markiert',
  clipSomeText: 'Text',
  clipSomeFiles: 'Dateien',
  texts: { one: '{count} Text', other: '{count} Texte' },
  fileWithoutName: 'Datei',
  andMore: '{name} und {count} weitere',

  linkCopied: 'Link kopiert',
  linkReady: 'Link bereit',
  sharedWhat: '{what}: {title}',
  clipboardLeftAlone:
    '{what}. Du hast inzwischen etwas anderes kopiert, darum blieb die Zwischenablage, wie sie ist. Klicke, um den Link zu kopieren.',
  linkRevoked: 'Link widerrufen',
  cannotBeOpened: '{title} lässt sich nicht mehr öffnen.',
  opensIn: {
    one: 'Er öffnet sich in {count} Sekunde. Bis dahin rückgängig gemacht, hat ihn niemand gesehen.',
    other:
      'Er öffnet sich in {count} Sekunden. Bis dahin rückgängig gemacht, hat ihn niemand gesehen.',
  },
  undo: 'Rückgängig',
  copy: 'Kopieren',
  open: 'Öffnen',

  secretTitle: 'Das sieht nach einem Geheimnis aus',
  secretFound: 'Darin steht anscheinend: {finds}. Noch wurde nichts geteilt.',
  secretDecide:
    'Darin steht anscheinend: {finds}. Noch wurde nichts geteilt. Entscheide, was damit geschehen soll.',
  secretMasked: 'Teilen und es verbergen',
  secretDiscard: 'Nicht teilen',
  secretAnyway: 'Trotzdem teilen',
  secretRemember: 'Bei dieser Art nicht mehr fragen',
  findMore: { one: '{count} weiterer Fund', other: '{count} weitere Funde' },
  findUnchecked: 'Text, der sich nicht prüfen ließ',
  findPassword: 'ein Passwort',
  findUrlPassword: 'ein Passwort in einer Webadresse',
  findDatabasePassword: 'ein Datenbankpasswort',
  findPrivateKey: 'ein privater Schlüssel',
  findToken: 'ein Token ({name})',
  findKey: 'ein Schlüssel ({name})',
  findThing: '{name}',
};
