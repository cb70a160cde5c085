import { keys } from './keys.ts';
import type { AssetRecord, ShareRecord } from './model.ts';
import type { ReadKept } from './read-kept.ts';
import type { Records } from './records.ts';
import { replaceShare } from './share-changes.ts';
import { isLive } from './share-life.ts';
import type { ShareStore, ShareStoreNeeds } from './share-store.ts';
import { StoreError } from './store-error.ts';

interface ChangeSharesNeeds extends Pick<ShareStoreNeeds, 'now' | 'onChange' | 'onEnd'> {
  readonly records: Records;
  readonly kept: ReadKept;
}

/** What can be changed of a live share; each within a turn. */
export type ChangeShares = Pick<ShareStore, 'changeEnd' | 'rename'>;

export function createChangeShares(needs: ChangeSharesNeeds): ChangeShares {
  const { records, kept, now, onChange, onEnd } = needs;
  return {
    async changeEnd(shareId, expiresAtMs) {
      const share = await kept.share(shareId);
      if (share === undefined) return 'unknown';
      // Its time may be over with nobody having looked: it is not brought back to life.
      if (!isLive(share, now())) return 'was-gone';
      const { expiresAtMs: _, ...rest } = share;
      const changed: ShareRecord = expiresAtMs === undefined ? rest : { ...rest, expiresAtMs };
      if (expiresAtMs !== undefined) onEnd(expiresAtMs);
      await records.write(replaceShare(share, changed));
      onChange(shareId);
      return changed;
    },

    /** What the old name was leaves the files. */
    async rename(shareId, name) {
      const share = await kept.share(shareId);
      if (share === undefined) return 'unknown';
      if (!isLive(share, now())) return 'was-gone';
      if (share.collection) {
        const holder = await records.get(keys.collectionName(name));
        if (holder !== undefined && holder !== shareId)
          throw new StoreError({ kind: 'name-taken' });
        const renamed: ShareRecord = { ...share, name };
        const old = share.name === undefined ? [] : [keys.collectionName(share.name)];
        await records.write(replaceShare(share, renamed), [keys.share(shareId), ...old]);
        onChange(shareId);
        return { name };
      }
      const [asset] = await kept.assets(share.assetIds);
      if (asset === undefined) return 'was-gone';
      const renamed: AssetRecord = { ...asset, name: withExtensionOf(asset, name) };
      await records.write(
        [{ put: keys.asset(asset.id), value: JSON.stringify(renamed) }],
        [keys.asset(asset.id)],
      );
      onChange(shareId);
      return { name: renamed.name };
    },
  };
}

/** A file that is renamed stays what it is: "notes" for "plan.md" becomes "notes.md". */
function withExtensionOf(asset: AssetRecord, name: string): string {
  const ext = asset.form === 'file' ? /\.[A-Za-z0-9]{1,12}$/.exec(asset.name)?.[0] : undefined;
  return ext === undefined || name.toLowerCase().endsWith(ext.toLowerCase())
    ? name
    : `${name}${ext}`;
}
