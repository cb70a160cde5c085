import { isTombstone, type ShareRecord } from '../../store/model.ts';
import { endDue } from '../../store/share-life.ts';
import type { ShareStore } from '../../store/share-store.ts';
import { goneMessage, soonMessage, tooManyMessage, unknownMessage } from '../markup/messages.ts';
import type { RecentRecords } from '../recent-records.ts';
import { type Exchange, type Page, sendPage } from '../send.ts';
import type { VisitLimits } from './visit-limits.ts';

interface FindShareDeps {
  readonly store: ShareStore;
  readonly records: RecentRecords;
  readonly limits: VisitLimits;
  /** @see SettledClock */
  readonly settledNow: () => number;
}

/** Finds the requested share; one that can't be shown is answered with the reason, and `undefined`. */
export type FindShare = (exchange: Exchange, id: string) => Promise<ShareRecord | undefined>;

export function createFindShare({ store, records, limits, settledNow }: FindShareDeps): FindShare {
  /** Why a share cannot be shown, if it cannot: no byte of it is sent before its time. */
  function whyNot({ messages }: Exchange, share: ShareRecord): Page | undefined {
    // Neither a clock that was set ahead nor one that was set back opens it after its time.
    const over = endDue(share, Date.now()) ?? endDue(share, settledNow());
    if (over !== undefined) return goneMessage(messages, over);
    if (share.closed !== undefined) return goneMessage(messages, 'closed');
    if (share.opensAtMs !== undefined && share.opensAtMs > Date.now()) {
      return soonMessage(messages, share.opensAtMs, Date.now());
    }
    return undefined;
  }

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
    const page = isTombstone(share)
      ? goneMessage(exchange.messages, share.ended)
      : whyNot(exchange, share);
    // Written down at once: a clock that is set back must not bring it to life again.
    if (!isTombstone(share) && endDue(share, settledNow()) !== undefined) await store.endIfDue(id);
    if (page !== undefined) sendPage(exchange, page);
    return isTombstone(share) || page !== undefined ? undefined : share;
  };
}
