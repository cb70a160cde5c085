import type { Translation } from '../../../main/i18n/catalog.ts';
import type { confirmations as en } from '../en/confirmations.ts';

export const confirmations: Translation<typeof en> = {
  confirmNo: 'Cancelar',
  confirmShare: 'Compartir',
  confirmChange: '¿Cambiar estos ajustes?',
  confirmChangeYes: 'Cambiar',
  confirmImport: '¿Importar estos ajustes?',
  confirmImportYes: 'Importar',
  consentAutomatic:
    'Los enlaces nuevos los crea Pieces OS cuando está en marcha; si no, este equipo.',
  consentPieces: 'Los enlaces nuevos los crea Pieces OS. Lo que comparta se envía allí.',
  consentBuiltIn: 'Los enlaces nuevos los crea este equipo.',
  consentCustom: 'Los enlaces nuevos los crea {url}. Lo que comparta se envía allí.',
  consentToken: 'Se usa otro token de acceso para {url}.',
  consentShareImages: 'Las imágenes se comparten en cuanto las copia.',
  consentShareFiles: 'Las imágenes y los archivos se comparten en cuanto los copia.',
  consentShareEverything: 'Todo se comparte en cuanto lo copia.',
  consentShareAsked: 'No se comparte nada antes de que lo pida.',
  consentNotified: 'Recibe notificaciones de los enlaces nuevos.',
  consentSilent: 'No recibe notificaciones de los enlaces nuevos.',
  consentNetwork: 'Otros dispositivos de su red pueden abrir sus enlaces.',
  consentThisComputer: 'Solo este equipo puede abrir sus enlaces.',
  consentLocation: 'Las fotos y los vídeos se comparten con sus datos de ubicación, sin preguntar.',
  consentFallback: 'Si un servicio no puede crear un enlace, lo crea este equipo sin preguntar.',
  consentWatching: 'Linkify Tray lee lo que copia.',
  confirmFiles: { one: '¿Compartir este archivo?', other: '¿Compartir estos {count} archivos?' },
};
