import { setImmediate } from 'node:timers/promises';
import { isTombstone, type LargeShare } from './model.ts';
import type { Catalog } from './sql/catalog.ts';

/** Shares are read this many at a time: the search must not hold up requests. */
const STEP = 1_000;

/**
 * The active shares that take the most, the largest first. Reads all active shares, so it is for
 * someone who asks what fills the disk, not for every answer.
 * @param owner only this user's
 */
export async function largestShares(
  catalog: Catalog,
  limit: number,
  owner?: string,
): Promise<readonly LargeShare[]> {
  let largest: readonly { readonly id: string; readonly sizeBytes: number }[] = [];
  for (let from: number | undefined = 0; from !== undefined; ) {
    const { found, next } = await catalog.largestShares(from, STEP, limit, owner);
    largest = [...largest, ...found].sort((a, b) => b.sizeBytes - a.sizeBytes).slice(0, limit);
    from = next;
    await setImmediate();
  }
  const complete: LargeShare[] = [];
  for (const { id, sizeBytes } of largest) {
    const share = await catalog.share(id);
    if (share === undefined || isTombstone(share)) continue;
    for (const assetId of share.assetIds) {
      const asset = await catalog.asset(assetId);
      if (asset === undefined || isTombstone(asset)) continue;
      complete.push({ share, asset, sizeBytes });
      break;
    }
  }
  return complete;
}
