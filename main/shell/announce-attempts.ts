import type { Messages } from '../i18n/messages.ts';
import type { Attempts } from '../outbox/attempts.ts';
import type { Targets } from '../targets/targets.ts';
import type { Notifier } from './announce.ts';
import { pendingReadyManyNotice, pendingReadyNotice, revokedNotice } from './notices.ts';
import { sharedNotice } from './share-notices.ts';

/** Late links within this time of each other, in ms, share one notification once there are many. */
const TOGETHER_MS = 10_000;
const MAX_SEPARATE = 3;

export interface AnnounceAttemptsDeps {
  readonly attempts: Attempts;
  readonly targets: Pick<Targets, 'capabilitiesOf'>;
  readonly notifications: Notifier;
  /** A monotonic clock, in ms. */
  readonly now: () => number;
  /** In ms since 1970. */
  readonly wallClock: () => number;
  readonly messages: Messages;
}

/** Notifications of pending shares that were sent, and of pending revokes that succeeded. */
export function announceAttempts(deps: AnnounceAttemptsDeps): void {
  const { attempts, targets, now, messages } = deps;
  const { notify, notifyAlways, withdraw } = deps.notifications;
  let late: readonly { readonly id: string; readonly atMs: number }[] = [];

  attempts.on('delivered', ({ link, what, onClipboard, insteadOf }) => {
    if (insteadOf !== undefined) {
      const shared = {
        link,
        can: targets.capabilitiesOf(link.service),
        description: what,
        place: onClipboard ? 'clipboard' : 'not-copied',
        canUndo: false,
        reason: messages.t('serviceUnavailable', { service: insteadOf }),
        nowMs: deps.wallClock(),
      } as const;
      notify(sharedNotice(shared, messages));
      return;
    }
    const nowMs = now();
    late = [...late.filter(({ atMs }) => nowMs - atMs < TOGETHER_MS), { id: link.id, atMs: nowMs }];
    if (late.length <= MAX_SEPARATE) {
      notify(pendingReadyNotice(link, what, onClipboard, messages));
      return;
    }
    for (const { id } of late) withdraw(`late ${id}`);
    notify(pendingReadyManyNotice(late.length, messages));
  });
  attempts.on('assets-deleted', ({ what, count: deleted }) =>
    notifyAlways(revokedNotice(what, messages, { deleted })),
  );
  attempts.on('revoked', ({ what }) => notify(revokedNotice(what, messages)));
}
