import { Readable } from 'node:stream';
import { newId } from '../ids.ts';
import type { BlobKeeper } from './blob-keeper.ts';
import type { ByteRange } from './blobs.ts';
import { idOf, keys } from './keys.ts';
import { type LargeShare, largestShares } from './largest-shares.ts';
import {
  type AssetRecord,
  isGone,
  type Kept,
  type ShareEnd,
  type ShareRecord,
  type Tombstone,
} from './model.ts';
import type { Change, Records } from './records.ts';
import { createSerial } from './serial.ts';

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

/** How long a share lives and who may open it. */
export type ShareTerms = Pick<ShareRecord, 'expiresAtMs' | 'opensAtMs' | 'once' | 'password'>;

export type StoreFault =
  | { readonly kind: 'unknown-asset' }
  | { readonly kind: 'asset-gone' }
  | { readonly kind: 'name-taken' }
  | { readonly kind: 'full'; readonly usedBytes: number; readonly quotaBytes: number };

export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly fault: StoreFault;
  constructor(fault: StoreFault) {
    super(fault.kind);
    this.fault = fault;
  }
}

export interface ShareStore {
  createAsset(asset: NewAsset): Promise<AssetRecord>;
  /** Makes an asset and a link to it, both or neither. */
  shareNew(asset: NewAsset, terms: ShareTerms): Promise<{ share: ShareRecord; asset: AssetRecord }>;
  /** Links to assets that exist. @throws StoreError */
  shareExisting(
    assetIds: readonly string[],
    kind: { readonly collection: boolean; readonly name?: string },
    terms: ShareTerms,
  ): Promise<ShareRecord>;
  share(id: string): Promise<Kept<ShareRecord> | undefined>;
  asset(id: string): Promise<Kept<AssetRecord> | undefined>;
  assets(ids: readonly string[]): Promise<readonly AssetRecord[]>;
  /** The content whole; only for what is known to be small. @throws StoreError */
  read(asset: AssetRecord): Promise<Uint8Array>;
  open(asset: AssetRecord, range?: ByteRange): Promise<Readable>;
  /** Live shares, newest first. */
  list(page: {
    readonly limit: number;
    readonly beforeMs?: number;
  }): Promise<readonly ShareRecord[]>;
  hasLiveShares(): Promise<boolean>;
  /** Takes the content of an open-once share; the first call gets it, and nobody after. */
  spend(shareId: string): Promise<{ asset: AssetRecord; content: Readable } | undefined>;
  /** Ends what is past its time, and removes assets that no share took up within a day. */
  sweep(): Promise<void>;
  /** When the next share ends by itself, in ms since 1970. */
  nextEndMs(): Promise<number | undefined>;
  /** Ends a share, and removes the content that nothing else needs. */
  end(shareId: string, how: ShareEnd): Promise<'ended' | 'was-gone' | 'unknown'>;
  /** Gives a share another end, in ms since 1970; `undefined`: none. Answers it as it is then. */
  changeEnd(
    shareId: string,
    expiresAtMs: number | undefined,
  ): Promise<ShareRecord | 'was-gone' | 'unknown'>;
  /**
   * Gives a share another name: a collection its own, a single thing that of its asset, which
   * keeps its extension. Answers the name that it has then. @throws StoreError for a collection's name that is taken
   */
  rename(shareId: string, name: string): Promise<{ name: string } | 'was-gone' | 'unknown'>;
  /** Removes an asset; shares that have nothing else end with it. */
  deleteAsset(assetId: string): Promise<'deleted' | 'was-gone' | 'unknown'>;
  usedBytes(): number;
  /** The live shares that take the most, the largest first; looks at all of them. */
  largest(limit: number): Promise<readonly LargeShare[]>;
}

export interface ShareStoreNeeds {
  readonly records: Records;
  readonly blobs: BlobKeeper;
  /** What all contents together may take now. */
  readonly quotaBytes: () => number;
  readonly now: () => number;
  /** Told after a share or an asset has changed or gone, so that nothing stale is served. */
  readonly onChange: (shareId: string) => void;
  /** Told when a share is made that ends by itself, in ms since 1970. */
  readonly onEnd: (endsAtMs: number) => void;
  /** Told of each share that has ended, once that is on disk. */
  readonly onEnded?: (shareId: string, how: ShareEnd, atMs: number) => void;
}

/** An asset that was never shared is removed after a day, in ms. */
const UNSHARED_MS = 24 * 60 * 60 * 1_000;

/** What the service keeps, as its API and its pages see it. */
export async function createShareStore(needs: ShareStoreNeeds): Promise<ShareStore> {
  const { records, blobs, now } = needs;
  // Creating runs freely; whatever looks at something that exists and changes it takes its turn.
  const inTurn = createSerial();
  let used = Number((await records.get(keys.setting('used-bytes'))) ?? 0);

  function countUsed(bytes: number): Change {
    used = Math.max(0, used + bytes);
    return { put: keys.setting('used-bytes'), value: String(used) };
  }

  function refuseWhenFull(bytes: number): void {
    const quotaBytes = needs.quotaBytes();
    if (used + bytes > quotaBytes) {
      throw new StoreError({ kind: 'full', usedBytes: used, quotaBytes });
    }
  }

  /** Writes; when that fails, nothing was used after all. */
  async function writeNew(
    bytes: number,
    changes: readonly Change[],
    forget: readonly string[] = [],
  ): Promise<void> {
    try {
      await records.write([...changes, countUsed(bytes)], forget);
    } catch (error) {
      countUsed(-bytes);
      throw error;
    }
  }

  async function addAsset(asset: NewAsset, more: (record: AssetRecord) => readonly Change[]) {
    const base = {
      id: newId(),
      name: asset.name,
      form: asset.form,
      ...(asset.ext === undefined ? {} : { ext: asset.ext }),
      createdAtMs: now(),
    };
    const content = await whenSmall(asset);
    if (content instanceof Uint8Array) {
      refuseWhenFull(content.byteLength);
      if (content.byteLength <= RECORD_CONTENT_LIMIT) {
        const record: AssetRecord = {
          ...base,
          sizeBytes: content.byteLength,
          content: { at: 'record' },
        };
        await writeNew(record.sizeBytes, [
          { put: keys.content(record.id), value: content },
          { put: keys.asset(record.id), value: JSON.stringify(record) },
          ...more(record),
        ]);
        return record;
      }
    }
    refuseWhenFull(asset.sizeBytes ?? 0);
    return await blobs.keep(content, async ({ sha256, sizeBytes }) => {
      refuseWhenFull(sizeBytes);
      const record: AssetRecord = { ...base, sizeBytes, content: { at: 'blob', sha256 } };
      await writeNew(sizeBytes, [
        { put: keys.blobUse(sha256, record.id), value: '' },
        { put: keys.asset(record.id), value: JSON.stringify(record) },
        ...more(record),
      ]);
      return record;
    });
  }

  function newShare(
    assetIds: readonly string[],
    kind: { readonly collection: boolean; readonly name?: string },
    terms: ShareTerms,
  ): ShareRecord {
    return {
      id: newId(),
      assetIds,
      collection: kind.collection,
      ...(kind.name === undefined ? {} : { name: kind.name }),
      createdAtMs: now(),
      ...terms,
    };
  }

  /** What making this share adds, or (`remove`) what its end takes away, besides its record. */
  function indexes(share: ShareRecord): readonly { key: string; value: string }[] {
    return [
      { key: keys.made(share.createdAtMs, share.id), value: '' },
      ...share.assetIds.map((id) => ({ key: keys.use(id, share.id), value: '' })),
      ...(share.expiresAtMs === undefined
        ? []
        : [{ key: keys.ends(share.expiresAtMs, share.id), value: '' }]),
      ...(share.name === undefined
        ? []
        : [{ key: keys.collectionName(share.name), value: share.id }]),
    ];
  }

  function putShare(share: ShareRecord): readonly Change[] {
    if (share.expiresAtMs !== undefined) needs.onEnd(share.expiresAtMs);
    return [
      { put: keys.share(share.id), value: JSON.stringify(share) },
      ...indexes(share).map(({ key, value }) => ({ put: key, value })),
    ];
  }

  /** How an asset goes: its record becomes a tombstone, its content leaves the disk. */
  function dropAsset(asset: AssetRecord): readonly Change[] {
    const stone: Tombstone = { id: asset.id, gone: 'deleted', goneAtMs: now() };
    return [
      { put: keys.asset(asset.id), value: JSON.stringify(stone) },
      { remove: keys.unshared(asset.createdAtMs, asset.id) },
      asset.content.at === 'record'
        ? { remove: keys.content(asset.id) }
        : { remove: keys.blobUse(asset.content.sha256, asset.id) },
    ];
  }

  function dropShare(share: ShareRecord, how: ShareEnd): readonly Change[] {
    const stone: Tombstone = { id: share.id, gone: how, goneAtMs: now() };
    return [
      { put: keys.share(share.id), value: JSON.stringify(stone) },
      ...indexes(share).map(({ key }) => ({ remove: key })),
    ];
  }

  /** @param shareKeys records that held names, to be rewritten without them */
  async function removeAssets(
    assets: readonly AssetRecord[],
    shares: readonly Change[],
    shareKeys: readonly string[],
  ): Promise<void> {
    const freed = assets.reduce((sum, asset) => sum + asset.sizeBytes, 0);
    await writeNew(
      -freed,
      [...shares, ...assets.flatMap(dropAsset)],
      [...shareKeys, ...assets.flatMap(({ id }) => [keys.asset(id), keys.content(id)])],
    );
    for (const { content } of assets) {
      if (content.at === 'blob') await blobs.release(content.sha256);
    }
  }

  async function getShare(id: string): Promise<Kept<ShareRecord> | undefined> {
    return parse<ShareRecord>(await records.get(keys.share(id)));
  }

  async function getAsset(id: string): Promise<Kept<AssetRecord> | undefined> {
    return parse<AssetRecord>(await records.get(keys.asset(id)));
  }

  async function liveAssets(ids: readonly string[]): Promise<readonly AssetRecord[]> {
    const found = await records.getMany(ids.map(keys.asset));
    return found.flatMap((text) => {
      const asset = parse<AssetRecord>(text);
      return asset === undefined || isGone(asset) ? [] : [asset];
    });
  }

  /** Ends a share within a turn. */
  async function endNow(shareId: string, how: ShareEnd) {
    const share = await getShare(shareId);
    if (share === undefined) return 'unknown';
    if (isGone(share)) return 'was-gone';
    const alone: AssetRecord[] = [];
    for (const asset of await liveAssets(share.assetIds)) {
      if (!(await isUsedElsewhere(asset.id, shareId))) alone.push(asset);
    }
    await removeAssets(alone, dropShare(share, how), [keys.share(shareId)]);
    needs.onChange(shareId);
    needs.onEnded?.(shareId, how, now());
    return 'ended';
  }

  /** Changes a share's end within a turn. */
  async function changeEndNow(shareId: string, expiresAtMs: number | undefined) {
    const share = await getShare(shareId);
    if (share === undefined) return 'unknown';
    // Its time may be over with nobody having looked: it is not brought back to life.
    if (isGone(share) || (share.expiresAtMs !== undefined && share.expiresAtMs <= now())) {
      return 'was-gone';
    }
    const { expiresAtMs: before, ...rest } = share;
    const changed: ShareRecord = expiresAtMs === undefined ? rest : { ...rest, expiresAtMs };
    await records.write([
      ...(before === undefined ? [] : [{ remove: keys.ends(before, shareId) }]),
      ...putShare(changed),
    ]);
    needs.onChange(shareId);
    return changed;
  }

  /** Renames within a turn. What the old name was leaves the files. */
  async function renameNow(shareId: string, name: string) {
    const share = await getShare(shareId);
    if (share === undefined) return 'unknown';
    if (isGone(share) || (share.expiresAtMs !== undefined && share.expiresAtMs <= now())) {
      return 'was-gone';
    }
    if (share.collection) {
      const holder = await records.get(keys.collectionName(name));
      if (holder !== undefined && holder !== shareId) throw new StoreError({ kind: 'name-taken' });
      const renamed: ShareRecord = { ...share, name };
      const old = share.name === undefined ? [] : [keys.collectionName(share.name)];
      await records.write(
        [...old.map((remove) => ({ remove })), ...putShare(renamed)],
        [keys.share(shareId), ...old],
      );
      needs.onChange(shareId);
      return { name };
    }
    const [asset] = await liveAssets(share.assetIds);
    if (asset === undefined) return 'was-gone';
    const renamed: AssetRecord = { ...asset, name: withExtensionOf(asset, name) };
    await records.write(
      [{ put: keys.asset(asset.id), value: JSON.stringify(renamed) }],
      [keys.asset(asset.id)],
    );
    needs.onChange(shareId);
    return { name: renamed.name };
  }

  async function openContent(asset: AssetRecord, range?: ByteRange): Promise<Readable> {
    if (asset.content.at === 'blob') return await blobs.open(asset.content.sha256, range);
    const bytes = await records.getBytes(keys.content(asset.id));
    if (bytes === undefined) throw new StoreError({ kind: 'asset-gone' });
    return Readable.from([
      range === undefined ? bytes : bytes.subarray(range.start, range.end + 1),
    ]);
  }

  async function isUsedElsewhere(assetId: string, shareId: string): Promise<boolean> {
    const uses = await records.keys(keys.uses(assetId), { limit: 2 });
    return uses.some((key) => idOf(key) !== shareId);
  }

  async function deleteAssetNow(assetId: string) {
    const asset = await getAsset(assetId);
    if (asset === undefined) return 'unknown';
    if (isGone(asset)) return 'was-gone';
    const changes: Change[] = [];
    const touched: string[] = [];
    const ending: string[] = [];
    for (const key of await records.keys(keys.uses(assetId))) {
      const share = await getShare(idOf(key));
      if (share === undefined || isGone(share)) continue;
      touched.push(share.id);
      const others = (await liveAssets(share.assetIds)).filter(({ id }) => id !== assetId);
      if (others.length > 0) continue;
      ending.push(share.id);
      changes.push(...dropShare(share, 'revoked'));
    }
    await removeAssets([asset], changes, touched.map(keys.share));
    for (const id of touched) needs.onChange(id);
    for (const id of ending) needs.onEnded?.(id, 'revoked', now());
    return 'deleted';
  }

  return {
    createAsset: (asset) =>
      addAsset(asset, (record) => [
        { put: keys.unshared(record.createdAtMs, record.id), value: '' },
      ]),

    async shareNew(asset, terms) {
      let share: ShareRecord | undefined;
      const record = await addAsset(asset, ({ id }) => {
        share = newShare([id], { collection: false }, terms);
        return putShare(share);
      });
      // `addAsset` resolves only after it has called back.
      return { share: share as unknown as ShareRecord, asset: record };
    },

    shareExisting: (assetIds, kind, terms) =>
      inTurn(async () => {
        const assets: AssetRecord[] = [];
        for (const text of await records.getMany(assetIds.map(keys.asset))) {
          const asset = parse<AssetRecord>(text);
          if (asset === undefined) throw new StoreError({ kind: 'unknown-asset' });
          if (isGone(asset)) throw new StoreError({ kind: 'asset-gone' });
          assets.push(asset);
        }
        if (kind.name !== undefined && (await records.get(keys.collectionName(kind.name)))) {
          throw new StoreError({ kind: 'name-taken' });
        }
        const share = newShare(assetIds, kind, terms);
        await records.write([
          ...putShare(share),
          ...assets.map((asset) => ({ remove: keys.unshared(asset.createdAtMs, asset.id) })),
        ]);
        return share;
      }),

    share: getShare,
    asset: getAsset,
    assets: liveAssets,

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

    open: openContent,

    async list({ limit, beforeMs }) {
      const found = await records.keys(keys.allMade, {
        limit,
        newestFirst: true,
        ...(beforeMs === undefined ? {} : { after: keys.madeBefore(beforeMs) }),
      });
      const texts = await records.getMany(found.map((key) => keys.share(idOf(key))));
      return texts.flatMap((text) => {
        const share = parse<ShareRecord>(text);
        return share === undefined || isGone(share) ? [] : [share];
      });
    },

    hasLiveShares: async () => (await records.keys(keys.allMade, { limit: 1 })).length > 0,

    end: (shareId, how) => inTurn(() => endNow(shareId, how)),

    spend: (shareId) =>
      inTurn(async () => {
        const share = await getShare(shareId);
        if (share === undefined || isGone(share) || share.once !== true) return undefined;
        const [asset] = await liveAssets(share.assetIds);
        if (asset === undefined) return undefined;
        // Opened before it is unlinked: an open file stays readable.
        const content = await openContent(asset);
        await endNow(shareId, 'spent');
        return { asset, content };
      }),

    async sweep() {
      const due = await records.keys(keys.allEnds, { below: keys.endsBefore(now() + 1) });
      for (const key of due) await inTurn(() => endNow(idOf(key), 'expired'));
      const stale = await records.keys(keys.allUnshared, {
        below: keys.unsharedBefore(now() - UNSHARED_MS),
      });
      for (const key of stale) await inTurn(() => deleteAssetNow(idOf(key)));
    },

    async nextEndMs() {
      const [first] = await records.keys(keys.allEnds, { limit: 1 });
      return first === undefined ? undefined : Number(first.split('!')[1]);
    },

    changeEnd: (shareId, expiresAtMs) => inTurn(() => changeEndNow(shareId, expiresAtMs)),

    rename: (shareId, name) => inTurn(() => renameNow(shareId, name)),

    deleteAsset: (assetId) => inTurn(() => deleteAssetNow(assetId)),

    usedBytes: () => used,
    largest: (limit) => largestShares(records, limit),
  };
}

/** A file that is renamed stays what it is: "notes" for "plan.md" becomes "notes.md". */
function withExtensionOf(asset: AssetRecord, name: string): string {
  const ext = asset.form === 'file' ? /\.[A-Za-z0-9]{1,12}$/.exec(asset.name)?.[0] : undefined;
  return ext === undefined || name.toLowerCase().endsWith(ext.toLowerCase())
    ? name
    : `${name}${ext}`;
}

/** A stream that says that it is small is read whole, so that it can live beside the metadata. */
async function whenSmall({ content, sizeBytes }: NewAsset): Promise<NewAsset['content']> {
  if (content instanceof Uint8Array) return content;
  if (sizeBytes === undefined || sizeBytes > RECORD_CONTENT_LIMIT) return content;
  const chunks: Uint8Array[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Records were written by this store, so their shape holds. */
function parse<T>(text: string | undefined): Kept<T> | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as Kept<T>);
}
