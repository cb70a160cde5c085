import type { EventEmitter } from 'node:events';
import { type StoredChange, withChangedOptions } from './change-options.ts';
import { type AssetRecord, isTombstone, type ShareEvents, type ShareRecord } from './model.ts';
import type { Missing, ShareEnding } from './share-ending.ts';
import { isActive, isRestorable } from './share-life.ts';
import type { Catalog } from './sql/catalog.ts';
import type { CatalogChanges } from './sql/catalog-changes.ts';
import type { CatalogWriter } from './sql/catalog-writer.ts';
import { StoreError } from './store-error.ts';

interface ShareChangingOptions {
  /** Reads outside of transactions. */
  readonly catalog: Catalog;
  readonly writer: CatalogWriter;
  readonly ending: ShareEnding;
  readonly now: () => number;
  /** How long a closed share can be opened again, in ms. */
  readonly undoMs: number;
  readonly events: EventEmitter<ShareEvents>;
}

type Changed = ShareRecord | 'already-ended';

/** Changes shares: closes and restores them, and changes their options and names. */
export class ShareChanging {
  readonly #options: ShareChangingOptions;

  constructor(options: ShareChangingOptions) {
    this.#options = options;
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
    if (changed === 'already-ended') {
      await this.#options.ending.end(shareId, ({ closed }) => closed?.how);
    }
    if (typeof changed === 'string') return changed;
    if (changed.closed === undefined) return 'already-ended';
    this.#options.events.emit('due', changed.closed.untilMs);
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
    if (change.expiresAtMs) this.#options.events.emit('due', change.expiresAtMs);
    return changed;
  }

  /**
   * Renames a collection, or the asset of another share, which keeps its extension.
   * @returns the name that it has now
   * @throws StoreError `name-taken` for a collection
   */
  async rename(shareId: string, name: string): Promise<{ name: string } | Missing> {
    const { catalog, ending, writer, now, events } = this.#options;
    const before = await catalog.share(shareId);
    if (before !== undefined && !isTombstone(before)) {
      await ending.endHolderIfDue(name, before.owner);
    }
    const renamed = await writer.change(async (catalog) => {
      const share = await catalog.lockedShare(shareId);
      if (share === undefined) return 'unknown';
      if (!isActive(share, now())) return 'already-ended';
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
    for (const id of renamed.changed) events.emit('changed', id);
    return { name: renamed.name };
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
    const { writer, now, events } = this.#options;
    const changed = await writer.change(async (catalog) => {
      const share = await catalog.lockedShare(shareId);
      if (share === undefined) return 'unknown';
      if (isTombstone(share)) return 'already-ended';
      const after = await change(share, now(), catalog);
      if (after !== 'already-ended' && after !== share) await catalog.updateShare(after);
      return after;
    });
    if (typeof changed !== 'string') events.emit('changed', shareId);
    return changed;
  }
}

/** A renamed file stays what it is: "notes" for "plan.md" becomes "notes.md". */
function withExtensionOf(asset: AssetRecord, name: string): string {
  const ext = asset.form === 'file' ? /\.[A-Za-z0-9]{1,12}$/.exec(asset.name)?.[0] : undefined;
  return ext === undefined || name.toLowerCase().endsWith(ext.toLowerCase())
    ? name
    : `${name}${ext}`;
}
