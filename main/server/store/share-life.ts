import type { ShareEnd } from '../../share-options.ts';
import { isTombstone, type ShareRecord, type Tombstone } from './model.ts';

/** A clock that went back this far does not count as put right, in ms. */
const CLOCK_STEP_MS = 60_000;

/** How a share that still has its record is to end now; absent: not yet. */
export function endDue(share: ShareRecord, nowMs: number): ShareEnd | undefined {
  const { closed, expiresAtMs } = share;
  const isExpired = expiresAtMs !== undefined && expiresAtMs <= nowMs;
  if (closed === undefined) return isExpired ? 'expired' : undefined;
  // A clock that was set back must not keep for days what someone has taken back.
  const isOver = closed.untilMs <= nowMs || nowMs < closed.fromMs - CLOCK_STEP_MS;
  return isExpired || isOver ? 'revoked' : undefined;
}

/** Whether a share can be opened and changed: it has neither ended nor been closed. */
export function isLive(share: ShareRecord | Tombstone, nowMs: number): share is ShareRecord {
  return !isTombstone(share) && share.closed === undefined && endDue(share, nowMs) === undefined;
}
