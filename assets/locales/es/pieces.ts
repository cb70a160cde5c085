import type { Translation } from '../../../main/i18n/catalog.ts';
import type { pieces as en } from '../en/pieces.ts';

export const pieces: Translation<typeof en> = {
  doUseName: 'Usar «{name}»',
  doGetPieces: 'Obtener Pieces OS',
  piecesIs: 'Pieces OS: {detail}',
  piecesLooking: 'Buscándolo',
  piecesNotRunning: 'No está en marcha',
  piecesUnproven: 'De otro usuario',
  piecesNotAnswering: 'No responde bien',
  piecesSignedOut: 'Nadie ha iniciado sesión',
  piecesCloudOff: 'Nube no conectada',
  piecesCloudStarting: 'La nube está arrancando',
  piecesOutOfDate: 'Demasiado antiguo para enlaces',
  unprovenTitle: 'Pieces OS de otro usuario',
  unproven:
    'Otro usuario de este ordenador responde como Pieces OS. No se le envía nada hasta que decidas.',
  unprovenAsk:
    'El usuario {uid} de este ordenador responde como Pieces OS en el puerto {port}. No se le ha enviado nada. Úsalo solo si lo iniciaste tú con otra cuenta.',
  unprovenAskUnknown:
    'Algo responde como Pieces OS en el puerto {port} y el sistema no dice de quién es. No se le ha enviado nada. Úsalo si tienes Pieces OS en marcha.',
  foreignTitle: 'Servidor de otro usuario',
  foreign:
    'Una app de otro usuario responde en la dirección de tu servidor. No se le ha enviado nada.',
  foreignAsk:
    'Una app del usuario {uid} responde en el puerto {port} de tu servidor. No se le ha enviado nada. Úsala solo si la iniciaste tú con otra cuenta.',
  foreignAskUnknown:
    'Algo responde en el puerto {port} de tu servidor y el sistema no dice de quién es. No se le ha enviado nada. Úsalo solo si lo conoces.',
  unprovenYes: 'Usarlo',
  unprovenNo: 'No usarlo',
  doStopWaiting: 'Cancelar',
  waitSince: '{what} ({time})',
  waitPercent: '{what} ({percent})',
  waitSignIn: 'Inicia sesión en el navegador',
  waitCloud: 'Conectando la nube',
  waitGitHub: 'Conecta GitHub en el navegador',
  waitStart: 'Iniciando Pieces OS',
  waitUpdate: 'Actualizando Pieces OS',
  updateFoundTitle: 'Actualización de Pieces OS',
  updateUnknown:
    'Pieces OS no dice si hay una actualización. Míralo en Pieces o usa el servicio integrado.',
  updateNone: 'Aún no hay un Pieces OS más nuevo. Mientras tanto, usa el servicio integrado.',
  updateGoesOn: 'Pieces OS sigue descargando su actualización. Vuelve a comprobarlo enseguida.',
  updateReady: 'La actualización está descargada. Reinicia Pieces OS e inténtalo de nuevo.',
  updateReinstall:
    'Este Pieces OS no puede actualizarse solo. Instálalo de nuevo desde pieces.app.',
  updateSupport:
    'Pieces OS no puede actualizarse y pide que contactes con su soporte. Mientras tanto, usa el servicio integrado.',
  menuTest: 'Probar el enlace',
  stillOpensTitle: 'Un enlace revocado aún se abre',
  stillOpens:
    '{title} se revocó, pero su enlace aún se abre. Revócalo de nuevo o pregunta a quien lleva el servicio.',
  testedOpensTitle: 'El enlace se abre',
  testedOpens: '{title} puede abrirse con el enlace.',
  testedDeadTitle: 'El enlace no se abre',
  testedDead: 'El servicio dice que {title} ya no está. Compártelo de nuevo.',
  testedUnknownTitle: 'No se pudo probar el enlace',
  testedUnknown: '{title} no dio una respuesta clara desde aquí. Ábrelo para verlo.',
  itemsDeleted: {
    one: 'Se ha borrado allí {count} elemento.',
    other: 'Se han borrado allí {count} elementos.',
  },
};
