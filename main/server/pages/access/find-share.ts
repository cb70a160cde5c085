import { isTombstone, type ShareRecord } from '../../store/model.ts';
import { endDue } from '../../store/share-life.ts';
import type { ShareStore } from '../../store/share-store.ts';
import type { ContentGate } from '../content-gate.ts';
import { tooManyMessage, unknownMessage } from '../markup/messages.ts';
import type { RecentRecords } from '../recent-records.ts';
import { type Exchange, sendPage } from '../send.ts';
import type { VisitLimits } from './visit-limits.ts';

interface FindShareDeps {
  readonly store: ShareStore;
  readonly records: RecentRecords;
  readonly limits: VisitLimits;
  readonly gate: ContentGate;
  /** @see StableClock */
  readonly stableNow: () => number;
}

/** Finds the requested share; one that can't be shown is answered with the reason, and `undefined`. */
export type FindShare = (exchange: Exchange, id: string) => Promise<ShareRecord | undefined>;

export function createFindShare(deps: FindShareDeps): FindShare {
  const { store, records, limits, gate, stableNow } = deps;

  return async function find(exchange, id) {
    const share = await records.share(id);
    if (share === undefined) {
      const allowed = await limits.unknown(exchange.visitor);
      const { messages } = exchange;
      const page = allowed.ok
        ? unknownMessage(messages)
        : tooManyMessage(messages, allowed.retryAfterS);
      sendPage(exchange, page);
      return undefined;
    }
    const page = gate.refusal(exchange, share);
    // Written down at once: a clock that is set back must not bring it to life again.
    if (!isTombstone(share) && endDue(share, stableNow()) !== undefined) await store.endIfDue(id);
    if (page !== undefined) sendPage(exchange, page);
    return isTombstone(share) || page !== undefined ? undefined : share;
  };
}
