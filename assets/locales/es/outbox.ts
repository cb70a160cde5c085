import type { Translation } from '../../../main/i18n/catalog.ts';
import type { outbox as en } from '../en/outbox.ts';

export const outbox: Translation<typeof en> = {
  stillWorkingTitle: 'Todavía se comparte',
  stillWorking: '{what}: el servicio aún no ha respondido. Continúa por sí solo.',
  stillUploading: '{what}: el servicio aún no lo ha guardado todo. Continúa por sí solo.',
  waitsSending: 'Enviándose',
  waitsPlain: '{reason} (guardado sin cifrar)',
  waitsKept: 'Queda guardado y saldrá solo.',
  waitsHeld: 'Queda guardado hasta que decida.',
  revokeKept: 'Se revocará solo en cuanto sea posible.',
  lateTitle: 'Enlace listo',
  lateCopied: '{what}: {title}. Estaba en espera y ya está en el portapapeles.',
  late: '{what}: {title}. Estaba en espera y ya está hecho. Haga clic para copiar el enlace.',
  lateMany: {
    one: '{count} enlace que esperaba está listo.',
    other: '{count} enlaces que esperaban están listos.',
  },
  menuWaiting: { one: '{count} envío en espera', other: '{count} envíos en espera' },
  tipWaiting: {
    one: 'Linkify Tray: {count} envío en espera',
    other: 'Linkify Tray: {count} envíos en espera',
  },

  insteadTitle: 'Enlace copiado, hecho por este equipo',
  instead: '{what}: {title}. {service} no pudo hacerlo, así que lo hizo este equipo.',
  fallbackTitle: '¿Usar este equipo en su lugar?',
  fallbackAsk:
    '{service} no puede hacer el enlace ahora. Queda guardado y saldrá después; este equipo puede hacer uno enseguida.',
  fallbackNow: 'Compartir desde este equipo',
  fallbackWait: 'Esperar',
  fallbackRemember: 'No volver a preguntar',

  fileChangedTitle: 'Un archivo ha cambiado',
  fileChanged: '«{name}» ya no es lo que era al compartirlo. Envíelo como está ahora o descártelo.',
  waitedLongTitle: 'Sigue en espera',
  waitedLong:
    '{what} no se pudo enviar durante una semana. Envíelo ahora para conservarlo o descártelo.',
  interruptedTitle: 'No se terminó de compartir',
  interrupted: '{what} no se compartió porque Linkify Tray se cerró. Compártalo de nuevo.',
  interruptedAsked:
    '{what} no se compartió porque Linkify Tray se cerró antes de su respuesta. Compártalo de nuevo.',
  notWaitingTitle: 'Ya no está en espera',
  notWaiting: 'Ya no se guarda: se envió o se descartó.',
  outboxUnreadableTitle: 'No se pudieron leer algunos envíos en espera',
  outboxUnreadable: {
    one: '{count} envío en espera no se puede descifrar o está dañado. Sus archivos siguen donde estaban.',
    other:
      '{count} envíos en espera no se pueden descifrar o están dañados. Sus archivos siguen donde estaban.',
  },
  outboxNotSavedTitle: 'No se pudo guardar un envío',
};
