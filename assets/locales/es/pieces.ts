import type { Translation } from '../../../main/i18n/catalog.ts';
import type { pieces as en } from '../en/pieces.ts';

export const pieces: Translation<typeof en> = {
  doUseName: 'Usar «{name}»',
  doGetPieces: 'Obtener Pieces OS',
  piecesIs: 'Pieces OS: {detail}',
  piecesSearching: 'Buscando…',
  piecesNotRunning: 'No está en marcha',
  piecesUnverified: 'De otro usuario',
  piecesNotResponding: 'No responde',
  piecesSignedOut: 'Sin sesión iniciada',
  piecesCloudOff: 'Nube no conectada',
  piecesCloudStarting: 'Iniciando nube…',
  piecesOutOfDate: 'Requiere actualización',
  unverifiedTitle: 'Pieces OS de otro usuario',
  unverified: 'No se envía nada a Pieces OS hasta que decidas.',
  unverifiedAsk:
    'El usuario {uid} inició Pieces OS en el puerto {port}, así que no se envió nada. Úsalo solo si eres tú con otra cuenta.',
  unverifiedAskUnknown:
    'No se sabe de quién es Pieces OS en el puerto {port}, así que no se envió nada. Úsalo solo si utilizas Pieces OS.',
  foreignTitle: 'Servidor de otro usuario',
  foreign: 'Una app de otro usuario usa la dirección de tu servidor. No se envió nada.',
  foreignAsk:
    'El usuario {uid} inició la app en el puerto {port} de tu servidor, así que no se envió nada. Úsala solo si eres tú con otra cuenta.',
  foreignAskUnknown:
    'No se sabe de quién es la app en el puerto {port} de tu servidor, así que no se envió nada. Úsala solo si confías en ella.',
  unverifiedYes: 'Usar',
  unverifiedNo: 'No usar',
  doStopWaiting: 'Cancelar',
  waitSince: '{what} ({time})',
  waitPercent: '{what} ({percent})',
  waitSignIn: 'Inicia sesión en el navegador',
  waitCloud: 'Conectando nube…',
  waitGitHub: 'Conecta GitHub en el navegador',
  waitStart: 'Iniciando Pieces OS…',
  waitUpdate: 'Actualizando Pieces OS…',
  updateFoundTitle: 'Actualización de Pieces OS',
  updateUnknown:
    'Pieces OS no informa de actualizaciones. Compruébalo en Pieces o comparte desde este equipo.',
  updateNone: 'Aún no hay un Pieces OS más reciente. Por ahora, comparte desde este equipo.',
  updateGoesOn: 'Pieces OS está descargando una actualización. Vuelve a comprobarlo en un momento.',
  updateReady: 'Reinicia Pieces OS para completar la actualización e inténtalo de nuevo.',
  updateReinstall:
    'Este Pieces OS no puede actualizarse por sí mismo. Reinstálalo desde pieces.app.',
  updateSupport:
    'Pieces OS no puede actualizarse por sí mismo. Contacta con el soporte de Pieces o comparte por ahora desde este equipo.',
  menuTest: 'Comprobar enlace',
  stillOpensTitle: 'Un enlace revocado aún funciona',
  stillOpens:
    '«{title}» se revocó, pero aún se abre. Revoca el enlace de nuevo o contacta con el responsable del servicio.',
  testedOpensTitle: 'El enlace funciona',
  testedOpens: 'Cualquiera que tenga el enlace puede abrir «{title}».',
  testedDeadTitle: 'El enlace no funciona',
  testedDead: '«{title}» ya no está en el servicio. Comparte el contenido de nuevo.',
  testedUnknownTitle: 'No se pudo comprobar el enlace',
  testedUnknown:
    'Linkify Tray no pudo determinar si «{title}» funciona. Abre el enlace para comprobarlo.',
  itemsDeleted: {
    one: 'Se eliminó {count} elemento del servicio.',
    other: 'Se eliminaron {count} elementos del servicio.',
  },
};
