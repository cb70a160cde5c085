import type { TargetRef } from '../targets/target-ref.ts';
import { assetIdsOf, type Entry } from './entry.ts';
import type { CleanupHead } from './schema.ts';

/** What is to be deleted on a service. */
export interface Cleanup {
  readonly service: TargetRef;
  /** Describes the share, for messages. */
  readonly what: string;
  readonly shareId?: string;
  readonly assetIds: readonly string[];
  /** Their share is revoked: only the assets are left. */
  readonly isRevoked?: true;
  /** When a link over the assets was requested whose response never came, in ms since 1970. */
  readonly linkRequestedAtMs?: number;
}

/** @param nowMs in ms since 1970 */
export function cleanupHead(
  { assetIds, ...cleanup }: Cleanup,
  id: string,
  nowMs: number,
): CleanupHead {
  return {
    type: 'cleanup',
    version: 1,
    id,
    createdAtMs: nowMs,
    ...cleanup,
    assetIds: [...assetIds],
  };
}

/** Deletes what an entry created, or may have created, on its service; `undefined`: nothing. */
export function cleanupOf(entry: Entry): Cleanup | undefined {
  const { assets, head, linkRequestedAtMs, service } = entry;
  if (assets.size === 0 || head.type !== 'share') return undefined;
  return {
    service,
    what: head.what,
    assetIds: assetIdsOf(entry),
    ...(linkRequestedAtMs === undefined ? {} : { linkRequestedAtMs }),
  };
}
