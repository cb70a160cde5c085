import type { Translation } from '../../../main/i18n/catalog.ts';
import type { updates as en } from '../en/updates.ts';

export const updates: Translation<typeof en> = {
  doGetUpdate: 'Download-Seite öffnen',
  updateNotCheckedTitle: 'Suche nach Updates fehlgeschlagen',
  updateNotChecked:
    'Der Update-Server ist nicht erreichbar. Prüfe deine Verbindung und versuche es erneut.',
  updateRejectedTitle: 'Update abgelehnt',
  updateUnsigned:
    'Das Update ist nicht von den Entwicklern von Linkify Tray signiert. Es wurde nichts installiert.',
  updateUnreadable: 'Die Beschreibung des Updates ist nicht lesbar. Es wurde nichts installiert.',
  updateOlder:
    'Der Update-Server bietet eine ältere Version als deine an. Es wurde nichts installiert.',
  updateNoFile: 'Das Update hat keine Datei für diesen Computer. Es wurde nichts installiert.',
  updateNotDownloadedTitle: 'Update nicht geladen',
  updateInterrupted:
    'Das Laden von Version {version} wurde unterbrochen. Prüfe deine Verbindung und versuche es erneut.',
  updateDifferent:
    'Die geladene Version {version} ist beschädigt oder wurde verändert. Es wurde nichts installiert.',
  updateDiskFull:
    'Für Version {version} fehlt Speicherplatz. Gib Speicher frei und versuche es erneut.',
  updateNotInstalledTitle: 'Update nicht installiert',
  updateFolder:
    'Linkify Tray kann seine eigene Datei nicht ersetzen. Lade Version {version} selbst herunter.',
  updateDoesNotStart:
    'Version {version} läuft nicht auf diesem Computer. Deine Version ist unverändert.',
  updateOther: 'Version {version} konnte nicht installiert werden. Lade sie selbst herunter.',
  updateRolledBackTitle: 'Update rückgängig gemacht',
  updateRolledBack: 'Version {version} ist nicht gestartet. Die vorherige Version läuft wieder.',
  updateIsReadyTitle: 'Update bereit',
  updateIsReady: 'Version {version} wird installiert, wenn du Linkify Tray beendest.',
  updateRestart: 'Für Update neu starten',
  updateAvailableTitle: 'Update verfügbar',
  updateAvailable: 'Installiere Version {version} mit deiner Paketverwaltung.',
  consentUpdates: 'Linkify Tray sucht einmal am Tag nach Updates.',
};
