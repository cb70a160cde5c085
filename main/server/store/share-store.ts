import type { Readable } from 'node:stream';
import { createAddAsset, type NewAsset } from './add-asset.ts';
import type { BlobKeeper } from './blob-keeper.ts';
import type { ByteRange } from './blobs.ts';
import { createChangeShares } from './change-shares.ts';
import { createCloseShares } from './close-shares.ts';
import type { DiskRoom } from './disk-room.ts';
import { createEndShares } from './end-shares.ts';
import { idOf, keys } from './keys.ts';
import { type LargeShare, largestShares } from './largest-shares.ts';
import {
  type AssetRecord,
  isGone,
  type Kept,
  type ShareEnd,
  type ShareRecord,
  type ShareTerms,
} from './model.ts';
import { createReadKept, parseKept } from './read-kept.ts';
import type { Change, Records } from './records.ts';
import { createSerial } from './serial.ts';
import { newShare, putShare } from './share-changes.ts';
import { isLive } from './share-life.ts';
import { StoreError } from './store-error.ts';
import { createUsedBytes } from './used-bytes.ts';

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
  /** Ends a share whose time is over, if it still is. */
  endIfDue(shareId: string): Promise<void>;
  /**
   * Revokes a share with a way back: it opens no more from now on, all of it is kept until the
   * answered time, in ms since 1970, and it ends by itself then. A collection's name stays taken.
   */
  close(shareId: string): Promise<{ readonly untilMs: number } | 'was-gone' | 'unknown'>;
  /** Takes a close back within its time: the share is as it was. One that is open stays so. */
  reopen(shareId: string): Promise<ShareRecord | 'was-gone' | 'unknown'>;
  /** Ends all that is closed, without waiting for its time. */
  endClosed(): Promise<void>;
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
  /** Of the disk that the metadata are on. */
  readonly room?: DiskRoom;
  /** What all contents together may take now. */
  readonly quotaBytes: () => number;
  readonly now: () => number;
  /** The time by which content is deleted; `now` without it. @see SettledClock */
  readonly settledNow?: () => number;
  /** How long a closed share can be opened again, in ms. */
  readonly undoMs: number;
  /** Told after a share or an asset has changed or gone, so that nothing stale is served. */
  readonly onChange: (shareId: string) => void;
  /** Told when there is a share that ends by itself, in ms since 1970. */
  readonly onEnd: (endsAtMs: number) => void;
  /** Told of each share that has ended, once that is on disk. */
  readonly onEnded?: (shareId: string, how: ShareEnd, atMs: number) => void;
}

/** An asset that was never shared is removed after a day, in ms. */
const UNSHARED_MS = 24 * 60 * 60 * 1_000;

/** What the service keeps, as its API and its pages see it. */
export async function createShareStore(needs: ShareStoreNeeds): Promise<ShareStore> {
  const { records, blobs, now, settledNow = now } = needs;
  // Creating runs freely; whatever looks at something that exists and changes it takes its turn.
  const inTurn = createSerial();
  const used = await createUsedBytes(records, needs.quotaBytes);
  const kept = createReadKept(records, blobs);
  const ending = createEndShares({ ...needs, settledNow, kept, used });
  const addAsset = createAddAsset({ blobs, used, room: needs.room, endClosed, now });
  const closing = createCloseShares({ ...needs, kept });
  const changing = createChangeShares({ ...needs, kept });

  async function closedIds(): Promise<readonly string[]> {
    return (await records.keys(keys.allClosed)).map(idOf);
  }

  async function endClosed(): Promise<void> {
    for (const id of await closedIds()) {
      await inTurn(async () => {
        const share = await kept.share(id);
        // It may have been opened again before its turn came.
        if (share === undefined || isGone(share) || share.closed === undefined) return;
        await ending.end(id, 'revoked');
      });
    }
  }

  function putNew(share: ShareRecord): readonly Change[] {
    if (share.expiresAtMs !== undefined) needs.onEnd(share.expiresAtMs);
    return putShare(share);
  }

  return {
    createAsset: (asset) =>
      addAsset(asset, (record) => [
        { put: keys.unshared(record.createdAtMs, record.id), value: '' },
      ]),

    async shareNew(asset, terms) {
      let share: ShareRecord | undefined;
      const record = await addAsset(asset, ({ id }) => {
        share = newShare([id], { collection: false }, terms, now());
        return putNew(share);
      });
      // `addAsset` resolves only after it has called back.
      return { share: share as unknown as ShareRecord, asset: record };
    },

    shareExisting: (assetIds, kind, terms) =>
      inTurn(async () => {
        const assets: AssetRecord[] = [];
        for (const text of await records.getMany(assetIds.map(keys.asset))) {
          const asset = parseKept<AssetRecord>(text);
          if (asset === undefined) throw new StoreError({ kind: 'unknown-asset' });
          if (isGone(asset)) throw new StoreError({ kind: 'asset-gone' });
          assets.push(asset);
        }
        if (kind.name !== undefined && (await records.get(keys.collectionName(kind.name)))) {
          throw new StoreError({ kind: 'name-taken' });
        }
        const share = newShare(assetIds, kind, terms, now());
        await records.write([
          ...putNew(share),
          ...assets.map((asset) => ({ remove: keys.unshared(asset.createdAtMs, asset.id) })),
        ]);
        return share;
      }),

    ...kept,

    async list({ limit, beforeMs }) {
      const found = await records.keys(keys.allMade, {
        limit,
        newestFirst: true,
        ...(beforeMs === undefined ? {} : { after: keys.madeBefore(beforeMs) }),
      });
      const texts = await records.getMany(found.map((key) => keys.share(idOf(key))));
      return texts.flatMap((text) => {
        const share = parseKept<ShareRecord>(text);
        return share === undefined || isGone(share) ? [] : [share];
      });
    },

    hasLiveShares: async () => (await records.keys(keys.allMade, { limit: 1 })).length > 0,

    end: (shareId, how) => inTurn(() => ending.end(shareId, how)),

    endIfDue: (shareId) => inTurn(() => ending.endIfDue(shareId)),

    close: (shareId) => inTurn(() => closing.close(shareId)),

    reopen: (shareId) => inTurn(() => closing.reopen(shareId)),

    endClosed,

    spend: (shareId) =>
      inTurn(async () => {
        const share = await kept.share(shareId);
        if (share === undefined || !isLive(share, now()) || share.once !== true) return undefined;
        const [asset] = await kept.assets(share.assetIds);
        if (asset === undefined) return undefined;
        // Opened before it is unlinked: an open file stays readable.
        const content = await kept.open(asset);
        try {
          await ending.end(shareId, 'spent');
        } catch (error) {
          content.destroy();
          throw error;
        }
        return { asset, content };
      }),

    async sweep() {
      const due = await records.keys(keys.allEnds, { below: keys.endsBefore(settledNow() + 1) });
      for (const id of [...due.map(idOf), ...(await closedIds())]) {
        await inTurn(() => ending.endIfDue(id));
      }
      const stale = await records.keys(keys.allUnshared, {
        below: keys.unsharedBefore(settledNow() - UNSHARED_MS),
      });
      for (const key of stale) await inTurn(() => ending.deleteAsset(idOf(key)));
    },

    async nextEndMs() {
      const [first] = await records.keys(keys.allEnds, { limit: 1 });
      const closed = await records.getMany((await closedIds()).map(keys.closed));
      const times = [first?.split('!')[1], ...closed].flatMap((time) => time ?? []).map(Number);
      return times.length === 0 ? undefined : Math.min(...times);
    },

    changeEnd: (shareId, expiresAtMs) => inTurn(() => changing.changeEnd(shareId, expiresAtMs)),

    rename: (shareId, name) => inTurn(() => changing.rename(shareId, name)),

    deleteAsset: (assetId) => inTurn(() => ending.deleteAsset(assetId)),

    usedBytes: used.bytes,
    largest: (limit) => largestShares(records, limit),
  };
}
