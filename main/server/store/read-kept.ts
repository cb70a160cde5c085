import { Readable } from 'node:stream';
import type { BlobKeeper } from './blob-keeper.ts';
import { keys } from './keys.ts';
import { type AssetRecord, isGone, type Kept, type ShareRecord } from './model.ts';
import type { Records } from './records.ts';
import type { ShareStore } from './share-store.ts';
import { StoreError } from './store-error.ts';

/** What is kept, as it was written. */
export type ReadKept = Pick<ShareStore, 'share' | 'asset' | 'assets' | 'open' | 'read'>;

export function createReadKept(records: Records, blobs: BlobKeeper): ReadKept {
  return {
    share: async (id) => parseKept<ShareRecord>(await records.get(keys.share(id))),
    asset: async (id) => parseKept<AssetRecord>(await records.get(keys.asset(id))),
    async assets(ids) {
      const found = await records.getMany(ids.map(keys.asset));
      return found.flatMap((text) => {
        const asset = parseKept<AssetRecord>(text);
        return asset === undefined || isGone(asset) ? [] : [asset];
      });
    },
    async read(asset) {
      if (asset.content.at === 'record') {
        const bytes = await records.getBytes(keys.content(asset.id));
        if (bytes === undefined) throw new StoreError({ kind: 'asset-gone' });
        return bytes;
      }
      const chunks: Buffer[] = [];
      for await (const chunk of await blobs.open(asset.content.sha256)) chunks.push(chunk);
      return Buffer.concat(chunks);
    },
    async open(asset, range) {
      if (asset.content.at === 'blob') return await blobs.open(asset.content.sha256, range);
      const bytes = await records.getBytes(keys.content(asset.id));
      if (bytes === undefined) throw new StoreError({ kind: 'asset-gone' });
      return Readable.from([
        range === undefined ? bytes : bytes.subarray(range.start, range.end + 1),
      ]);
    },
  };
}

/** Records were written by this store, so their shape holds. */
export function parseKept<T>(text: string | undefined): Kept<T> | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as Kept<T>);
}
