import type { ShareEnd } from '../../share-options.ts';
import { isTombstone, type ShareRecord, type Tombstone } from './model.ts';

/**
 * Tolerance for small clock corrections, in ms. If the clock is set back further, a closed share ends
 * at once.
 */
export const CLOCK_STEP_MS = 60_000;

/** How a share that still has its record is to end now; absent: not yet. */
export function endDue(share: ShareRecord, nowMs: number): ShareEnd | undefined {
  const { closed, expiresAtMs } = share;
  const isExpired = expiresAtMs !== undefined && expiresAtMs <= nowMs;
  if (closed === undefined) return isExpired ? 'expired' : undefined;
  // A clock that was set back must not keep for days what someone has taken back.
  const isOver = closed.untilMs <= nowMs || nowMs < closed.fromMs - CLOCK_STEP_MS;
  return isExpired || isOver ? closed.how : undefined;
}

/** Whether a share can be opened and changed: it has neither ended nor been closed. */
export function isActive(share: ShareRecord | Tombstone, nowMs: number): share is ShareRecord {
  return !isTombstone(share) && share.closed === undefined && endDue(share, nowMs) === undefined;
}

/** Whether a share is open, or was revoked and can be restored. */
export function isRestorable(share: ShareRecord, nowMs: number): boolean {
  const { closed } = share;
  return endDue(share, nowMs) === undefined && (closed === undefined || closed.how === 'revoked');
}

/** Whether who may open the one may open the other: its password or `once` can be changed meanwhile. */
export function hasSameAccess(
  { options: a }: Pick<ShareRecord, 'options'>,
  { options: b }: Pick<ShareRecord, 'options'>,
): boolean {
  return a.password?.hash === b.password?.hash && (a.once ?? false) === (b.once ?? false);
}
