import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { HttpFault } from './http/fault.ts';
import { newId } from './ids.ts';
import type { Blobs, ByteRange } from './store/blobs.ts';
import {
  type AssetRecord,
  isGone,
  type Kept,
  type ShareEnd,
  type ShareRecord,
} from './store/model.ts';
import type { Change, Records } from './store/records.ts';

/** Content up to this size lies beside its metadata: one fsync instead of four, in bytes. */
const INLINE_BYTES = 16 * 1024;

export interface NewAsset {
  readonly name: string;
  readonly form: 'text' | 'file';
  readonly ext?: string;
  readonly content: Uint8Array;
}

/** Assets and shares, durable before each promise resolves. */
export interface ShareStore {
  createAsset(asset: NewAsset): Promise<AssetRecord>;
  /** Makes an asset and its share in one step. */
  createShareOf(
    asset: NewAsset,
  ): Promise<{ readonly asset: AssetRecord; readonly share: ShareRecord }>;
  /** @throws HttpFault 409 when a live collection has that name; 410 for an asset that is gone */
  createShare(
    assetIds: readonly string[],
    collection: boolean,
    name?: string,
  ): Promise<ShareRecord>;
  asset(id: string): Promise<Kept<AssetRecord> | undefined>;
  share(id: string): Promise<Kept<ShareRecord> | undefined>;
  /** Live shares, newest first. */
  shares(limit: number): Promise<readonly ShareRecord[]>;
  hasLiveShares(): Promise<boolean>;
  /** Ends a share, and deletes the content that no other share needs. */
  endShare(id: string, why: ShareEnd): Promise<void>;
  deleteAsset(id: string): Promise<void>;
  open(asset: AssetRecord, range?: ByteRange): Promise<Readable | Uint8Array>;
  read(asset: AssetRecord): Promise<Uint8Array>;
}

const keyOf = {
  asset: (id: string) => `asset/${id}`,
  content: (id: string) => `content/${id}`,
  share: (id: string) => `share/${id}`,
  made: (share: ShareRecord) => `made/${String(share.createdAtMs).padStart(15, '0')}/${share.id}`,
  name: (name: string) => `name/${createHash('sha256').update(name).digest('hex')}`,
  /** Which live shares show an asset. */
  use: (assetId: string, shareId: string) => `use/${assetId}/${shareId}`,
  /** Which assets have a blob. */
  reference: (sha256: string, assetId: string) => `blob/${sha256}/${assetId}`,
};

/** Opens the store and removes blobs that no asset has: a crash may have left some. */
export async function openShareStore(records: Records, blobs: Blobs): Promise<ShareStore> {
  // Blobs that are being written for an asset whose record is not there yet.
  const pinned = new Map<string, number>();
  const names = new Set<string>();

  const get = async <T>(key: string): Promise<T | undefined> => {
    const text = await records.get(key);
    // Our own JSON, written by this file.
    return text === undefined ? undefined : (JSON.parse(text) as T);
  };
  const put = (key: string, value: unknown): Change => ({ put: key, value: JSON.stringify(value) });
  const tombstone = (id: string, gone: ShareEnd | 'deleted') => ({
    id,
    gone,
    goneAtMs: Date.now(),
  });

  const removeBlobIfUnused = async (sha256: string): Promise<void> => {
    const used = await records.keys(`blob/${sha256}/`, { limit: 1 });
    if (used.length === 0 && !pinned.has(sha256)) await blobs.remove(sha256);
  };

  for await (const sha256 of blobs.list()) await removeBlobIfUnused(sha256);

  /** Stores the content, then hands the changes for its record to `write`. */
  const keep = async <T>(
    { name, form, ext, content }: NewAsset,
    write: (asset: AssetRecord, changes: readonly Change[]) => Promise<T>,
  ): Promise<T> => {
    const base = {
      id: newId(),
      name,
      form,
      sizeBytes: content.byteLength,
      createdAtMs: Date.now(),
      ...(ext === undefined ? {} : { ext }),
    };
    if (content.byteLength <= INLINE_BYTES) {
      const asset: AssetRecord = { ...base, content: { at: 'record' } };
      return write(asset, [
        put(keyOf.asset(asset.id), asset),
        { put: keyOf.content(asset.id), value: content },
      ]);
    }
    const sha256 = createHash('sha256').update(content).digest('hex');
    pinned.set(sha256, (pinned.get(sha256) ?? 0) + 1);
    try {
      await blobs.put(content);
      const asset: AssetRecord = { ...base, content: { at: 'blob', sha256 } };
      return await write(asset, [
        put(keyOf.asset(asset.id), asset),
        put(keyOf.reference(sha256, asset.id), 1),
      ]);
    } finally {
      const left = (pinned.get(sha256) ?? 1) - 1;
      if (left > 0) pinned.set(sha256, left);
      else pinned.delete(sha256);
    }
  };

  const shareChanges = (share: ShareRecord): readonly Change[] =>
    [
      put(keyOf.share(share.id), share),
      put(keyOf.made(share), 1),
      ...new Set(share.assetIds.map((id) => keyOf.use(id, share.id))),
    ].map((change) => (typeof change === 'string' ? put(change, 1) : change));

  const newShare = (
    assetIds: readonly string[],
    collection: boolean,
    name?: string,
  ): ShareRecord => ({
    id: newId(),
    assetIds,
    collection,
    createdAtMs: Date.now(),
    ...(name === undefined ? {} : { name }),
  });

  const assetRemoval = async (
    id: string,
  ): Promise<{ changes: readonly Change[]; sha256?: string }> => {
    const asset = await get<Kept<AssetRecord>>(keyOf.asset(id));
    if (asset === undefined || isGone(asset)) return { changes: [] };
    const gone = put(keyOf.asset(id), tombstone(id, 'deleted'));
    if (asset.content.at === 'record') {
      return { changes: [gone, { remove: keyOf.content(id) }] };
    }
    const { sha256 } = asset.content;
    return { changes: [gone, { remove: keyOf.reference(sha256, id) }], sha256 };
  };

  const remove = async (changes: readonly Change[], assetIds: readonly string[]): Promise<void> => {
    const removals = await Promise.all(assetIds.map(assetRemoval));
    await records.write([...changes, ...removals.flatMap((removal) => removal.changes)]);
    for (const { sha256 } of removals) if (sha256 !== undefined) await removeBlobIfUnused(sha256);
    if (removals.some(({ changes }) => changes.length > 0)) await records.forgetRemoved();
  };

  const open: ShareStore['open'] = async (asset, range) => {
    if (asset.content.at === 'blob') return blobs.open(asset.content.sha256, range);
    const bytes = (await records.getBytes(keyOf.content(asset.id))) ?? new Uint8Array();
    return range === undefined ? bytes : bytes.subarray(range.start, range.end + 1);
  };

  return {
    createAsset: (asset) =>
      keep(asset, async (record, changes) => {
        await records.write(changes);
        return record;
      }),
    createShareOf: (asset) =>
      keep(asset, async (record, changes) => {
        const share = newShare([record.id], false);
        await records.write([...changes, ...shareChanges(share)]);
        return { asset: record, share };
      }),
    async createShare(assetIds, collection, name) {
      for (const id of new Set(assetIds)) {
        const asset = await get<Kept<AssetRecord>>(keyOf.asset(id));
        if (asset === undefined) throw new HttpFault(404, 'There is no such asset.');
        if (isGone(asset)) throw new HttpFault(410, 'That asset was deleted.');
      }
      const share = newShare(assetIds, collection, name);
      if (name === undefined) {
        await records.write(shareChanges(share));
        return share;
      }
      const key = keyOf.name(name);
      // Two requests for one name at once: the second finds it here before it is on disk.
      if (names.has(key) || (await records.get(key)) !== undefined) {
        throw new HttpFault(409, 'A collection has that name already.');
      }
      names.add(key);
      try {
        await records.write([...shareChanges(share), put(key, share.id)]);
      } finally {
        names.delete(key);
      }
      return share;
    },
    asset: (id) => get(keyOf.asset(id)),
    share: (id) => get(keyOf.share(id)),
    async shares(limit) {
      const keys = await records.keys('made/', { limit, newestFirst: true });
      const ids = keys.map((key) => keyOf.share(key.split('/')[2] ?? ''));
      const found = await records.getMany(ids);
      return found
        .map((text) => (text === undefined ? undefined : (JSON.parse(text) as Kept<ShareRecord>)))
        .filter((share): share is ShareRecord => share !== undefined && !isGone(share));
    },
    hasLiveShares: async () => (await records.keys('made/', { limit: 1 })).length > 0,
    async endShare(id, why) {
      const share = await get<Kept<ShareRecord>>(keyOf.share(id));
      if (share === undefined || isGone(share)) return;
      const unused: string[] = [];
      for (const assetId of new Set(share.assetIds)) {
        const uses = await records.keys(`use/${assetId}/`, { limit: 2 });
        if (uses.every((key) => key === keyOf.use(assetId, id))) unused.push(assetId);
      }
      await remove(
        [
          put(keyOf.share(id), tombstone(id, why)),
          { remove: keyOf.made(share) },
          ...share.assetIds.map((assetId) => ({ remove: keyOf.use(assetId, id) })),
          ...(share.name === undefined ? [] : [{ remove: keyOf.name(share.name) }]),
        ],
        unused,
      );
    },
    deleteAsset: (id) => remove([], [id]),
    open,
    async read(asset) {
      const content = await open(asset);
      if (content instanceof Uint8Array) return content;
      const chunks: Buffer[] = [];
      for await (const chunk of content) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    },
  };
}
