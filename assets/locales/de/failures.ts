import type { Translation } from '../../../main/i18n/catalog.ts';
import type { failures as en } from '../en/failures.ts';

export const failures: Translation<typeof en> = {
  doRetry: 'Erneut versuchen',
  doShareAgain: 'Erneut teilen',
  doShowStorage: 'Zeigen, was ihn füllt',
  doUseBuiltIn: 'Eingebauter Dienst',
  doStartPieces: 'Pieces starten',
  doChooseService: 'Dienst wählen',
  doUpdate: 'Nach Update suchen',
  doSignIn: 'Anmelden',
  doConnectCloud: 'Cloud verbinden',
  doConnectGitHub: 'GitHub verbinden',
  doChooseShortcut: 'Tasten wählen',
  doChooseName: 'Anderen Namen wählen',
  doDecide: 'Entscheiden',
  doRevoke: 'Widerrufen',
  doDismiss: 'OK',

  theBuiltIn: 'Der eingebaute Dienst',
  mayExist:
    'Vielleicht ist der Link trotzdem entstanden: Sieh nach, bevor du es noch einmal versuchst.',
  mayExistKept:
    'Der Link ist vielleicht trotzdem entstanden: das wird nachgesehen, bevor etwas noch einmal gesendet wird.',
  notSharedYet: 'Noch wurde nichts geteilt.',
  notRevokedTitle: 'Der Link ist noch nicht widerrufen',
  notRevoked: '{why}. Der Link öffnet sich vielleicht noch.',
  nothingSharedRetry: 'Nichts wurde geteilt. Versuche es noch einmal.',
  nothingSharedChoose: 'Nichts wurde geteilt. Wähle einen anderen Dienst.',
  orUseBuiltIn: 'Oder nimm den eingebauten Dienst, der keine Cloud braucht.',
  updateIfAgain: 'Wenn es wieder passiert, suche nach einem Update.',
  retryThenUpdate: 'Versuche es noch einmal; wenn es wieder passiert, suche nach einem Update.',
  retryInAMoment: 'Versuche es gleich noch einmal.',
  revokeStray: 'Widerrufe ihn: Er liegt beim Dienst, aber nicht in deiner Zwischenablage.',
  shareSmaller: 'Teile etwas Kleineres.',
  useBuiltInOrSmaller: 'Nimm den eingebauten Dienst, oder teile etwas Kleineres.',
  pleaseReport: 'Bitte melde das.',
  useAnother: 'Nimm den eingebauten Dienst oder einen anderen.',
  correctInPreferences: 'Berichtige sie in den Einstellungen.',

  addressTitle: 'Adresse nicht verwendbar',
  addressNotAUrl: 'Die Adresse des Dienstes ist keine Webadresse.',
  addressPlainHttp:
    'Die Adresse des Dienstes ist nicht verschlüsselt: http geht nur auf diesem Computer, sonst https.',
  addressCredentials: 'Die Adresse des Dienstes enthält einen Benutzernamen oder ein Passwort.',
  addressUnusable:
    '„{address}“ lässt sich nicht verwenden: https überall, http nur auf diesem Computer. Berichtige sie in den Einstellungen.',

  piecesDownTitle: 'Pieces OS läuft nicht',
  piecesDown: 'Unter {url} antwortet niemand. Starte Pieces, oder nimm den eingebauten Dienst.',
  builtInDownTitle: 'Der eingebaute Dienst läuft nicht',
  builtInDown:
    'Unter {url} antwortet niemand. Versuche es noch einmal: Er wird dann neu gestartet.',
  customDownTitle: 'Der Dienst läuft nicht',
  customDown: 'Unter {url} antwortet niemand. Starte den Dienst dort, oder nimm den eingebauten.',
  timedOutTitle: 'Der Dienst brauchte zu lange',
  timedOut: '{service} hat nicht rechtzeitig geantwortet.',
  lostTitle: 'Die Verbindung ist abgerissen',
  lost: '{service} hat die Verbindung abgebrochen.',
  certificateTitle: 'Diesem Server ist nicht zu trauen',
  certificate:
    'Das Zertifikat von {url} beweist nicht, dass es dieser Server ist; darum wurde nichts gesendet. Frage seinen Betreiber, oder nimm den eingebauten Dienst.',
  notReadyTitle: 'Der Dienst ist noch nicht bereit',
  notReady: '{service} ist hinter dieser Adresse gerade nicht zu erreichen.',

  signInTitle: 'Zum Teilen anmelden',
  signIn: '{service}: Niemand ist dort angemeldet. Melde dich an, dann geht es weiter.',
  gitHubTitle: 'Zuerst GitHub verbinden',
  gitHub: '{service} braucht dafür dein GitHub-Konto. Verbinde es, dann geht es weiter.',
  piecesTokenTitle: 'Pieces OS nimmt diese App nicht an',
  piecesToken: 'Pieces OS hat uns zweimal abgewiesen. Melde dich dort noch einmal an.',
  tokenTitle: 'Der Dienst will ein anderes Token',
  token: '{service} nimmt unser Token nicht an. Prüfe es in den Einstellungen.',
  cloudNeverTitle: 'Zum Teilen die Cloud verbinden',
  cloudNever:
    'Links macht deine Pieces-Cloud, und die war noch nie verbunden. Verbinde sie einmal.',
  cloudDisconnectedTitle: 'Deine Cloud ist getrennt',
  cloudDisconnected: 'Links macht deine Pieces-Cloud, und die ist getrennt. Verbinde sie.',
  cloudFailedTitle: 'Cloud nicht zu verbinden',
  cloudFailed: 'Pieces OS konnte deine Cloud nicht verbinden. Verbinde sie noch einmal.',
  cloudPendingTitle: 'Deine Cloud startet',
  cloudPending: 'Deine Pieces-Cloud startet noch. Warte auf sie.',
  cloudUnknownTitle: 'Deine Cloud ist nicht bereit',
  cloudUnknown: 'Pieces OS sagt nicht, wie es der Cloud geht. Verbinde sie noch einmal.',
  cloudRefusedTitle: 'Deine Cloud hat abgelehnt',
  cloudRunning: 'Deine Pieces-Cloud läuft, nahm es aber nicht an. Verbinde sie noch einmal.',
  cloudSucceeded:
    'Deine Pieces-Cloud ist verbunden, nahm es aber nicht an. Verbinde sie noch einmal.',

  piecesOldTitle: 'Pieces OS ist zu alt für Links',
  oldTitle: 'Der Dienst ist zu alt für Links',
  old: '{service} braucht ein Update, um Links zu machen. Suche danach, oder nimm den eingebauten Dienst.',
  tooLargeTitle: 'Zu groß zum Teilen',
  tooLargeBoth: '{service} nimmt höchstens {limit}, und dies sind {size}.',
  tooLargeLimit: '{service} nimmt höchstens {limit}, und dies ist mehr.',
  tooLargeSize: '{service} nimmt nicht so viel wie {size}.',
  tooLargeBefore:
    '{service} hat schon {limit} abgelehnt, und dies sind {size}. Nichts wurde gesendet.',
  tooLarge: '{service} nimmt nicht so viel auf einmal.',
  nameTakenTitle: 'Der Name ist vergeben',
  nameTaken: 'Es gibt schon eine Sammlung namens „{name}“. Wähle einen anderen Namen.',
  uploadingTitle: 'Wird noch hochgeladen',
  uploading:
    '{service} hat noch nicht alles hochgeladen, darum gibt es noch keinen Link. Versuche es gleich noch einmal.',
  goneTitle: 'Beim Dienst nicht mehr da',
  gone: '{service} kennt das nicht mehr. Teile es noch einmal.',
  rateTitle: 'Zu viele Anfragen',
  rate: '{service} bittet, {wait} zu warten.',
  rateUntil: '{service} bittet, bis {time} Uhr zu warten.',
  fullTitle: 'Beim Dienst ist kein Platz',
  full: '{service} hat keinen Platz mehr. Widerrufe Links, die niemand mehr braucht, und versuche es noch einmal.',
  errorTitle: 'Der Dienst hatte einen Fehler',
  error: '{service} ist gescheitert (Status {status}).',
  rejectedTitle: 'Der Dienst hat abgelehnt',
  rejected: '{service} hat die Anfrage abgelehnt (Status {status}) und täte es wieder.',
  cancelledTitle: 'Abgebrochen',
  cancelled: 'Das Teilen wurde angehalten. Deine Zwischenablage blieb, wie sie war.',

  unreadableAnswerTitle: 'Unlesbare Antwort',
  answerNotJson: '{service} gab eine Antwort, die sich nicht lesen lässt.',
  answerWrongShape: '{service} gab eine Antwort, in der das Nötige fehlt.',
  answerNoLinkTitle: 'Es kam kein Link zurück',
  answerNoLink: '{service} hat ohne Link geantwortet.',
  answerBadLinkTitle: 'Unbrauchbarer Link',
  answerBadLink:
    '{service} gab einen Link, der nicht sicher zu öffnen ist; darum wurde er nicht kopiert.',
  answerRedirectTitle: 'Woandershin geschickt',
  answerRedirect: '{service} schickte uns zu einer anderen Adresse; dem wurde nicht gefolgt.',
  notLinkifyTitle: 'Kein Linkify-Dienst',
  answerWebPage:
    '{service} antwortete mit einer Webseite: ein anderes Programm, oder ein Netz mit Anmeldeseite.',
  answerTooLongTitle: 'Zu lange Antwort',
  answerTooLong: '{service} gab eine Antwort ohne absehbares Ende.',
  answerStatusTitle: 'Unerwartete Antwort',
  answerStatus: '{service} gab eine Antwort, die weder Link noch Fehler ist.',
  answerNotLinkify:
    '{service} kennt diese Anfrage nicht: Dort scheint ein anderes Programm zu antworten.',
  answerNotHttp: '{service} spricht kein HTTP: Dort antwortet ein anderes Programm.',

  nothingTitle: 'Nichts zu teilen',
  nothing: 'Die Zwischenablage ist leer. Kopiere zuerst etwas.',
  unsupportedTitle: 'Dieser Inhalt geht nicht',
  unsupportedFormat:
    'In der Zwischenablage liegt „{format}“, was sich nicht teilen lässt. Kopiere Text, ein Bild oder Dateien.',
  unsupported:
    'In der Zwischenablage liegt etwas, das sich nicht teilen lässt. Kopiere Text, ein Bild oder Dateien.',
  concealedTitle: 'Als geheim markiert',
  concealed:
    'Das Programm, aus dem es stammt, hat es als geheim markiert; darum wurde es nicht gelesen. Kopiere etwas anderes.',
  fileTitle: 'Eine Datei war nicht lesbar',
  file: '„{name}“ wurde verschoben, gelöscht oder darf nicht gelesen werden. Kopiere sie neu.',
  fileDamagedTitle: 'Datei war beschädigt',
  folderTooLargeTitle: 'Ordner zu groß',
  folderTooLarge:
    '„{name}“ enthält mehr als 10.000 Dateien oder 2 GB. Bitte einen Teil davon teilen.',
  folderEmptyTitle: 'Leerer Ordner',
  folderEmpty:
    '„{name}“ enthält keine Datei, die sich teilen lässt. Bitte einen Ordner mit Dateien kopieren.',
  quoted: '„{name}“',
  remoteFileTitle: 'Datei liegt auf einem anderen Gerät',
  remoteFile:
    'Linkify Tray kann {names} auf {address} nicht lesen. Kopiere die Datei auf diesen Computer und teile sie dann.',
  specialPipe:
    '„{name}“ ist eine benannte Pipe, keine Datei. Kopiere eine Datei oder einen Ordner.',
  specialSocket: '„{name}“ ist ein Socket, keine Datei. Kopiere eine Datei oder einen Ordner.',
  specialDevice: '„{name}“ ist ein Gerät, keine Datei. Kopiere eine Datei oder einen Ordner.',
  specialSystem: '„{name}“ ist ein Systemordner ohne eigene Dateien. Kopiere einen anderen Ordner.',
  specialDisk: '„{name}“ ist der ganze Datenträger. Kopiere einen seiner Ordner.',
  specialTitle: 'Lässt sich nicht teilen',
  someUnreadableTitle: 'Nicht alles ist lesbar',
  someUnreadable: '{names}: nicht lesbar. Noch wurde nichts geteilt.',
  someUnreadableDecide:
    '{names}: nicht lesbar. Noch wurde nichts geteilt. Wähle, was geschehen soll.',
  unreadableWithout: 'Den Rest teilen',
  moreFiles: { one: '{count} weitere', other: '{count} weitere' },
  contentChangedTitle: 'Datei hat sich geändert',
  contentChanged:
    '„{name}“ hat sich beim Lesen geändert, darum wurde nichts geteilt. Versuche es noch einmal.',
  tooManyTitle: 'Zu vieles auf einmal',
  tooMany: '{count} Dinge wurden kopiert; {limit} lassen sich zusammen teilen. Kopiere weniger.',
  busyTitle: 'Keine Antwort der Zwischenablage',
  busy: 'Das Programm, dem die Zwischenablage gehört, antwortet nicht. Kopiere neu, dann versuche es noch einmal.',
  termsTitle: 'Nicht mit diesem Dienst',
  terms:
    '{service} kann einen Link nicht von selbst enden lassen, nur einmal öffnen oder ein Passwort verlangen. Nichts wurde geteilt. Der eingebaute Dienst kann es.',
  onceTitle: 'Mehreres geht nicht nur einmal',
  once: 'Ein Link, der sich nur einmal öffnet, enthält nur eines. Teile alles einzeln, oder schütze es mit einem Passwort.',

  alreadyTitle: 'Es wird schon geteilt',
  already: 'Es wird noch etwas geteilt. Warte darauf, oder brich es ab.',
  unknownLinkTitle: 'Link nicht gefunden',
  unknownLink: 'Er ist nicht mehr in der Liste deiner Links.',
  unknownQuestionTitle: 'Nicht mehr gefragt',
  unknownQuestion: 'Worum es ging, wird nicht mehr zurückgehalten. Teile es noch einmal.',
  liveTitle: 'Dieser Link öffnet sich noch',
  live: 'Nur widerrufene Links lassen sich aus der Liste nehmen. Widerrufe ihn zuerst.',
  shortcutTitle: 'Tastenkürzel nicht verfügbar',
  shortcut: 'Eine andere App benutzt {accelerator}. Wähle ein anderes Tastenkürzel.',
  shortcutUnusableTitle: 'Tastenkürzel nicht möglich',
  shortcutUnusable:
    '{accelerator} kann hier kein Tastenkürzel sein. Wähle ein anderes Tastenkürzel.',
  settingsInvalidTitle: 'Einstellungen zurückgesetzt',
  settingsInvalidAs:
    'settings.json enthielt ungültige Werte, daher gelten hier wieder die Standardwerte: {names}. Die ursprüngliche Datei ist {keptAs}.',
  settingsInvalid:
    'settings.json enthielt ungültige Werte, daher gelten hier wieder die Standardwerte: {names}.',
  settingsForeignTitle: 'Prüfe diese Einstellungen',
  settingsForeign:
    'settings.json lag schon vor dem ersten Start in diesem Ordner. Automatisches Teilen ist deshalb aus, Benachrichtigungen sind an. Prüfe den Link-Dienst.',
  newerTitle: 'Von einer neueren Version gespeichert',
  settingsNewer:
    'settings.json bleibt unverändert, und Änderungen an den Einstellungen werden nicht gespeichert. Aktualisiere Linkify Tray.',
  linksPortTitle: 'Frühere Links gehen gerade nicht auf',
  linksPort:
    'Ein anderes Programm benutzt Port {port}, der in ihnen steht. Sie gehen wieder, sobald es beendet ist. Bis dahin kopiere einen Link neu aus der Liste: Er hat dann einen Port, der geht.',
  startTitle: 'Eingebauter Dienst nicht gestartet',
  startPort: 'Ein anderes Programm benutzt seinen Port. Schließe es, dann versuche es noch einmal.',
  startFolder:
    'Sein Ordner lässt sich nicht beschreiben: Der Datenträger ist vielleicht voll oder schreibgeschützt. Schaffe Platz, dann versuche es noch einmal.',
  startToken:
    'Die Datei mit seinem Token können andere Benutzer dieses Computers lesen. Mach sie privat oder lösche sie, dann versuche es noch einmal.',
  startOther:
    'Beim Starten trat ein Fehler auf. Versuche es noch einmal; hilft das nicht, starte Linkify Tray neu.',
  setAsideAs:
    '{file} ist beschädigt und wurde als {keptAs} beiseitegelegt, nicht gelöscht. Eine neue Datei wurde begonnen.',
  setAside:
    '{file} ist beschädigt und wurde beiseitegelegt, nicht gelöscht. Eine neue Datei wurde begonnen.',
  linksNotSavedTitle: 'Die Links wurden nicht gespeichert',
  settingsNotSavedTitle: 'Einstellungen nicht gespeichert',
  notSaved:
    'Der Datenträger nahm es nicht an: Er ist vielleicht voll oder schreibgeschützt. Schaffe Platz; die nächste Änderung wird wieder gespeichert.',
  linksFullTitle: 'Die Liste der Links ist voll',
  linksFull:
    'Alle {limit} Einträge sind Links, die sich noch öffnen. Widerrufe einige, die niemand mehr braucht.',
  tokenLostTitle: 'Das Token des Dienstes ist verloren',
  tokenLost:
    'Es ließ sich nicht entschlüsseln, etwa weil sich der Schlüsselbund des Systems geändert hat. Gib es in den Einstellungen neu ein.',
  settingsFileTitle: 'Keine Datei mit Einstellungen',
  settingsFile:
    '„{name}“ enthält keine Einstellungen von Linkify Tray oder ist beschädigt. Wähle eine andere Datei.',
  notExportedTitle: 'Einstellungen nicht exportiert',
  notExported:
    '„{name}“ ließ sich nicht schreiben: Der Datenträger ist vielleicht voll oder schreibgeschützt. Wähle einen anderen Ort.',
  loginTitle: 'Autostart nicht geändert',
  login: 'Das System hat es nicht angenommen. Ändere es in den Systemeinstellungen.',
  internalTitle: 'Hier ging etwas schief',
  internal:
    'In Linkify Tray trat ein Fehler auf. Deine Zwischenablage blieb, wie sie war. Versuche es noch einmal, und melde es, wenn es wieder passiert.',
};
