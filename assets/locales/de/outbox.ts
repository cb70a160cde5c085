import type { Translation } from '../../../main/i18n/catalog.ts';
import type { outbox as en } from '../en/outbox.ts';

export const outbox: Translation<typeof en> = {
  stillWorkingTitle: 'Wird noch geteilt',
  stillWorking: '{what} · Warten auf den Dienst. Das Teilen läuft im Hintergrund weiter.',
  stillUploading: '{what} · Der Dienst speichert noch. Das Teilen läuft im Hintergrund weiter.',
  pendingSending: 'Wird gesendet …',
  pendingUnencrypted: '{reason} · unverschlüsselt gespeichert',
  pendingAutomatic: 'Deine Freigabe ist gespeichert und wird automatisch gesendet.',
  pendingNeedsDecision: 'Deine Freigabe bleibt gespeichert, bis du entscheidest.',
  revokePending: 'Der Link wird so bald wie möglich automatisch widerrufen.',
  pendingReadyTitle: 'Link bereit',
  pendingReadyCopied: '{title} · {what}. Der Link ist in deiner Zwischenablage.',
  pendingReady: '{title} · {what}. Klicke, um den Link zu kopieren.',
  pendingReadyMany: {
    one: '{count} ausstehender Link ist bereit.',
    other: '{count} ausstehende Links sind bereit.',
  },
  menuPending: { one: '{count} ausstehende Freigabe', other: '{count} ausstehende Freigaben' },
  tipPending: {
    one: 'Linkify Tray – {count} ausstehende Freigabe',
    other: 'Linkify Tray – {count} ausstehende Freigaben',
  },

  fallbackSharedTitle: 'Link kopiert (über diesen Computer)',
  serviceUnavailable: '{service} war nicht verfügbar',
  fallbackTitle: 'Stattdessen über diesen Computer teilen?',
  fallbackAsk:
    '{service} kann den Link gerade nicht erstellen. Teile über diesen Computer oder warte, um den Inhalt später zu senden.',
  fallbackNow: 'Über diesen Computer teilen',
  fallbackWait: 'Warten',
  fallbackRemember: 'Dann immer diesen Computer verwenden (ändert die Einstellungen)',

  fileChangedTitle: 'Datei wurde geändert',
  fileChanged:
    '„{name}“ wurde nach dem Teilen geändert. Sende die aktuelle Version oder verwirf sie.',
  pendingExpiredTitle: 'Steht noch aus',
  pendingExpired:
    '{what}: Das Senden schlägt seit einer Woche fehl. Sende den Inhalt jetzt oder verwirf ihn.',
  interruptedTitle: 'Teilen nicht abgeschlossen',
  interrupted: '{what}: nicht geteilt, weil Linkify Tray beendet wurde. Teile den Inhalt erneut.',
  interruptedAsked:
    '{what}: nicht geteilt, weil Linkify Tray vor deiner Antwort beendet wurde. Teile den Inhalt erneut.',
  notPendingTitle: 'Steht nicht mehr aus',
  notPending: 'Diese Freigabe wurde bereits gesendet oder verworfen.',
  outboxUnreadableTitle: 'Ausstehende Freigaben nicht lesbar',
  outboxUnreadable: {
    one: '{count} ausstehende Freigabe kann nicht gelesen werden. Die Dateien dazu wurden nicht verändert.',
    other:
      '{count} ausstehende Freigaben können nicht gelesen werden. Die Dateien dazu wurden nicht verändert.',
  },
  outboxNotSavedTitle: 'Ausstehende Freigabe nicht gespeichert',
};
