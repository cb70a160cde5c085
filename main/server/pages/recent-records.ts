import { type AssetRecord, isTombstone, type ShareRecord, type Tombstone } from '../store/model.ts';
import type { ShareStore } from '../store/share-store.ts';
import { StoreUnavailableError } from '../store/store-error.ts';
import { ShareCache } from './share-cache.ts';

/** All records, in bytes. */
const MAX_BYTES = 20 * 1024 * 1024;

/** A share is read so often until an answer comes in time. */
const READS = 3;

/** Of a record, besides its texts. */
const RECORD_BYTES = 300;

type Store = Pick<ShareStore, 'share' | 'asset' | 'isCurrent' | 'isFresh'>;

/** Records of the shares that are being looked at, so that a page needs no look at the disk. */
export class RecentRecords {
  readonly #store: Store;
  readonly #shares = new ShareCache<ShareRecord>({
    maxBytes: MAX_BYTES / 2,
    sizeOf: ({ assetIds, name = '' }) => RECORD_BYTES + 40 * assetIds.length + name.length,
  });
  readonly #assets = new ShareCache<AssetRecord>({
    maxBytes: MAX_BYTES / 2,
    sizeOf: ({ name }) => RECORD_BYTES + name.length,
  });

  constructor(store: Store) {
    this.#store = store;
  }

  share(id: string): Promise<ShareRecord | Tombstone | undefined> {
    // Changes may have been missed: what is cached might have been revoked.
    if (!this.#store.isCurrent()) return this.#readShare(id);
    return look(this.#shares, id, id, () => this.#readShare(id));
  }

  /** An asset of a share. */
  asset(shareId: string, id: string): Promise<AssetRecord | Tombstone | undefined> {
    return look(this.#assets, shareId, `${shareId} ${id}`, () => this.#store.asset(id));
  }

  /** @throws StoreUnavailableError when the answers come too late to be trusted */
  async #readShare(id: string): Promise<ShareRecord | Tombstone | undefined> {
    for (let reads = 0; reads < READS; reads++) {
      const askedAtMs = performance.now();
      const share = await this.#store.share(id);
      if (this.#store.isFresh(askedAtMs)) return share;
    }
    throw new StoreUnavailableError('answers come too late');
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
