import type { EventEmitter } from 'node:events';
import type { Readable } from 'node:stream';
import type { ShareEnd } from '../../share-options.ts';
import type { BlobReferences } from './blobs/blob-references.ts';
import { isTombstone, type ShareEvents, type ShareRecord } from './model.ts';
import { endDue } from './share-life.ts';
import type { Catalog, Due } from './sql/catalog.ts';
import type { CatalogChanges } from './sql/catalog-changes.ts';
import type { CatalogWriter } from './sql/catalog-writer.ts';

export type Missing = 'already-ended' | 'unknown';

interface ShareEndingOptions {
  /** Reads outside of transactions. */
  readonly catalog: Catalog;
  readonly writer: CatalogWriter;
  readonly blobs: BlobReferences;
  readonly now: () => number;
  /** When something ended: what is left of it is removed by the same clock. */
  readonly stableNow: () => number;
  readonly events: EventEmitter<ShareEvents>;
}

/** So many shares end in one transaction: requests wait while it runs. */
const BATCH = 32;

type Ended = 'ended' | 'not-due' | Missing;

/** How a share is to end now; `undefined`: not yet. */
type Decide = (share: ShareRecord) => ShareEnd | undefined;

/** Ends shares, and removes the content that nothing else needs. */
export class ShareEnding {
  readonly #options: ShareEndingOptions;

  constructor(options: ShareEndingOptions) {
    this.#options = options;
  }

  /** @param reader of its content, to be read to its end */
  async end(shareId: string, decide: Decide, reader?: Readable): Promise<Ended> {
    const [result = 'unknown'] = await this.#endBatch(async () => [shareId], decide, reader);
    return result;
  }

  /** How a share is to end now: what was closed goes; what expires waits for a clock that is right. */
  dueOf(share: ShareRecord): ShareEnd | undefined {
    const { now, stableNow } = this.#options;
    return endDue(share, share.closed === undefined ? stableNow() : now());
  }

  /** Ends a share whose time is over, if it still is: it may have changed since the caller read it. */
  async endIfDue(shareId: string): Promise<void> {
    await this.end(shareId, (share) => this.dueOf(share));
  }

  /** Ends the share that has a collection name, if its time is over: the name is free then. */
  async endHolderIfDue(name: string, owner: string | undefined): Promise<void> {
    const holder = await this.#options.catalog.holderOf(name, owner);
    if (holder !== undefined) await this.endIfDue(holder);
  }

  /** Ends all that are due, some at a time. @param signal stops after those that are being ended */
  async endAll(due: Due, decide: Decide, signal?: AbortSignal): Promise<void> {
    while (!signal?.aborted && (await this.#options.catalog.isAny(due))) {
      const results = await this.#endBatch((catalog) => catalog.claim(due, BATCH), decide);
      // Another process is ending the others.
      if (!results.includes('ended')) return;
    }
  }

  async #endBatch(
    find: (catalog: CatalogChanges) => Promise<readonly string[]>,
    decide: Decide,
    reader?: Readable,
  ): Promise<readonly Ended[]> {
    const { writer, blobs, stableNow, events } = this.#options;
    const nowMs = stableNow();
    const { ended, results } = await writer.change(async (catalog) => {
      const ended: { shareId: string; how: ShareEnd; files: readonly string[] }[] = [];
      const results: Ended[] = [];
      for (const shareId of await find(catalog)) {
        const share = await catalog.lockedShare(shareId);
        if (share === undefined) results.push('unknown');
        else if (isTombstone(share)) results.push('already-ended');
        else {
          const how = decide(share);
          results.push(how === undefined ? 'not-due' : 'ended');
          if (how === undefined) continue;
          ended.push({ shareId, how, files: await catalog.endShare(shareId, how, nowMs) });
        }
      }
      return { ended, results };
    });
    for (const { shareId } of ended) events.emit('changed', shareId);
    for (const { files } of ended) for (const key of files) await blobs.release(key, reader);
    for (const { shareId, how } of ended) events.emit('ended', { shareId, how, atMs: nowMs });
    return results;
  }

  /** Removes an asset; shares that have nothing else end with it. */
  async deleteAsset(assetId: string): Promise<'deleted' | Missing> {
    const [result = 'unknown'] = await this.#deleteAssets(async () => [assetId]);
    return result;
  }

  /** Removes assets that no share has taken up. @param signal stops after those of one transaction */
  async deleteUnshared(due: Due, signal?: AbortSignal): Promise<void> {
    while (!signal?.aborted && (await this.#options.catalog.isAny(due))) {
      const results = await this.#deleteAssets((catalog) => catalog.claim(due, BATCH));
      if (!results.includes('deleted')) return;
    }
  }

  async #deleteAssets(
    find: (catalog: CatalogChanges) => Promise<readonly string[]>,
  ): Promise<readonly ('deleted' | Missing)[]> {
    const { writer, blobs, stableNow, events } = this.#options;
    const nowMs = stableNow();
    const { deleted, results } = await writer.change(async (catalog) => {
      const deleted: Awaited<ReturnType<CatalogChanges['deleteAsset']>>[] = [];
      const results: ('deleted' | Missing)[] = [];
      for (const assetId of await find(catalog)) {
        const asset = await catalog.lockedAsset(assetId);
        if (asset === undefined) results.push('unknown');
        else if (isTombstone(asset)) results.push('already-ended');
        else {
          deleted.push(await catalog.deleteAsset(assetId, nowMs));
          results.push('deleted');
        }
      }
      return { deleted, results };
    });
    const shares = deleted.flatMap((each) => each.shares);
    for (const { id } of shares) events.emit('changed', id);
    for (const { files } of deleted) for (const key of files) await blobs.release(key);
    for (const { id: shareId, isOnly } of shares) {
      if (isOnly) events.emit('ended', { shareId, how: 'revoked', atMs: nowMs });
    }
    return results;
  }
}
