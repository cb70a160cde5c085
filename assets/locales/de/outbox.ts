import type { Translation } from '../../../main/i18n/catalog.ts';
import type { outbox as en } from '../en/outbox.ts';

export const outbox: Translation<typeof en> = {
  stillWorkingTitle: 'Wird noch geteilt',
  stillWorking: '{what}: Der Dienst hat noch nicht geantwortet. Es geht von selbst weiter.',
  stillUploading: '{what}: Der Dienst hat noch nicht alles gespeichert. Es geht von selbst weiter.',
  waitsSending: 'Wird gesendet',
  waitsPlain: '{reason} (unverschlüsselt gespeichert)',
  waitsKept: 'Es ist aufgehoben und geht von selbst hinaus.',
  waitsHeld: 'Es ist aufgehoben, bis Sie entscheiden.',
  revokeKept: 'Er wird von selbst widerrufen, sobald das geht.',
  lateTitle: 'Link ist fertig',
  lateCopied: '{what}: {title}. Es hat gewartet und ist jetzt in der Zwischenablage.',
  late: '{what}: {title}. Es hat gewartet und ist jetzt fertig. Klicken, um den Link zu kopieren.',
  lateMany: {
    one: '{count} Link, der gewartet hat, ist fertig.',
    other: '{count} Links, die gewartet haben, sind fertig.',
  },
  menuWaiting: { one: '{count} Freigabe wartet', other: '{count} Freigaben warten' },
  tipWaiting: {
    one: 'Linkify Tray: {count} Freigabe wartet',
    other: 'Linkify Tray: {count} Freigaben warten',
  },

  insteadTitle: 'Link kopiert, von diesem Computer',
  instead:
    '{what}: {title}. {service} konnte ihn nicht erstellen, darum hat es dieser Computer getan.',
  fallbackTitle: 'Stattdessen diesen Computer nehmen?',
  fallbackAsk:
    '{service} kann den Link jetzt nicht erstellen. Es ist aufgehoben und geht später hinaus; dieser Computer kann sofort einen erstellen.',
  fallbackNow: 'Von diesem Computer teilen',
  fallbackWait: 'Warten',
  fallbackRemember: 'Nicht mehr fragen',

  fileChangedTitle: 'Eine Datei hat sich geändert',
  fileChanged:
    '„{name}“ ist nicht mehr, was sie beim Teilen war. Senden Sie sie, wie sie jetzt ist, oder verwerfen Sie sie.',
  waitedLongTitle: 'Wartet noch immer',
  waitedLong:
    '{what} konnte eine Woche lang nicht gesendet werden. Jetzt senden, um es zu behalten, oder verwerfen.',
  interruptedTitle: 'Nicht fertig geteilt',
  interrupted: '{what} wurde nicht geteilt, weil Linkify Tray beendet wurde. Teile es noch einmal.',
  interruptedAsked:
    '{what} wurde nicht geteilt, weil Linkify Tray beendet wurde, bevor du geantwortet hast. Teile es noch einmal.',
  notWaitingTitle: 'Wartet nicht mehr',
  notWaiting: 'Das ist nicht mehr aufgehoben: Es wurde gesendet oder verworfen.',
  outboxUnreadableTitle: 'Wartendes konnte nicht gelesen werden',
  outboxUnreadable: {
    one: '{count} wartende Freigabe lässt sich nicht entschlüsseln oder ist beschädigt. Ihre Dateien liegen noch, wo sie waren.',
    other:
      '{count} wartende Freigaben lassen sich nicht entschlüsseln oder sind beschädigt. Ihre Dateien liegen noch, wo sie waren.',
  },
  outboxNotSavedTitle: 'Eine Freigabe konnte nicht aufgehoben werden',
};
