import type { EventEmitter } from 'node:events';
import type { Messages } from '../i18n/messages.ts';
import type { OutboxEvents } from '../outbox/attempts.ts';
import type { Targets } from '../targets/targets.ts';
import {
  insteadNotice,
  lateManyNotice,
  lateNotice,
  type Notice,
  revokedNotice,
} from './notices.ts';

/** Late links within this time of each other, in ms, share one notification once there are many. */
const TOGETHER_MS = 10_000;
const MOST_APART = 3;

export interface AnnounceAttemptsDeps {
  readonly outbox: EventEmitter<OutboxEvents>;
  readonly targets: Pick<Targets, 'capabilitiesOf'>;
  readonly notify: (notice: Notice) => void;
  /** Shows a notice also where notifications are off. */
  readonly notifyAlways: (notice: Notice) => void;
  readonly withdraw: (cause: string) => void;
  /** A monotonic clock, in ms. */
  readonly now: () => number;
  readonly messages: Messages;
}

/** Notifications of pending shares that were sent, and of pending revokes that succeeded. */
export function announceAttempts(deps: AnnounceAttemptsDeps): void {
  const { outbox, targets, notify, notifyAlways, withdraw, now, messages } = deps;
  let late: readonly { readonly id: string; readonly atMs: number }[] = [];

  outbox.on('delivered', ({ link, what, onClipboard, insteadOf }) => {
    if (insteadOf !== undefined) {
      const { restore: canRestore } = targets.capabilitiesOf(link.service);
      notify(insteadNotice({ ...link, canRestore }, what, insteadOf, onClipboard, messages));
      return;
    }
    const nowMs = now();
    late = [...late.filter(({ atMs }) => nowMs - atMs < TOGETHER_MS), { id: link.id, atMs: nowMs }];
    if (late.length <= MOST_APART) {
      notify(lateNotice(link, what, onClipboard, messages));
      return;
    }
    for (const { id } of late) withdraw(`late ${id}`);
    notify(lateManyNotice(late.length, messages));
  });
  outbox.on('assets-deleted', ({ what, count: deleted }) =>
    notifyAlways(revokedNotice(what, messages, { deleted })),
  );
  outbox.on('revoked', ({ what }) => notify(revokedNotice(what, messages)));
}
