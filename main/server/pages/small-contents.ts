import type { AssetRecord } from '../store/model.ts';
import type { ShareStore } from '../store/share-store.ts';
import { ShareCache } from './share-cache.ts';

/** A content up to this size is read whole, in bytes. */
const MAX_CONTENT_BYTES = 16 * 1024;

/** All contents, in bytes. */
const CACHE_BYTES = 8 * 1024 * 1024;

/** Of an array of bytes, besides them. */
const ARRAY_BYTES = 200;

/** Small contents of the shares that are being looked at. They never change. */
export class SmallContents {
  readonly #store: Pick<ShareStore, 'read'>;
  readonly #cache = new ShareCache<Uint8Array>({
    maxBytes: CACHE_BYTES,
    sizeOf: ({ byteLength }) => ARRAY_BYTES + byteLength,
  });

  constructor(store: Pick<ShareStore, 'read'>) {
    this.#store = store;
  }

  /** `undefined` for a content that is larger. @throws StoreError `asset-deleted` */
  async read(shareId: string, asset: AssetRecord): Promise<Uint8Array | undefined> {
    if (asset.sizeBytes > MAX_CONTENT_BYTES) return undefined;
    const key = `${shareId} ${asset.id}`;
    return await this.#cache.load(shareId, key, () => this.#store.read(asset));
  }

  /** A share has changed or ended. */
  remove(shareId: string): void {
    this.#cache.remove(shareId);
  }

  clear(): void {
    this.#cache.clear();
  }
}
