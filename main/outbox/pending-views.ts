import type { PendingShareView } from '../../preload/contract.ts';
import { advise } from '../failures/describe-failure.ts';
import type { Messages } from '../i18n/messages.ts';
import { piecesProblemText } from '../targets/target-view.ts';
import type { Entries } from './entries.ts';
import { type Entry, isShare } from './entry.ts';

/** The pending shares as the window lists them. `nowMs` in ms since 1970. */
export function pendingViews(
  entries: Entries,
  messages: Messages,
  nowMs: number,
): readonly PendingShareView[] {
  return entries
    .list()
    .filter(isShare)
    .filter(({ state, fault }) => state !== 'sending' || fault !== undefined)
    .map((entry) => {
      const { createdAtMs: sinceMs, id, what, piecesProblem } = entry.head;
      const title = reason(entry, messages, nowMs);
      const isEncrypted = entries.isEncrypted();
      return {
        id,
        what,
        reason: isEncrypted ? title : messages.t('pendingUnencrypted', { reason: title }),
        ...(piecesProblem === undefined
          ? {}
          : { serviceNote: piecesProblemText(piecesProblem, messages) }),
        sinceMs,
      };
    });
}

function reason({ fault, service }: Entry, messages: Messages, nowMs: number): string {
  if (fault === undefined) return messages.t('pendingSending');
  return advise(fault, {
    serviceName: service.name,
    serviceKind: service.kind,
    accelerator: '',
    messages,
    nowMs,
  }).title;
}
