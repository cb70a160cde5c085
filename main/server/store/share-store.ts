import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import type { ShareEnd } from '../../share-options.ts';
import { newId } from '../ids.ts';
import { addAsset, type NewAsset } from './add-asset.ts';
import type { BlobReferences } from './blobs/blob-references.ts';
import type { ByteRange } from './blobs/blobs.ts';
import type { FreeSpaceCheck } from './blobs/disk-room.ts';
import type { StoredChange } from './change-options.ts';
import { largestShares } from './largest-shares.ts';
import {
  type AssetRecord,
  isTombstone,
  type LargeShare,
  type NewShareOptions,
  type ShareEvents,
  type ShareRecord,
  type Tombstone,
} from './model.ts';
import { ShareChanging } from './share-changing.ts';
import { type Missing, ShareEnding } from './share-ending.ts';
import { hasSameAccess, isActive } from './share-life.ts';
import {
  allClosed,
  assetsOfUser,
  Catalog,
  closedUntil,
  expired,
  sharesOfUser,
  unsharedSince,
} from './sql/catalog.ts';
import { CatalogWriter } from './sql/catalog-writer.ts';
import type { Database } from './sql/database.ts';
import { StoreError } from './store-error.ts';

export interface ShareStoreOptions {
  readonly database: Database;
  readonly blobs: BlobReferences;
  /** Of the disk that the catalog is on; absent: the disk is not checked. */
  readonly room?: FreeSpaceCheck;
  /** What all contents together may take now. */
  readonly quotaBytes: () => number;
  readonly now: () => number;
  /** The time by which content is deleted; `now` without it. @see StableClock */
  readonly stableNow?: () => number;
  /** How long a closed share can be opened again, in ms. */
  readonly undoMs: number;
}

/** An asset that was never shared is removed after a day, in ms. */
const UNSHARED_MS = 24 * 60 * 60 * 1_000;

/** How long a page tells how a share ended; then its link is unknown. In ms. */
const REMEMBERED_MS = 90 * 24 * 60 * 60 * 1_000;

/** So many records of what has ended are removed in one transaction. */
const REMOVED_AT_ONCE = 500;

/** Shares, assets and their contents, as the API and the pages see them. */
export class ShareStore {
  readonly events = new EventEmitter<ShareEvents>();
  readonly #options: ShareStoreOptions;
  /** Reads outside of transactions. */
  readonly #catalog: Catalog;
  readonly #writer: CatalogWriter;
  readonly #ending: ShareEnding;
  readonly #changing: ShareChanging;

  private constructor(options: ShareStoreOptions, writer: CatalogWriter) {
    this.#options = options;
    this.#catalog = new Catalog(options.database);
    this.#writer = writer;
    const { blobs, now, stableNow = now } = options;
    this.#ending = new ShareEnding({
      catalog: this.#catalog,
      blobs,
      writer,
      now,
      stableNow,
      events: this.events,
    });
    this.#changing = new ShareChanging({
      catalog: this.#catalog,
      writer,
      ending: this.#ending,
      now,
      undoMs: options.undoMs,
      events: this.events,
    });
  }

  static async open(options: ShareStoreOptions): Promise<ShareStore> {
    return new ShareStore(options, await CatalogWriter.open(options.database, options.quotaBytes));
  }

  /** @throws StoreError `full` */
  async createAsset(asset: NewAsset): Promise<AssetRecord> {
    return await this.#addAsset(asset);
  }

  /** Creates an asset and a link to it, both or neither. @throws StoreError `full` */
  async shareNew(
    asset: NewAsset,
    options: NewShareOptions,
  ): Promise<{ share: ShareRecord; asset: AssetRecord }> {
    const shareId = newId();
    const shareOf = (record: AssetRecord): ShareRecord => ({
      id: shareId,
      assetIds: [record.id],
      collection: false,
      createdAtMs: record.createdAtMs,
      options: {},
      ...options,
    });
    const record = await this.#addAsset(asset, shareOf);
    this.events.emit('created');
    if (options.expiresAtMs !== undefined) this.events.emit('due', options.expiresAtMs);
    return { share: shareOf(record), asset: record };
  }

  /** Links to assets that exist. @throws StoreError */
  async shareExisting(
    assetIds: readonly string[],
    kind: { readonly collection: boolean; readonly name?: string },
    options: NewShareOptions,
  ): Promise<ShareRecord> {
    const share: ShareRecord = {
      id: newId(),
      assetIds,
      ...kind,
      createdAtMs: this.#options.now(),
      options: {},
      ...options,
    };
    const { owner } = options;
    if (kind.name !== undefined) await this.#ending.endHolderIfDue(kind.name, owner);
    await this.#writer.change(async (catalog) => {
      for (const id of assetIds) {
        const isOwn = owner === undefined || (await catalog.ownsAsset(owner, id));
        const asset = isOwn ? await catalog.lockedAsset(id) : undefined;
        if (asset === undefined) throw new StoreError({ kind: 'unknown-asset' });
        if (isTombstone(asset)) throw new StoreError({ kind: 'asset-deleted' });
        await catalog.markShared(id);
      }
      if (kind.name !== undefined && (await catalog.holderOf(kind.name, owner)) !== undefined) {
        throw new StoreError({ kind: 'name-taken' });
      }
      await catalog.addShare(share);
    });
    this.events.emit('created');
    if (share.expiresAtMs !== undefined) this.events.emit('due', share.expiresAtMs);
    return share;
  }

  /** Whether a share is, or was, this user's. @see Catalog.ownsShare */
  async ownsShare(owner: string, shareId: string): Promise<boolean> {
    return await this.#catalog.ownsShare(owner, shareId);
  }

  /** @see ownsShare */
  async ownsAsset(owner: string, assetId: string): Promise<boolean> {
    return await this.#catalog.ownsAsset(owner, assetId);
  }

  /** Whether a cached record can be trusted. @see Database.isCurrent */
  isCurrent(): boolean {
    return this.#options.database.isCurrent();
  }

  /** @see Database.isFresh */
  isFresh(askedAtMs: number): boolean {
    return this.#options.database.isFresh(askedAtMs);
  }

  /** One whose time is over ends now, if no sweep has ended it yet. */
  async share(id: string): Promise<ShareRecord | Tombstone | undefined> {
    const share = await this.#catalog.share(id);
    if (share === undefined || isTombstone(share)) return share;
    if (this.#ending.dueOf(share) === undefined) return share;
    await this.#ending.endIfDue(id);
    return await this.#catalog.share(id);
  }

  async asset(id: string): Promise<AssetRecord | Tombstone | undefined> {
    return await this.#catalog.asset(id);
  }

  /** Those of the assets that are not deleted. */
  async assets(ids: readonly string[]): Promise<readonly AssetRecord[]> {
    const found = await Promise.all(ids.map((id) => this.#catalog.asset(id)));
    return found.flatMap((asset) => (asset === undefined || isTombstone(asset) ? [] : [asset]));
  }

  /** The content whole; only for what is known to be small. @throws StoreError `asset-deleted` */
  async read(asset: AssetRecord): Promise<Uint8Array> {
    if (asset.content.at === 'record') return await this.#readRecord(asset);
    const chunks: Uint8Array[] = [];
    for await (const chunk of await this.open(asset)) chunks.push(chunk);
    return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
  }

  /** @throws StoreError `asset-deleted` */
  async open(asset: AssetRecord, range?: ByteRange): Promise<Readable> {
    if (asset.content.at === 'blob') {
      return await this.#options.blobs.open(asset.content.key, range);
    }
    const bytes = await this.#readRecord(asset);
    return Readable.from([
      range === undefined ? bytes : bytes.subarray(range.start, range.end + 1),
    ]);
  }

  /** Live shares, newest first. */
  async list(page: {
    readonly limit: number;
    readonly beforeMs?: number;
    /** Only this user's. */
    readonly owner?: string | undefined;
  }): Promise<readonly ShareRecord[]> {
    return await this.#catalog.activeShares({ ...page, nowMs: this.#stableNow() });
  }

  /**
   * Ends a one-time share and returns its content: to the first call only.
   * @param asked the share whose password was entered; not opened if it has another one by now
   */
  async openOnce(
    asked: ShareRecord,
  ): Promise<{ asset: AssetRecord; content: Readable } | undefined> {
    const share = await this.#catalog.share(asked.id);
    if (share === undefined || !this.#isOneTime(share, asked)) return undefined;
    const [asset] = await this.assets(share.assetIds);
    if (asset === undefined) return undefined;
    // Opened before it is removed, which ends no download.
    const content = await this.open(asset).catch(ifGone);
    if (content === undefined) return undefined;
    try {
      const ended = await this.#ending.end(
        asked.id,
        (now) => (this.#isOneTime(now, asked) ? 'used-up' : undefined),
        content,
      );
      if (ended === 'ended') {
        this.events.emit('counted');
        return { asset, content };
      }
      content.destroy();
      return undefined;
    } catch (error) {
      content.destroy();
      throw error;
    }
  }

  /**
   * Ends what is past its time, removes assets that no share took up within a day, and what was
   * remembered for long enough of what has ended.
   * @param signal stops it early; the rest is left to the next call
   */
  async sweep(signal?: AbortSignal): Promise<void> {
    const stableNow = this.#stableNow();
    const decide = (share: ShareRecord): ShareEnd | undefined => this.#ending.dueOf(share);
    await this.#ending.endAll(expired(stableNow), decide, signal);
    await this.#ending.endAll(closedUntil(this.#options.now()), decide, signal);
    await this.#ending.deleteUnshared(unsharedSince(stableNow - UNSHARED_MS), signal);
    const forgottenMs = stableNow - REMEMBERED_MS;
    while (!signal?.aborted && (await this.#catalog.hasEndedBefore(forgottenMs))) {
      await this.#writer.change((catalog) => catalog.removeEnded(forgottenMs, REMOVED_AT_ONCE));
    }
  }

  /** When the next share ends by itself, in ms since 1970. */
  async nextEndMs(): Promise<number | undefined> {
    return await this.#catalog.nextEndMs();
  }

  /** Ends a share, and removes the content that nothing else needs. */
  async end(shareId: string, how: ShareEnd): Promise<'ended' | Missing> {
    const ended = await this.#ending.end(shareId, ({ closed }) =>
      closed === undefined ? how : closed.how,
    );
    return ended === 'not-due' ? 'already-ended' : ended;
  }

  /** @see ShareEnding.endIfDue */
  async endIfDue(shareId: string): Promise<void> {
    await this.#ending.endIfDue(shareId);
  }

  /** Revokes all shares of a user, and removes all that is left of the user's contents. */
  async endAllOf(owner: string): Promise<void> {
    await this.#ending.endAll(sharesOfUser(owner), () => 'revoked');
    await this.#ending.deleteUnshared(assetsOfUser(owner));
  }

  /** Ends all that is closed, without waiting for its time. @param signal stops it early */
  async endClosed(signal?: AbortSignal): Promise<void> {
    await this.#ending.endAll(allClosed, ({ closed }) => closed?.how, signal);
  }

  /** @see ShareChanging.close */
  async close(shareId: string): Promise<{ readonly untilMs: number } | Missing> {
    return await this.#changing.close(shareId);
  }

  /** @see ShareChanging.reopen */
  async reopen(shareId: string): Promise<ShareRecord | Missing> {
    return await this.#changing.reopen(shareId);
  }

  /** @see ShareChanging.changeOptions */
  async changeOptions(shareId: string, change: StoredChange): Promise<ShareRecord | Missing> {
    return await this.#changing.changeOptions(shareId, change);
  }

  /** @see ShareChanging.rename */
  async rename(shareId: string, name: string): Promise<{ name: string } | Missing> {
    return await this.#changing.rename(shareId, name);
  }

  /** Removes an asset; shares that have nothing else end with it. */
  async deleteAsset(assetId: string): Promise<'deleted' | Missing> {
    return await this.#ending.deleteAsset(assetId);
  }

  /** What all contents took together when this process wrote last, in bytes. */
  usedBytes(): number {
    return this.#writer.usedBytes();
  }

  /** What all contents take together, in bytes. */
  async readUsedBytes(): Promise<number> {
    return await this.#writer.readUsedBytes();
  }

  /** The active shares that take the most, the largest first; reads all of them. */
  async largest(limit: number, owner?: string): Promise<readonly LargeShare[]> {
    return await largestShares(this.#catalog, limit, owner);
  }

  async #readRecord({ id }: AssetRecord): Promise<Uint8Array> {
    const bytes = await this.#catalog.content(id);
    if (bytes === undefined) throw new StoreError({ kind: 'asset-deleted' });
    return bytes;
  }

  #addAsset(asset: NewAsset, shareOf?: (asset: AssetRecord) => ShareRecord): Promise<AssetRecord> {
    const { blobs, room, now } = this.#options;
    const makeRoom = async (): Promise<void> => {
      await this.sweep();
      await this.endClosed();
    };
    return addAsset({ writer: this.#writer, blobs, room, makeRoom, now }, asset, shareOf);
  }

  #isOneTime(share: ShareRecord | Tombstone, asked: ShareRecord): share is ShareRecord {
    return (
      isActive(share, this.#options.now()) &&
      share.options.once === true &&
      hasSameAccess(share, asked)
    );
  }

  #stableNow(): number {
    const { now, stableNow = now } = this.#options;
    return stableNow();
  }
}

/** Another request has ended the share, and deleted its content. @throws any other error */
function ifGone(error: unknown): undefined {
  const isGone =
    error instanceof StoreError
      ? error.fault.kind === 'asset-deleted'
      : error instanceof Error && 'code' in error && error.code === 'ENOENT';
  if (!isGone) throw error;
}
