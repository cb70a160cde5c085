import type { Translation } from '../../../main/i18n/catalog.ts';
import type { pieces as en } from '../en/pieces.ts';

export const pieces: Translation<typeof en> = {
  doUseName: '„{name}“ nehmen',
  doGetPieces: 'Pieces OS holen',
  piecesIs: 'Pieces OS: {detail}',
  piecesLooking: 'Wird gesucht',
  piecesNotRunning: 'Läuft nicht',
  piecesUnproven: 'Läuft unter anderem Benutzer',
  piecesNotAnswering: 'Antwortet nicht brauchbar',
  piecesSignedOut: 'Niemand ist angemeldet',
  piecesCloudOff: 'Cloud nicht verbunden',
  piecesCloudStarting: 'Cloud startet',
  piecesOutOfDate: 'Zu alt für Links',
  unprovenTitle: 'Pieces OS eines anderen Benutzers',
  unproven:
    'Ein anderer Benutzer dieses Computers antwortet als Pieces OS. Dorthin geht nichts, bis du entscheidest.',
  unprovenAsk:
    'Benutzer {uid} dieses Computers antwortet auf Port {port} als Pieces OS. Dorthin wurde nichts gesendet. Nimm ihn nur, wenn du ihn selbst unter einem anderen Konto gestartet hast.',
  unprovenAskUnknown:
    'Auf Port {port} antwortet etwas als Pieces OS, und das System sagt nicht, wem es gehört. Dorthin wurde nichts gesendet. Nimm es, wenn bei dir Pieces OS läuft.',
  foreignTitle: 'Server eines anderen Benutzers',
  foreign:
    'An der Adresse deines Servers antwortet die App eines anderen Benutzers. Dorthin wurde nichts gesendet.',
  foreignAsk:
    'Am Port {port} deines Servers antwortet eine App von Benutzer {uid}. Dorthin wurde nichts gesendet. Nimm sie nur, wenn du sie unter einem anderen Konto gestartet hast.',
  foreignAskUnknown:
    'Am Port {port} deines Servers antwortet etwas, und das System sagt nicht, wem es gehört. Dorthin wurde nichts gesendet. Nimm es nur, wenn du es kennst.',
  unprovenYes: 'Benutzen',
  unprovenNo: 'Nicht benutzen',
  doStopWaiting: 'Abbrechen',
  waitSince: '{what} ({time})',
  waitPercent: '{what} ({percent})',
  waitSignIn: 'Melde dich im Browser an',
  waitCloud: 'Cloud wird verbunden',
  waitGitHub: 'Verbinde GitHub im Browser',
  waitStart: 'Pieces OS startet',
  waitUpdate: 'Pieces OS wird aktualisiert',
  updateFoundTitle: 'Update von Pieces OS',
  updateUnknown:
    'Pieces OS sagt nicht, ob es ein Update gibt. Sieh in Pieces selbst nach, oder nimm den eingebauten Dienst.',
  updateNone: 'Es gibt noch kein neueres Pieces OS. Nimm solange den eingebauten Dienst.',
  updateGoesOn: 'Pieces OS lädt sein Update noch herunter. Sieh gleich noch einmal nach.',
  updateReady: 'Das Update ist geladen. Starte Pieces OS neu, und versuche es noch einmal.',
  updateReinstall:
    'Dieses Pieces OS kann sich nicht selbst aktualisieren. Installiere es von pieces.app neu.',
  updateSupport:
    'Pieces OS kann sich nicht aktualisieren und verweist auf seinen Support. Nimm solange den eingebauten Dienst.',
  menuTest: 'Link testen',
  stillOpensTitle: 'Ein widerrufener Link öffnet sich noch',
  stillOpens:
    '{title} wurde widerrufen, aber der Link öffnet sich noch. Widerrufe ihn noch einmal, oder frag, wer den Dienst betreibt.',
  testedOpensTitle: 'Der Link öffnet sich',
  testedOpens: '{title} lässt sich mit dem Link öffnen.',
  testedDeadTitle: 'Der Link öffnet sich nicht',
  testedDead: 'Der Dienst sagt, dass {title} weg ist. Teile es noch einmal.',
  testedUnknownTitle: 'Der Link ließ sich nicht testen',
  testedUnknown: '{title} gab von hier keine klare Antwort. Öffne den Link, um selbst nachzusehen.',
  itemsDeleted: {
    one: '{count} Element wurde dort gelöscht.',
    other: '{count} Elemente wurden dort gelöscht.',
  },
};
