import { type AssetRecord, isTombstone, type ShareRecord, type Tombstone } from '../store/model.ts';
import type { ShareStore } from '../store/share-store.ts';
import { ShareCache } from './share-cache.ts';

/** All records, in bytes. */
const MAX_BYTES = 20 * 1024 * 1024;

/** Of a record, besides its texts. */
const RECORD_BYTES = 300;

/** Records of the shares that are being looked at, so that a page needs no look at the disk. */
export class RecentRecords {
  readonly #store: Pick<ShareStore, 'share' | 'asset' | 'isCurrent'>;
  readonly #shares = new ShareCache<ShareRecord>({
    maxBytes: MAX_BYTES / 2,
    sizeOf: ({ assetIds, name = '' }) => RECORD_BYTES + 40 * assetIds.length + name.length,
  });
  readonly #assets = new ShareCache<AssetRecord>({
    maxBytes: MAX_BYTES / 2,
    sizeOf: ({ name }) => RECORD_BYTES + name.length,
  });

  constructor(store: Pick<ShareStore, 'share' | 'asset' | 'isCurrent'>) {
    this.#store = store;
  }

  share(id: string): Promise<ShareRecord | Tombstone | undefined> {
    // What was cached before changes could have been missed: read anew, or the link might be revoked.
    if (!this.#store.isCurrent()) return this.#store.share(id);
    return look(this.#shares, id, id, () => this.#store.share(id));
  }

  /** An asset of a share. */
  asset(shareId: string, id: string): Promise<AssetRecord | Tombstone | undefined> {
    return look(this.#assets, shareId, `${shareId} ${id}`, () => this.#store.asset(id));
  }

  /** A share has changed or ended. */
  remove(shareId: string): void {
    this.#shares.remove(shareId);
    this.#assets.remove(shareId);
  }

  clear(): void {
    this.#shares.clear();
    this.#assets.clear();
  }
}

/** Only what is there is kept: what has ended is looked up each time. */
async function look<T extends object>(
  cache: ShareCache<T>,
  shareId: string,
  key: string,
  read: () => Promise<T | Tombstone | undefined>,
): Promise<T | Tombstone | undefined> {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const add = cache.prepare(shareId, key);
  const found = await read();
  if (found !== undefined && !isTombstone(found)) add(found);
  return found;
}
