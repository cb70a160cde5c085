import type { Translation } from '../../../main/i18n/catalog.ts';
import type { updates as en } from '../en/updates.ts';

export const updates: Translation<typeof en> = {
  doGetUpdate: 'Abrir página de descarga',
  updateNotCheckedTitle: 'No se pudieron buscar actualizaciones',
  updateNotChecked:
    'No se puede conectar con el servidor de actualizaciones. Comprueba tu conexión e inténtalo de nuevo.',
  updateRejectedTitle: 'Actualización rechazada',
  updateUnsigned:
    'La actualización no está firmada por los creadores de Linkify Tray. No se instaló nada.',
  updateUnreadable: 'La descripción de la actualización no se puede leer. No se instaló nada.',
  updateOlder:
    'El servidor de actualizaciones ofrece una versión anterior a la tuya. No se instaló nada.',
  updateNoFile: 'La actualización no tiene ningún archivo para este equipo. No se instaló nada.',
  updateNotDownloadedTitle: 'No se pudo descargar',
  updateInterrupted:
    'La descarga de la versión {version} se interrumpió. Comprueba tu conexión e inténtalo de nuevo.',
  updateDifferent:
    'La descarga de la versión {version} está dañada o se modificó. No se instaló nada.',
  updateDiskFull:
    'No hay espacio suficiente para la versión {version}. Libera espacio e inténtalo de nuevo.',
  updateNotInstalledTitle: 'No se pudo instalar',
  updateFolder:
    'Linkify Tray no puede reemplazar su propio archivo. Descarga tú la versión {version}.',
  updateDoesNotStart: 'La versión {version} no funciona en este equipo. Tu versión no ha cambiado.',
  updateOther: 'No se pudo instalar la versión {version}. Descárgala tú.',
  updateRolledBackTitle: 'Actualización deshecha',
  updateRolledBack: 'La versión {version} no se inició. Vuelve a funcionar la versión anterior.',
  updateIsReadyTitle: 'Actualización lista',
  updateIsReady: 'La versión {version} se instala al salir de Linkify Tray.',
  updateRestart: 'Reiniciar y actualizar',
  updateAvailableTitle: 'Actualización disponible',
  updateAvailable: 'Instala la versión {version} con tu gestor de paquetes.',
  consentUpdates: 'Linkify Tray busca actualizaciones una vez al día.',
};
