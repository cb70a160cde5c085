import type { Translation } from '../../../main/i18n/catalog.ts';
import type { confirmations as en } from '../en/confirmations.ts';

export const confirmations: Translation<typeof en> = {
  confirmNo: 'Cancelar',
  confirmShare: 'Compartir',
  confirmChange: '¿Cambiar estos ajustes?',
  confirmChangeYes: 'Cambiar',
  confirmImport: '¿Importar estos ajustes?',
  confirmImportYes: 'Importar',
  confirmReset: '¿Restablecer todos los ajustes?',
  confirmResetDetail:
    'Todos los ajustes vuelven a sus valores predeterminados y se elimina el token de acceso. Tus enlaces se conservan.',
  confirmResetYes: 'Restablecer',
  consentAutomatic:
    'Pieces OS crea los enlaces nuevos cuando está en marcha. Si no, los crea este equipo.',
  consentPieces: 'Pieces OS crea los enlaces nuevos. Lo que compartas se envía allí.',
  consentBuiltIn: 'Este equipo crea los enlaces nuevos.',
  consentCustom: '{url} crea los enlaces nuevos. Lo que compartas se envía allí.',
  consentToken: 'Se usa otro token de acceso para {url}.',
  consentShareImages: 'Las imágenes se comparten en cuanto las copias.',
  consentShareFiles: 'Las imágenes y los archivos se comparten en cuanto los copias.',
  consentShareEverything: 'Todo se comparte en cuanto lo copias.',
  consentShareAsked: 'No se comparte nada hasta que lo pidas.',
  consentNotified: 'Recibes notificaciones de los enlaces nuevos.',
  consentSilent: 'No recibes notificaciones de los enlaces nuevos.',
  consentNetwork: 'Otros dispositivos de tu red pueden abrir tus enlaces.',
  consentThisComputer: 'Solo este equipo puede abrir tus enlaces.',
  consentLocation: 'Las fotos y los vídeos se comparten con su ubicación, sin preguntar.',
  consentFallback:
    'Si el servicio de enlaces no está disponible, este equipo crea los enlaces sin preguntar.',
  consentWatching: 'Linkify Tray lee lo que copias.',
  confirmFiles: { one: '¿Compartir este archivo?', other: '¿Compartir estos {count} archivos?' },
  confirmText: '¿Compartir este texto?',
  confirmTextOrigin: {
    one: 'Otra app o una página web quiere compartir {count} carácter:',
    other: 'Otra app o una página web quiere compartir {count} caracteres:',
  },
};
