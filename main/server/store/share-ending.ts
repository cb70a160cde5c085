import type { EventEmitter } from 'node:events';
import type { ShareEnd } from '../../share-options.ts';
import type { BlobReferences } from './blobs/blob-references.ts';
import { isTombstone, type ShareEvents, type ShareRecord } from './model.ts';
import type { CatalogWriter } from './sql/catalog-writer.ts';

export type Missing = 'already-ended' | 'unknown';

interface ShareEndingOptions {
  readonly writer: CatalogWriter;
  readonly blobs: BlobReferences;
  readonly now: () => number;
  readonly events: EventEmitter<ShareEvents>;
}

/** Ends shares, and removes the content that nothing else needs. */
export class ShareEnding {
  readonly #options: ShareEndingOptions;

  constructor(options: ShareEndingOptions) {
    this.#options = options;
  }

  /** @param decide how the share is to end now; `undefined`: not yet */
  async end(
    shareId: string,
    decide: (share: ShareRecord) => ShareEnd | undefined,
  ): Promise<'ended' | 'not-due' | Missing> {
    const { writer, blobs, now, events } = this.#options;
    const nowMs = now();
    const ended = await writer.change(async (catalog) => {
      const share = await catalog.share(shareId);
      if (share === undefined) return 'unknown';
      if (isTombstone(share)) return 'already-ended';
      const how = decide(share);
      if (how === undefined) return 'not-due';
      return { how, files: await catalog.endShare(shareId, how, nowMs) };
    });
    if (typeof ended === 'string') return ended;
    events.emit('changed', shareId);
    for (const sha256 of ended.files) await blobs.release(sha256);
    events.emit('ended', { shareId, how: ended.how, atMs: nowMs });
    return 'ended';
  }

  /** Removes an asset; shares that have nothing else end with it. */
  async deleteAsset(assetId: string): Promise<'deleted' | Missing> {
    const { writer, blobs, now, events } = this.#options;
    const nowMs = now();
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
