import type { Translation } from '../../../main/i18n/catalog.ts';
import type { outbox as en } from '../en/outbox.ts';

export const outbox: Translation<typeof en> = {
  stillWorkingTitle: 'Aún se está compartiendo',
  stillWorking: '{what} · Esperando al servicio. Se sigue compartiendo en segundo plano.',
  stillUploading:
    '{what} · El servicio aún lo está guardando. Se sigue compartiendo en segundo plano.',
  pendingSending: 'Enviando…',
  pendingUnencrypted: '{reason} · guardado sin cifrar',
  pendingAutomatic: 'Tu envío está guardado y se enviará automáticamente.',
  pendingNeedsDecision: 'Tu envío está guardado hasta que decidas.',
  revokePending: 'El enlace se revocará automáticamente en cuanto sea posible.',
  pendingReadyTitle: 'Enlace listo',
  pendingReadyCopied: '{title} · {what}. El enlace está en tu portapapeles.',
  pendingReady: '{title} · {what}. Haz clic para copiar el enlace.',
  pendingReadyMany: {
    one: '{count} enlace pendiente está listo.',
    other: '{count} enlaces pendientes están listos.',
  },
  menuPending: { one: '{count} envío pendiente', other: '{count} envíos pendientes' },
  tipPending: {
    one: 'Linkify Tray – {count} envío pendiente',
    other: 'Linkify Tray – {count} envíos pendientes',
  },

  fallbackSharedTitle: 'Enlace copiado (desde este equipo)',
  serviceUnavailable: '{service} no estaba disponible',
  fallbackTitle: '¿Compartir desde este equipo?',
  fallbackAsk:
    '{service} no puede crear el enlace ahora. Comparte desde este equipo o espera para enviarlo más tarde.',
  fallbackNow: 'Compartir desde este equipo',
  fallbackWait: 'Esperar',
  fallbackRemember: 'Usar siempre este equipo en ese caso (cambia los ajustes)',

  fileChangedTitle: 'El archivo cambió',
  fileChanged: '«{name}» cambió después de compartirlo. Envía la versión actual o descártala.',
  pendingExpiredTitle: 'Sigue pendiente',
  pendingExpired:
    'Linkify Tray no pudo enviar {what} durante una semana. Envía el contenido ahora o descártalo.',
  interruptedTitle: 'No se terminó de compartir',
  interrupted: 'Linkify Tray se cerró antes de compartir {what}. Comparte el contenido de nuevo.',
  interruptedAsked:
    'Linkify Tray se cerró antes de tu respuesta y no compartió {what}. Comparte el contenido de nuevo.',
  notPendingTitle: 'Ya no está pendiente',
  notPending: 'Este envío ya se completó o se descartó.',
  outboxUnreadableTitle: 'No se leyeron los envíos pendientes',
  outboxUnreadable: {
    one: 'No se puede leer {count} envío pendiente. Sus archivos siguen en su sitio.',
    other: 'No se pueden leer {count} envíos pendientes. Sus archivos siguen en su sitio.',
  },
  outboxNotSavedTitle: 'No se guardó un envío pendiente',
};
