import type { Translation } from '../../../main/i18n/catalog.ts';
import type { pieces as en } from '../en/pieces.ts';

export const pieces: Translation<typeof en> = {
  doUseName: '„{name}“ verwenden',
  doGetPieces: 'Pieces OS laden',
  piecesIs: 'Pieces OS: {detail}',
  piecesSearching: 'Wird gesucht …',
  piecesNotRunning: 'Läuft nicht',
  piecesUnverified: 'Von anderem Benutzer gestartet',
  piecesNotResponding: 'Antwortet nicht',
  piecesSignedOut: 'Nicht angemeldet',
  piecesCloudOff: 'Cloud nicht verbunden',
  piecesCloudStarting: 'Cloud wird gestartet …',
  piecesOutOfDate: 'Update erforderlich',
  unverifiedTitle: 'Pieces OS eines anderen Benutzers',
  unverified: 'Es wird nichts an Pieces OS gesendet, bis du entscheidest.',
  unverifiedAsk:
    'Pieces OS an Port {port} wurde von Benutzer {uid} gestartet, daher wurde nichts gesendet. Verwende es nur, wenn du das mit einem anderen Konto bist.',
  unverifiedAskUnknown:
    'Wem Pieces OS an Port {port} gehört, ist unbekannt, daher wurde nichts gesendet. Verwende es nur, wenn du Pieces OS nutzt.',
  foreignTitle: 'Server eines anderen Benutzers',
  foreign:
    'Die App eines anderen Benutzers verwendet die Adresse deines Servers. Es wurde nichts gesendet.',
  foreignAsk:
    'Die App an Port {port} deines Servers wurde von Benutzer {uid} gestartet, daher wurde nichts gesendet. Verwende sie nur, wenn du das mit einem anderen Konto bist.',
  foreignAskUnknown:
    'Wem die App an Port {port} deines Servers gehört, ist unbekannt, daher wurde nichts gesendet. Verwende sie nur, wenn du ihr vertraust.',
  unverifiedYes: 'Verwenden',
  unverifiedNo: 'Nicht verwenden',
  doStopWaiting: 'Abbrechen',
  waitSince: '{what} ({time})',
  waitPercent: '{what} ({percent})',
  waitSignIn: 'Melde dich im Browser an',
  waitCloud: 'Cloud wird verbunden …',
  waitGitHub: 'Verbinde GitHub im Browser',
  waitStart: 'Pieces OS wird gestartet …',
  waitUpdate: 'Pieces OS wird aktualisiert …',
  updateFoundTitle: 'Update für Pieces OS',
  updateUnknown:
    'Pieces OS meldet keine Updates. Sieh in Pieces nach oder teile über diesen Computer.',
  updateNone: 'Es gibt noch kein neueres Pieces OS. Teile solange über diesen Computer.',
  updateGoesOn: 'Pieces OS lädt gerade ein Update. Sieh gleich noch einmal nach.',
  updateReady: 'Starte Pieces OS neu, um das Update abzuschließen, und versuche es erneut.',
  updateReinstall:
    'Dieses Pieces OS kann sich nicht selbst aktualisieren. Installiere es von pieces.app neu.',
  updateSupport:
    'Pieces OS kann sich nicht selbst aktualisieren. Wende dich an den Support von Pieces oder teile solange über diesen Computer.',
  menuTest: 'Link prüfen',
  stillOpensTitle: 'Widerrufener Link funktioniert noch',
  stillOpens:
    '„{title}“ wurde widerrufen, lässt sich aber noch öffnen. Widerrufe den Link erneut oder wende dich an den Betreiber des Dienstes.',
  testedOpensTitle: 'Link funktioniert',
  testedOpens: 'Alle, die den Link haben, können „{title}“ öffnen.',
  testedDeadTitle: 'Link funktioniert nicht',
  testedDead: '„{title}“ ist beim Dienst nicht mehr vorhanden. Teile den Inhalt erneut.',
  testedUnknownTitle: 'Link konnte nicht geprüft werden',
  testedUnknown:
    'Linkify Tray konnte nicht feststellen, ob „{title}“ funktioniert. Öffne den Link, um es zu prüfen.',
  itemsDeleted: {
    one: '{count} Element wurde beim Dienst gelöscht.',
    other: '{count} Elemente wurden beim Dienst gelöscht.',
  },
};
