import type { Prepared } from '../items/prepare-items.ts';
import type { Share, ShareExtension } from '../linkify/model.ts';
import type { TargetRef } from '../targets/target-ref.ts';
import { MOST_ASSETS, type RecentLink } from './schema.ts';

/** What the list remembers of a link that was just made. */
export function recentLinkOf(
  share: Share,
  prepared: Pick<Prepared, 'kind' | 'title' | 'sizeBytes' | 'items'>,
  service: TargetRef,
  nowMs: number,
): RecentLink {
  return {
    id: share.id,
    kind: prepared.kind,
    title: prepared.title,
    sizeBytes: prepared.sizeBytes,
    count: prepared.items.length,
    link: share.link,
    service,
    createdAtMs: nowMs,
    state: 'live',
    // A service may name more than there are; what the list does not hold, its next start refuses.
    assetIds: share.assetIds.slice(0, MOST_ASSETS),
    ...(share.extension === undefined ? {} : storedOptions(share.extension)),
  };
}

/** The options of a link as its service confirmed them. The password itself is stored nowhere. */
function storedOptions(
  extension: ShareExtension,
): Pick<RecentLink, 'expiresAtMs' | 'opensAtMs' | 'once' | 'password'> {
  const { expiresAtMs, opensAtMs, once, password } = extension;
  return {
    ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
    ...(opensAtMs === undefined ? {} : { opensAtMs }),
    ...(once ? { once } : {}),
    ...(password ? { password } : {}),
  };
}
