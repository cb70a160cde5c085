import type { EventEmitter } from 'node:events';
import type { ShareEnd } from '../../share-options.ts';
import type { BlobReferences } from './blobs/blob-references.ts';
import { isTombstone, type ShareEvents, type ShareRecord } from './model.ts';
import type { CatalogWriter } from './sql/catalog-writer.ts';

export type Missing = 'already-ended' | 'unknown';

interface ShareEndingOptions {
  readonly writer: CatalogWriter;
  readonly blobs: BlobReferences;
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

  async end(shareId: string, decide: Decide): Promise<Ended> {
    const [result = 'unknown'] = await this.#endBatch([shareId], decide);
    return result;
  }

  /** Ends many shares, some at a time. @param signal stops after those that are being ended */
  async endAll(shareIds: readonly string[], decide: Decide, signal?: AbortSignal): Promise<void> {
    for (let at = 0; at < shareIds.length && !signal?.aborted; at += BATCH) {
      await this.#endBatch(shareIds.slice(at, at + BATCH), decide);
    }
  }

  async #endBatch(shareIds: readonly string[], decide: Decide): Promise<readonly Ended[]> {
    const { writer, blobs, stableNow, events } = this.#options;
    const nowMs = stableNow();
    const { ended, results } = await writer.change(async (catalog) => {
      const ended: { shareId: string; how: ShareEnd; files: readonly string[] }[] = [];
      const results: Ended[] = [];
      for (const shareId of shareIds) {
        const share = await catalog.share(shareId);
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
    for (const { files } of ended) for (const sha256 of files) await blobs.release(sha256);
    for (const { shareId, how } of ended) events.emit('ended', { shareId, how, atMs: nowMs });
    return results;
  }

  /** Removes an asset; shares that have nothing else end with it. */
  async deleteAsset(assetId: string): Promise<'deleted' | Missing> {
    const { writer, blobs, stableNow, events } = this.#options;
    const nowMs = stableNow();
    const deleted = await writer.change(async (catalog) => {
      const asset = await catalog.asset(assetId);
      if (asset === undefined) return 'unknown';
      if (isTombstone(asset)) return 'already-ended';
      const files = [...(await catalog.deleteAsset(assetId, nowMs))];
      const shares = await catalog.sharesOf(assetId);
      for (const { id, isOnly } of shares) {
        if (isOnly) files.push(...(await catalog.endShare(id, 'revoked', nowMs)));
      }
      return { files, shares };
    });
    if (typeof deleted === 'string') return deleted;
    for (const { id } of deleted.shares) events.emit('changed', id);
    for (const sha256 of deleted.files) await blobs.release(sha256);
    for (const { id: shareId, isOnly } of deleted.shares) {
      if (isOnly) events.emit('ended', { shareId, how: 'revoked', atMs: nowMs });
    }
    return 'deleted';
  }
}
