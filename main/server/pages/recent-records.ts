import { LRUCache } from 'lru-cache';
import { type AssetRecord, isTombstone, type ShareRecord, type Tombstone } from '../store/model.ts';
import type { ShareStore } from '../store/share-store.ts';

/** Records of shares that are being looked at, so that a page needs no look at the disk. */
const LIMIT = 1_000;

export interface RecentRecords extends Pick<ShareStore, 'share' | 'asset'> {
  /** Something has changed or gone. */
  clear(): void;
}

/** Keeps live records only; what was read before a change and comes after it is not kept. */
export function createRecentRecords(store: Pick<ShareStore, 'share' | 'asset'>): RecentRecords {
  const shares = new LRUCache<string, ShareRecord>({ max: LIMIT });
  const assets = new LRUCache<string, AssetRecord>({ max: LIMIT });
  let changes = 0;

  async function look<T extends object>(
    kept: { get(id: string): T | undefined; set(id: string, record: T): unknown },
    id: string,
    read: () => Promise<T | Tombstone | undefined>,
  ): Promise<T | Tombstone | undefined> {
    const known = kept.get(id);
    if (known !== undefined) return known;
    const before = changes;
    const found = await read();
    if (found !== undefined && !isTombstone(found) && before === changes) kept.set(id, found);
    return found;
  }

  return {
    share: (id) => look<ShareRecord>(shares, id, () => store.share(id)),
    asset: (id) => look<AssetRecord>(assets, id, () => store.asset(id)),
    clear() {
      changes++;
      shares.clear();
      assets.clear();
    },
  };
}
