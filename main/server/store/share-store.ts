import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import type { ShareEnd } from '../../share-options.ts';
import { newId } from '../ids.ts';
import { addAsset, type NewAsset } from './add-asset.ts';
import type { BlobReferences } from './blobs/blob-references.ts';
import type { ByteRange } from './blobs/blobs.ts';
import type { FreeSpaceCheck } from './blobs/disk-room.ts';
import { type StoredChange, withChangedOptions } from './change-options.ts';
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
import { type Missing, ShareEnding } from './share-ending.ts';
import { endDue, hasSameAccess, isActive, isRestorable } from './share-life.ts';
import {
  allClosed,
  assetsOfUser,
  Catalog,
  closedUntil,
  expired,
  sharesOfUser,
  unsharedSince,
} from './sql/catalog.ts';
import type { CatalogChanges } from './sql/catalog-changes.ts';
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

type Changed = ShareRecord | 'already-ended';

/** Shares, assets and their contents, as the API and the pages see them. */
export class ShareStore {
  readonly events = new EventEmitter<ShareEvents>();
  readonly #options: ShareStoreOptions;
  /** Reads outside of transactions. */
  readonly #catalog: Catalog;
  readonly #writer: CatalogWriter;
  readonly #ending: ShareEnding;

  private constructor(options: ShareStoreOptions, writer: CatalogWriter) {
    this.#options = options;
    this.#catalog = new Catalog(options.database);
    this.#writer = writer;
    const { blobs, now, stableNow = now } = options;
    this.#ending = new ShareEnding({
      catalog: this.#catalog,
      blobs,
      writer,
      stableNow,
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
    if (kind.name !== undefined) await this.#endHolderIfDue(kind.name, owner);
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
    if (this.#endDue(share) === undefined) return share;
    await this.endIfDue(id);
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
    await this.#ending.endAll(expired(stableNow), (share) => this.#endDue(share), signal);
    const closed = closedUntil(this.#options.now());
    await this.#ending.endAll(closed, (share) => this.#endDue(share), signal);
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

  /** Ends a share whose time is over, if it still is: it may have changed since the caller read it. */
  async endIfDue(shareId: string): Promise<void> {
    await this.#ending.end(shareId, (share) => this.#endDue(share));
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

  /**
   * Revokes a share that can still be restored: its pages stop now, its content stays until
   * `untilMs`, in ms since 1970, and is removed then. A collection's name stays taken until then.
   */
  async close(shareId: string): Promise<{ readonly untilMs: number } | Missing> {
    const changed = await this.#change(shareId, (share, nowMs) => {
      if (!isRestorable(share, nowMs)) return 'already-ended';
      // Closed twice, its time does not start again.
      if (share.closed !== undefined) return share;
      const untilMs = nowMs + this.#options.undoMs;
      return { ...share, closed: { fromMs: nowMs, untilMs, how: 'revoked' } };
    });
    // It can't be restored any more: its content is deleted now.
    if (changed === 'already-ended') await this.#ending.end(shareId, ({ closed }) => closed?.how);
    if (typeof changed === 'string') return changed;
    if (changed.closed === undefined) return 'already-ended';
    this.events.emit('due', changed.closed.untilMs);
    return { untilMs: changed.closed.untilMs };
  }

  /** Restores a closed share within its time. One that isn't closed stays as it is. */
  async reopen(shareId: string): Promise<ShareRecord | Missing> {
    return await this.#change(shareId, (share, nowMs) => {
      if (!isRestorable(share, nowMs)) return 'already-ended';
      if (share.closed === undefined) return share;
      const { closed: _, ...open } = share;
      return open;
    });
  }

  /**
   * Changes the options of an active share. Its opens must have been written before.
   * @throws StoreError `one-time-collection`, `maximum-reached`
   */
  async changeOptions(shareId: string, change: StoredChange): Promise<ShareRecord | Missing> {
    const changed = await this.#change(shareId, async (share, nowMs, catalog) => {
      // Its time may be over without a sweep since then: it stays expired.
      if (!isActive(share, nowMs)) return 'already-ended';
      return withChangedOptions(share, change, (await catalog.views(shareId)).count);
    });
    if (change.expiresAtMs) this.events.emit('due', change.expiresAtMs);
    return changed;
  }

  /**
   * Renames a collection, or the asset of another share, which keeps its extension.
   * @returns the name that it has now
   * @throws StoreError `name-taken` for a collection
   */
  async rename(shareId: string, name: string): Promise<{ name: string } | Missing> {
    const before = await this.#catalog.share(shareId);
    if (before !== undefined && !isTombstone(before)) {
      await this.#endHolderIfDue(name, before.owner);
    }
    const renamed = await this.#writer.change(async (catalog) => {
      const share = await catalog.lockedShare(shareId);
      if (share === undefined) return 'unknown';
      if (!isActive(share, this.#options.now())) return 'already-ended';
      if (share.collection) {
        const holder = await catalog.holderOf(name, share.owner);
        if (holder !== undefined && holder !== shareId)
          throw new StoreError({ kind: 'name-taken' });
        await catalog.updateShare({ ...share, name });
        return { name, changed: [shareId] };
      }
      const asset = await catalog.lockedAsset(share.assetIds[0] ?? '');
      if (asset === undefined || isTombstone(asset)) return 'already-ended';
      const newName = withExtensionOf(asset, name);
      await catalog.renameAsset(asset.id, newName);
      const shares = await catalog.sharesOf(asset.id);
      return { name: newName, changed: shares.map(({ id }) => id) };
    });
    if (typeof renamed === 'string') return renamed;
    for (const id of renamed.changed) this.events.emit('changed', id);
    return { name: renamed.name };
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

  /** @param change answers the share as it should be; the same object changes nothing */
  async #change(
    shareId: string,
    change: (
      share: ShareRecord,
      nowMs: number,
      catalog: CatalogChanges,
    ) => Changed | Promise<Changed>,
  ): Promise<ShareRecord | Missing> {
    const { now } = this.#options;
    const changed = await this.#writer.change(async (catalog) => {
      const share = await catalog.lockedShare(shareId);
      if (share === undefined) return 'unknown';
      if (isTombstone(share)) return 'already-ended';
      const after = await change(share, now(), catalog);
      if (after !== 'already-ended' && after !== share) await catalog.updateShare(after);
      return after;
    });
    if (typeof changed !== 'string') this.events.emit('changed', shareId);
    return changed;
  }

  /** Ends the share that has a collection name, if its time is over: the name is free then. */
  async #endHolderIfDue(name: string, owner: string | undefined): Promise<void> {
    const holder = await this.#catalog.holderOf(name, owner);
    if (holder !== undefined) await this.endIfDue(holder);
  }

  /** What its owner has closed is to go; what expires waits for a clock that is right. */
  #endDue(share: ShareRecord): ShareEnd | undefined {
    return endDue(share, share.closed === undefined ? this.#stableNow() : this.#options.now());
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

/** A renamed file stays what it is: "notes" for "plan.md" becomes "notes.md". */
function withExtensionOf(asset: AssetRecord, name: string): string {
  const ext = asset.form === 'file' ? /\.[A-Za-z0-9]{1,12}$/.exec(asset.name)?.[0] : undefined;
  return ext === undefined || name.toLowerCase().endsWith(ext.toLowerCase())
    ? name
    : `${name}${ext}`;
}
