import type { Translation } from '../../../main/i18n/catalog.ts';
import type { failures as en } from '../en/failures.ts';

export const failures: Translation<typeof en> = {
  doRetry: 'Erneut versuchen',
  doShareAgain: 'Erneut teilen',
  doShowStorage: 'Speicher verwalten',
  doUseBuiltIn: 'Diesen Computer nutzen',
  doStartPieces: 'Pieces OS starten',
  doChooseService: 'Einstellungen öffnen',
  doUpdate: 'Nach Updates suchen',
  doSignIn: 'Anmelden',
  doConnectCloud: 'Cloud verbinden',
  doConnectGitHub: 'GitHub verbinden',
  doChooseShortcut: 'Tastenkürzel ändern',
  doChooseName: 'Anderen Namen wählen',
  doDecide: 'Prüfen',
  doRevoke: 'Link widerrufen',
  doDismiss: 'OK',

  theBuiltIn: 'Der integrierte Server',
  mayExist:
    'Möglicherweise wurde der Link trotzdem erstellt. Sieh in deiner Liste nach, bevor du es erneut versuchst.',
  mayExistPending:
    'Möglicherweise wurde der Link trotzdem erstellt. Linkify Tray prüft das, bevor es erneut sendet.',
  notSharedYet: 'Es wurde noch nichts geteilt.',
  notRevokedTitle: 'Link nicht widerrufen',
  notRevoked: '{why}. Der Link funktioniert möglicherweise noch.',
  nothingSharedRetry: 'Es wurde nichts geteilt. Versuche es erneut.',
  nothingSharedChoose: 'Es wurde nichts geteilt. Wähle einen anderen Dienst.',
  orUseBuiltIn: 'Oder teile stattdessen über diesen Computer.',
  updateIfAgain: 'Wenn das öfter passiert, suche nach Updates.',
  retryThenUpdate: 'Versuche es erneut oder suche nach Updates, wenn das öfter passiert.',
  retryInAMoment: 'Versuche es gleich noch einmal.',
  revokeStray: 'Der Link existiert beim Dienst, wurde aber nicht kopiert. Widerrufe ihn.',
  shareSmaller: 'Teile etwas Kleineres.',
  useBuiltInOrSmaller: 'Teile über diesen Computer oder teile etwas Kleineres.',
  pleaseReport: 'Bitte melde dieses Problem.',
  useAnother: 'Teile über diesen Computer oder wähle einen anderen Dienst.',
  fixInSettings: 'Korrigiere sie in den Einstellungen.',

  addressTitle: 'Ungültige Serveradresse',
  addressNotAUrl: 'Die Serveradresse ist keine gültige URL.',
  addressPlainHttp:
    'Die Serveradresse muss mit https beginnen. Einfaches http funktioniert nur auf diesem Computer.',
  addressCredentials:
    'Die Serveradresse darf weder einen Benutzernamen noch ein Passwort enthalten.',
  addressUnusable:
    '„{address}“ kann nicht verwendet werden. Gib in den Einstellungen eine https-URL ein oder eine http-URL auf diesem Computer.',

  piecesDownTitle: 'Pieces OS läuft nicht',
  piecesDown: 'Keine Antwort von {url}. Starte Pieces OS oder teile über diesen Computer.',
  builtInDownTitle: 'Integrierter Server läuft nicht',
  builtInDown: 'Keine Antwort von {url}. Versuche es erneut, um ihn neu zu starten.',
  customDownTitle: 'Server nicht erreichbar',
  customDown: 'Keine Antwort von {url}. Starte den Server oder teile über diesen Computer.',
  timedOutTitle: 'Zeitüberschreitung beim Dienst',
  timedOut: '{service} hat nicht rechtzeitig geantwortet.',
  lostTitle: 'Verbindung unterbrochen',
  lost: '{service} hat die Verbindung getrennt.',
  certificateTitle: 'Server nicht überprüfbar',
  certificate:
    'Das Zertifikat von {url} ist ungültig, daher wurde nichts gesendet. Frage beim Betreiber nach oder teile über diesen Computer.',
  notReadyTitle: 'Dienst nicht verfügbar',
  notReady: '{service} ist vorübergehend nicht verfügbar.',

  signInTitle: 'Zum Teilen anmelden',
  signIn: '{service} erfordert eine Anmeldung. Danach wird das Teilen fortgesetzt.',
  gitHubTitle: 'GitHub verbinden',
  gitHub:
    '{service} benötigt dafür dein GitHub-Konto. Sobald es verbunden ist, wird das Teilen fortgesetzt.',
  piecesTokenTitle: 'Pieces OS hat die Verbindung abgelehnt',
  piecesToken: 'Melde dich erneut bei Pieces OS an.',
  tokenTitle: 'Ungültiges Zugriffstoken',
  token: '{service} hat das Zugriffstoken abgelehnt. Prüfe es in den Einstellungen.',
  cloudNeverTitle: 'Pieces-Cloud verbinden',
  cloudNever: 'Pieces OS erstellt Links in deiner Pieces-Cloud. Verbinde sie, um zu teilen.',
  cloudDisconnectedTitle: 'Pieces-Cloud getrennt',
  cloudDisconnected: 'Verbinde deine Pieces-Cloud wieder, um zu teilen.',
  cloudFailedTitle: 'Verbindung zur Pieces-Cloud fehlgeschlagen',
  cloudFailed: 'Versuche erneut, sie zu verbinden.',
  cloudPendingTitle: 'Pieces-Cloud wird gestartet',
  cloudPending: 'Das kann eine Minute dauern.',
  cloudUnknownTitle: 'Pieces-Cloud nicht bereit',
  cloudUnknown: 'Pieces OS meldet keinen Status der Cloud. Verbinde sie erneut.',
  cloudRefusedTitle: 'Von der Pieces-Cloud abgelehnt',
  cloudRunning: 'Deine Pieces-Cloud läuft, hat den Inhalt aber nicht angenommen. Verbinde sie neu.',
  cloudSucceeded:
    'Deine Pieces-Cloud ist verbunden, hat den Inhalt aber nicht angenommen. Verbinde sie neu.',

  piecesOldTitle: 'Pieces OS aktualisieren',
  oldTitle: 'Dienst muss aktualisiert werden',
  old: '{service} ist zu alt, um Links zu erstellen. Suche nach Updates oder teile über diesen Computer.',
  tooLargeTitle: 'Zu groß zum Teilen',
  tooLargeBoth: '{service} akzeptiert höchstens {limit}. Dieser Inhalt hat {size}.',
  tooLargeLimit: '{service} akzeptiert höchstens {limit}. Dieser Inhalt ist größer.',
  tooLargeSize: '{service} akzeptiert keine {size}.',
  tooLargeBefore:
    '{service} hat schon {limit} abgelehnt, und dieser Inhalt hat {size}. Es wurde nichts gesendet.',
  tooLarge: '{service} akzeptiert keine so großen Inhalte.',
  nameTakenTitle: 'Name bereits vergeben',
  nameTaken: 'Eine Sammlung namens „{name}“ gibt es bereits. Wähle einen anderen Namen.',
  uploadingTitle: 'Upload läuft noch',
  uploading: '{service} hat den Upload noch nicht abgeschlossen. Versuche es gleich noch einmal.',
  goneTitle: 'Beim Dienst nicht mehr vorhanden',
  gone: '{service} hat diesen Inhalt nicht mehr. Teile ihn erneut.',
  rateTitle: 'Zu viele Anfragen',
  rate: '{service} nimmt in {wait} wieder Anfragen an.',
  rateUntil: '{service} nimmt ab {time} Uhr wieder Anfragen an.',
  fullTitle: 'Speicher voll',
  full: '{service} hat keinen Speicherplatz mehr. Widerrufe Links, die du nicht brauchst, und versuche es erneut.',
  errorTitle: 'Fehler beim Dienst',
  error: '{service} hat einen Fehler gemeldet ({status}).',
  rejectedTitle: 'Anfrage abgelehnt',
  rejected: '{service} hat die Anfrage abgelehnt ({status}).',
  cancelledTitle: 'Abgebrochen',
  cancelled: 'Es wurde nichts geteilt. Deine Zwischenablage ist unverändert.',

  unreadableResponseTitle: 'Unerwartete Antwort',
  responseNotJson: '{service} hat eine unlesbare Antwort gesendet.',
  responseIncomplete: '{service} hat eine unvollständige Antwort gesendet.',
  responseNoLinkTitle: 'Kein Link erhalten',
  responseNoLink: '{service} hat ohne Link geantwortet.',
  responseUnsafeLinkTitle: 'Unsicherer Link',
  responseUnsafeLink:
    '{service} hat einen Link gesendet, der nicht sicher ist. Er wurde daher nicht kopiert.',
  responseRedirectTitle: 'Unerwartete Weiterleitung',
  responseRedirect:
    '{service} hat auf eine andere Adresse weitergeleitet. Linkify Tray ist ihr nicht gefolgt.',
  notLinkifyTitle: 'Kein Linkify-Dienst',
  responseWebPage:
    '{service} hat mit einer Webseite geantwortet. Vielleicht ist es eine andere App, oder dein Netzwerk verlangt eine Anmeldung.',
  responseTooLongTitle: 'Antwort zu lang',
  responseTooLong: '{service} hat mehr Daten gesendet als erwartet.',
  responseStatusTitle: 'Unerwartete Antwort',
  responseStatus: '{service} hat weder einen Link noch einen Fehler gesendet.',
  responseNotLinkify:
    '{service} unterstützt die Linkify-API nicht. Vielleicht verwendet eine andere App diese Adresse.',
  responseNotHttp:
    '{service} antwortet nicht über HTTP. Vielleicht verwendet eine andere App diese Adresse.',

  nothingTitle: 'Nichts zu teilen',
  nothing: 'Deine Zwischenablage ist leer. Kopiere zuerst etwas.',
  unsupportedTitle: 'Inhalt kann nicht geteilt werden',
  unsupportedFormat: '„{format}“ wird nicht unterstützt. Kopiere Text, ein Bild oder Dateien.',
  unsupported: 'Kopiere stattdessen Text, ein Bild oder Dateien.',
  concealedTitle: 'Als vertraulich markiert',
  concealed:
    'Die App, aus der du kopiert hast, hat den Inhalt als vertraulich markiert. Linkify Tray hat ihn daher nicht gelesen.',
  fileTitle: 'Datei kann nicht gelesen werden',
  file: '„{name}“ wurde verschoben oder gelöscht, oder dir fehlt die Leseberechtigung. Kopiere die Datei erneut.',
  fileDamagedTitle: 'Datei war beschädigt',
  folderTooLargeTitle: 'Ordner zu groß',
  folderTooLarge:
    '„{name}“ hat mehr als 10.000 Dateien oder ist größer als 2 GB. Teile nur einen Teil davon.',
  folderEmptyTitle: 'Ordner ist leer',
  folderEmpty: '„{name}“ enthält keine Dateien zum Teilen.',
  quoted: '„{name}“',
  remoteFileTitle: 'Datei auf einem anderen Gerät',
  remoteFile:
    'Linkify Tray kann {names} auf {address} nicht lesen. Speichere eine Kopie auf diesem Computer und teile sie.',
  specialPipe:
    '„{name}“ ist eine benannte Pipe, keine Datei. Kopiere eine Datei oder einen Ordner.',
  specialSocket: '„{name}“ ist ein Socket, keine Datei. Kopiere eine Datei oder einen Ordner.',
  specialDevice: '„{name}“ ist ein Gerät, keine Datei. Kopiere eine Datei oder einen Ordner.',
  specialSystem: '„{name}“ ist ein Systemordner ohne eigene Dateien. Kopiere einen anderen Ordner.',
  specialDisk: '„{name}“ ist das gesamte Laufwerk. Kopiere einen seiner Ordner.',
  specialTitle: 'Kann nicht geteilt werden',
  someUnreadableTitle: 'Einige Elemente sind nicht lesbar',
  someUnreadable: 'Nicht lesbar: {names}. Es wurde noch nichts geteilt.',
  someUnreadableDecide:
    'Nicht lesbar: {names}. Wähle, was passieren soll, bevor etwas geteilt wird.',
  unreadableWithout: 'Den Rest teilen',
  moreFiles: { one: '{count} weitere', other: '{count} weitere' },
  contentChangedTitle: 'Datei wurde geändert',
  contentChanged:
    '„{name}“ wurde beim Lesen geändert, daher wurde nichts geteilt. Versuche es erneut.',
  tooManyTitle: 'Zu viele Elemente',
  tooMany: 'Du hast {count} Elemente kopiert. Du kannst höchstens {limit} auf einmal teilen.',
  busyTitle: 'Zwischenablage nicht verfügbar',
  busy: 'Die App, aus der du kopiert hast, hat nicht geantwortet. Kopiere den Inhalt erneut.',
  needsFocusTitle: 'Zum Teilen Linkify Tray öffnen',
  needsFocus:
    'Auf diesem Desktop darf nur die App im Vordergrund die Zwischenablage verwenden. Öffne Linkify Tray und teile dort.',
  needsFocusAsk: 'Zum Teilen Eingabetaste drücken',
  needsFocusWhy: 'Auf diesem Desktop darf nur das vorderste Fenster die Zwischenablage lesen.',
  notCopiedTitle: 'Link nicht kopiert',
  notCopied:
    'Der Link wurde erstellt, aber die Zwischenablage ist belegt. Kopiere ihn noch einmal.',
  notCopiedNeedsFocus:
    'Der Link wurde erstellt, aber auf diesem Desktop darf nur die App im Vordergrund die Zwischenablage verwenden. Öffne Linkify Tray, um ihn zu kopieren.',

  optionsNotAppliedTitle: 'Link-Optionen nicht unterstützt',
  optionsNotApplied:
    '{service} unterstützt kein Ablaufdatum, keine Einmal-Links, keine maximalen Aufrufe und keine Passwörter, daher wurde nichts geteilt. Teile stattdessen über diesen Computer.',
  onceTitle: 'Nur ein Element pro Einmal-Link',
  once: 'Teile die Elemente einzeln oder vergib stattdessen ein Passwort.',

  alreadyTitle: 'Es wird bereits geteilt',
  already: 'Warte, bis das Teilen abgeschlossen ist, oder brich es ab.',
  unknownLinkTitle: 'Link nicht gefunden',
  unknownLink: 'Dieser Link ist nicht mehr unter deinen letzten Links.',
  unknownQuestionTitle: 'Bereits erledigt',
  unknownQuestion: 'Teile erneut, wenn du noch einen Link möchtest.',
  maximumTitle: 'Maximum zu niedrig',
  maximum: 'Der Link wurde schon so oft geöffnet. Wähle ein höheres Maximum.',
  linkInactiveTitle: 'Link nicht mehr aktiv',
  linkInactive:
    'Seine Optionen lassen sich nicht ändern. Teile den Inhalt erneut, um einen neuen Link zu erhalten.',
  linkActiveTitle: 'Link ist noch aktiv',
  linkActive: 'Widerrufe ihn, bevor du ihn aus der Liste entfernst.',
  shortcutTitle: 'Tastenkürzel nicht verfügbar',
  shortcut: '{accelerator} wird von einer anderen App verwendet. Wähle ein anderes Tastenkürzel.',
  shortcutUnusableTitle: 'Tastenkürzel nicht möglich',
  shortcutUnusable: '{accelerator} ist als Tastenkürzel nicht möglich. Wähle ein anderes.',
  shortcutDeniedTitle: 'Keine Tasten zugewiesen',
  shortcutDenied:
    'Dein Desktop hat Linkify Tray {accelerator} nicht zugewiesen. Wähle in den Einstellungen Tasten.',
  keyboardSettingsTitle: 'Tastatureinstellungen nicht geändert',
  keyboardSettings:
    'GNOME hat die Änderung abgelehnt. Füge das Tastenkürzel selbst in den Tastatureinstellungen hinzu.',
  settingsInvalidTitle: 'Einige Einstellungen wurden zurückgesetzt',
  settingsInvalidAs:
    'settings.json enthielt ungültige Werte für {names}. Die ursprüngliche Datei wurde als {backupName} gespeichert.',
  settingsInvalid: 'settings.json enthielt ungültige Werte für {names}.',
  settingsForeignTitle: 'Prüfe diese Einstellungen',
  settingsForeign:
    'settings.json war schon vor dem ersten Start vorhanden. Automatisches Teilen ist daher aus, und Benachrichtigungen sind an. Prüfe den Link-Dienst.',
  newerTitle: 'Von einer neueren Version gespeichert',
  settingsNewer:
    'Geänderte Einstellungen werden erst gespeichert, wenn du Linkify Tray aktualisierst.',
  linksPortTitle: 'Frühere Links sind offline',
  linksPort:
    'Eine andere App verwendet Port {port}, daher öffnen sich frühere Links nicht. Beende diese App oder kopiere die Links neu.',
  startTitle: 'Integrierter Server nicht gestartet',
  startPort:
    'Eine andere App verwendet den Port des Servers. Beende diese App und versuche es erneut.',
  startFolder:
    'Linkify Tray kann nicht in seinen Ordner schreiben. Prüfe Speicherplatz und Zugriffsrechte und versuche es erneut.',
  startToken:
    'Andere Benutzer dieses Computers können die Token-Datei des Servers lesen. Schütze oder lösche sie und versuche es erneut.',
  startOther: 'Versuche es erneut. Wenn das öfter passiert, starte Linkify Tray neu.',
  setAsideAs: '{file} wurde in {backupName} umbenannt und eine neue Datei angelegt.',
  setAside: '{file} wurde beiseitegelegt und eine neue Datei angelegt.',
  linksNotSavedTitle: 'Letzte Links nicht gespeichert',
  settingsNotSavedTitle: 'Einstellungen nicht gespeichert',
  notSaved:
    'Dein Laufwerk ist möglicherweise voll oder schreibgeschützt. Linkify Tray versucht es bei der nächsten Änderung erneut.',
  linksFullTitle: 'Zu viele aktive Links',
  linksFull: 'Du hast {limit} aktive Links. Widerrufe einige, die du nicht brauchst.',
  tokenLostTitle: 'Zugriffstoken verloren',
  tokenLost:
    'Das Token konnte nicht entschlüsselt werden, meist weil sich der Schlüsselbund des Systems geändert hat. Gib es in den Einstellungen erneut ein.',
  settingsFileTitle: 'Keine Einstellungsdatei',
  settingsFile: '„{name}“ ist keine Einstellungsdatei von Linkify Tray oder ist beschädigt.',
  notExportedTitle: 'Einstellungen nicht exportiert',
  notExported:
    'Dein Laufwerk ist möglicherweise voll oder schreibgeschützt. Wähle einen anderen Ort für „{name}“.',
  loginTitle: '„Beim Anmelden starten“ nicht geändert',
  login: 'Ändere das stattdessen in den Systemeinstellungen.',
  internalTitle: 'Etwas ist schiefgelaufen',
  internal:
    'Deine Zwischenablage ist unverändert. Versuche es erneut und melde das Problem, wenn es öfter auftritt.',
};
