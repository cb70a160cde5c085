import { newId } from '../ids.ts';
import type { BlobReferences } from './blobs/blob-references.ts';
import type { FreeSpaceCheck } from './blobs/disk-room.ts';
import type { AssetRecord, ShareRecord } from './model.ts';
import type { CatalogWriter } from './sql/catalog-writer.ts';

/** Contents up to this size are in the asset's row: one fsync instead of three. In bytes. */
export const INLINE_LIMIT = 128 * 1024;

export interface NewAsset {
  readonly name: string;
  readonly form: AssetRecord['form'];
  readonly ext?: string;
  /** The id of the user whose it is. */
  readonly owner?: string | undefined;
  readonly content: Uint8Array | AsyncIterable<Uint8Array>;
  /** The length of a stream, so that a full store refuses it before it is read. */
  readonly sizeBytes?: number;
}

interface AddAssetOptions {
  readonly writer: CatalogWriter;
  readonly blobs: BlobReferences;
  /** Absent: the disk is not checked. */
  readonly room?: FreeSpaceCheck | undefined;
  /** Ends what is due or closed: whoever revokes something to make room need not wait for it. */
  readonly makeRoom: () => Promise<void>;
  readonly now: () => number;
}

/**
 * Adds an asset with its content.
 * @param shareOf a share of it that is added with it, both or neither
 * @throws StoreError `full`; DiskAlmostFullError
 */
export async function addAsset(
  { writer, blobs, room, makeRoom, now }: AddAssetOptions,
  asset: NewAsset,
  shareOf?: (asset: AssetRecord) => ShareRecord,
): Promise<AssetRecord> {
  const base = {
    id: newId(),
    name: asset.name,
    form: asset.form,
    ...(asset.ext === undefined ? {} : { ext: asset.ext }),
    createdAtMs: now(),
    ...(asset.owner === undefined ? {} : { owner: asset.owner }),
  };

  async function reserve(bytes: number): Promise<void> {
    if (!(await writer.fits(bytes))) await makeRoom();
    await writer.refuseUnlessFits(bytes, asset.owner);
  }

  async function save(record: AssetRecord, content?: Uint8Array): Promise<AssetRecord> {
    await writer.add(record, content, shareOf?.(record));
    return record;
  }

  const content = await readIfSmall(asset);
  if (content instanceof Uint8Array) {
    const sizeBytes = content.byteLength;
    await reserve(sizeBytes);
    if (sizeBytes <= INLINE_LIMIT) {
      await room?.forRecord(sizeBytes);
      return await save({ ...base, sizeBytes, content: { at: 'record' } }, content);
    }
  }
  await reserve(asset.sizeBytes ?? 0);
  return await blobs.keep(content, ({ key, sizeBytes }) =>
    save({ ...base, sizeBytes, content: { at: 'blob', key } }),
  );
}

/** A stream that is known to be small is read whole, so that it can be in the row. */
async function readIfSmall({ content, sizeBytes }: NewAsset): Promise<NewAsset['content']> {
  if (content instanceof Uint8Array) return content;
  if (sizeBytes === undefined || sizeBytes > INLINE_LIMIT) return content;
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks);
}
