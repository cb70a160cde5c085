import { newId } from '../ids.ts';
import type { BlobKeeper } from './blob-keeper.ts';
import type { DiskRoom } from './disk-room.ts';
import { keys } from './keys.ts';
import type { AssetRecord } from './model.ts';
import type { Change } from './records.ts';
import type { UsedBytes } from './used-bytes.ts';

/** Contents up to this size live beside the metadata: one fsync instead of three. In bytes. */
export const RECORD_CONTENT_LIMIT = 128 * 1024;

export interface NewAsset {
  readonly name: string;
  readonly form: AssetRecord['form'];
  readonly ext?: string;
  readonly content: Uint8Array | AsyncIterable<Uint8Array>;
  /** What a stream will bring, so that a full store says so before it is read. */
  readonly sizeBytes?: number;
}

interface AddAssetNeeds {
  readonly blobs: BlobKeeper;
  readonly used: UsedBytes;
  /** Whether the disk has space; absent: it is not asked. */
  readonly room?: DiskRoom | undefined;
  /** Ends what was closed: its room is needed. */
  readonly endClosed: () => Promise<void>;
  readonly now: () => number;
}

/** Keeps an asset with its content. @param more what is written with it, both or neither */
export type AddAsset = (
  asset: NewAsset,
  more: (record: AssetRecord) => readonly Change[],
) => Promise<AssetRecord>;

export function createAddAsset({ blobs, used, room, endClosed, now }: AddAssetNeeds): AddAsset {
  /** Whoever revokes something to make room shall not have to wait for it. */
  async function makeRoom(bytes: number): Promise<void> {
    if (!used.fits(bytes)) await endClosed();
    used.refuseWhenFull(bytes);
  }

  return async function addAsset(asset, more) {
    const base = {
      id: newId(),
      name: asset.name,
      form: asset.form,
      ...(asset.ext === undefined ? {} : { ext: asset.ext }),
      createdAtMs: now(),
    };
    const content = await whenSmall(asset);
    if (content instanceof Uint8Array) {
      await makeRoom(content.byteLength);
      if (content.byteLength <= RECORD_CONTENT_LIMIT) {
        await room?.forRecord(content.byteLength);
        const record: AssetRecord = {
          ...base,
          sizeBytes: content.byteLength,
          content: { at: 'record' },
        };
        await used.write(record.sizeBytes, [
          { put: keys.content(record.id), value: content },
          { put: keys.asset(record.id), value: JSON.stringify(record) },
          ...more(record),
        ]);
        return record;
      }
    }
    await makeRoom(asset.sizeBytes ?? 0);
    return await blobs.keep(content, async ({ sha256, sizeBytes }) => {
      used.refuseWhenFull(sizeBytes);
      const record: AssetRecord = { ...base, sizeBytes, content: { at: 'blob', sha256 } };
      await used.write(sizeBytes, [
        { put: keys.blobUse(sha256, record.id), value: '' },
        { put: keys.asset(record.id), value: JSON.stringify(record) },
        ...more(record),
      ]);
      return record;
    });
  };
}

/** A stream that says that it is small is read whole, so that it can live beside the metadata. */
async function whenSmall({ content, sizeBytes }: NewAsset): Promise<NewAsset['content']> {
  if (content instanceof Uint8Array) return content;
  if (sizeBytes === undefined || sizeBytes > RECORD_CONTENT_LIMIT) return content;
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks);
}
