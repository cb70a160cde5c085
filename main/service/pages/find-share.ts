import { isGone, type ShareRecord } from '../store/model.ts';
import type { ShareStore } from '../store/share-store.ts';
import type { createVisitLimits } from './limits.ts';
import { goneMessage, soonMessage, tooManyMessage, unknownMessage } from './messages.ts';
import type { RecentRecords } from './recent-records.ts';
import { type Exchange, type Page, sendPage } from './send.ts';

interface FindShareNeeds {
  readonly store: Pick<ShareStore, 'end'>;
  readonly records: Pick<RecentRecords, 'share'>;
  readonly limits: Pick<ReturnType<typeof createVisitLimits>, 'unknown'>;
  readonly now: () => number;
}

/** The share that a visitor asks for; when it is not to be shown, they are told why. */
export type FindShare = (exchange: Exchange, id: string) => Promise<ShareRecord | undefined>;

export function createFindShare({ store, records, limits, now }: FindShareNeeds): FindShare {
  /** Why a share cannot be shown, if it cannot: no byte of it is sent before its time. */
  function closed({ words }: Exchange, share: ShareRecord): Page | undefined {
    if (share.expiresAtMs !== undefined && share.expiresAtMs <= now()) {
      return goneMessage(words, 'expired');
    }
    if (share.opensAtMs !== undefined && share.opensAtMs > now()) {
      return soonMessage(words, share.opensAtMs, now());
    }
    return undefined;
  }

  return async function find(exchange, id) {
    const share = await records.share(id);
    if (share === undefined) {
      const allowed = await limits.unknown(exchange.request.socket.remoteAddress ?? '');
      const { words } = exchange;
      const page = allowed.ok ? unknownMessage(words) : tooManyMessage(words, allowed.retryAfterS);
      sendPage(exchange, page);
      return undefined;
    }
    const page = isGone(share) ? goneMessage(exchange.words, share.gone) : closed(exchange, share);
    // Written down at once: a clock that is set back must not bring it to life again.
    if (page?.status === 410 && !isGone(share)) await store.end(id, 'expired');
    if (page !== undefined) sendPage(exchange, page);
    return isGone(share) || page !== undefined ? undefined : share;
  };
}
