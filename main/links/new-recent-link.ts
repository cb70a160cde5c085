import type { Prepared } from '../items/prepare-items.ts';
import type { Share } from '../linkify/model.ts';
import { confirmedOptionsOf } from '../share-options.ts';
import type { PiecesProblem } from '../targets/pieces-status.ts';
import type { TargetRef } from '../targets/target-ref.ts';
import { MAX_ASSETS, type RecentLink } from './schema.ts';

/** What the list remembers of a link that was just made. */
export function recentLinkOf(
  share: Share,
  prepared: Pick<Prepared, 'kind' | 'title' | 'sizeBytes' | 'items'>,
  service: TargetRef,
  nowMs: number,
  piecesProblem?: PiecesProblem,
): RecentLink {
  return {
    id: share.id,
    kind: prepared.kind,
    title: prepared.title,
    sizeBytes: prepared.sizeBytes,
    count: prepared.items.length,
    link: share.link,
    service,
    ...(piecesProblem === undefined ? {} : { piecesProblem }),
    createdAtMs: nowMs,
    state: 'active',
    // A service may name more than there are; what the list does not hold, its next start refuses.
    assetIds: share.assetIds.slice(0, MAX_ASSETS),
    ...(share.extension === undefined ? {} : confirmedOptionsOf(share.extension)),
  };
}
