import type { BlobKeeper } from './blob-keeper.ts';
import { idOf, keys } from './keys.ts';
import { type AssetRecord, isGone, type ShareEnd, type ShareRecord } from './model.ts';
import type { ReadKept } from './read-kept.ts';
import type { Change, Records } from './records.ts';
import { dropAsset, dropShare } from './share-changes.ts';
import { endDue } from './share-life.ts';
import type { ShareStoreNeeds } from './share-store.ts';
import type { UsedBytes } from './used-bytes.ts';

interface EndSharesNeeds
  extends Pick<Required<ShareStoreNeeds>, 'now' | 'settledNow'>,
    Pick<ShareStoreNeeds, 'onChange' | 'onEnded'> {
  readonly records: Records;
  readonly blobs: BlobKeeper;
  readonly kept: ReadKept;
  readonly used: UsedBytes;
}

/** Each within a turn: nothing else may change what it looks at. */
export interface EndShares {
  end(shareId: string, how: ShareEnd): Promise<'ended' | 'was-gone' | 'unknown'>;
  /** Ends a share whose time is over, if it still is: it may have changed since someone looked. */
  endIfDue(shareId: string): Promise<void>;
  deleteAsset(assetId: string): Promise<'deleted' | 'was-gone' | 'unknown'>;
}

/** Ends shares, and removes the content that nothing else needs. */
export function createEndShares(needs: EndSharesNeeds): EndShares {
  const { records, blobs, kept, used, now, settledNow, onChange, onEnded } = needs;

  /** @param shareKeys records that held names, to be rewritten without them */
  async function removeAssets(
    assets: readonly AssetRecord[],
    shares: readonly Change[],
    shareKeys: readonly string[],
  ): Promise<void> {
    const freed = assets.reduce((sum, asset) => sum + asset.sizeBytes, 0);
    await used.write(
      -freed,
      [...shares, ...assets.flatMap((asset) => dropAsset(asset, now()))],
      [...shareKeys, ...assets.flatMap(({ id }) => [keys.asset(id), keys.content(id)])],
    );
    for (const { content } of assets) {
      if (content.at === 'blob') await blobs.release(content.sha256);
    }
  }

  async function isUsedElsewhere(assetId: string, shareId: string): Promise<boolean> {
    const uses = await records.keys(keys.uses(assetId), { limit: 2 });
    return uses.some((key) => idOf(key) !== shareId);
  }

  async function endNow(share: ShareRecord, how: ShareEnd): Promise<void> {
    const { id } = share;
    const alone: AssetRecord[] = [];
    for (const asset of await kept.assets(share.assetIds)) {
      if (!(await isUsedElsewhere(asset.id, id))) alone.push(asset);
    }
    await removeAssets(alone, dropShare(share, how, now()), [keys.share(id)]);
    onChange(id);
    onEnded?.(id, how, now());
  }

  return {
    async end(shareId, how) {
      const share = await kept.share(shareId);
      if (share === undefined) return 'unknown';
      if (isGone(share)) return 'was-gone';
      await endNow(share, share.closed === undefined ? how : 'revoked');
      return 'ended';
    },
    async endIfDue(shareId) {
      const share = await kept.share(shareId);
      if (share === undefined || isGone(share)) return;
      // What its owner has closed is to go; what expires waits for a clock that is right.
      const how = endDue(share, share.closed === undefined ? settledNow() : now());
      if (how !== undefined) await endNow(share, how);
    },
    async deleteAsset(assetId) {
      const asset = await kept.asset(assetId);
      if (asset === undefined) return 'unknown';
      if (isGone(asset)) return 'was-gone';
      const changes: Change[] = [];
      const touched: string[] = [];
      const ending: string[] = [];
      for (const key of await records.keys(keys.uses(assetId))) {
        const share = await kept.share(idOf(key));
        if (share === undefined || isGone(share)) continue;
        touched.push(share.id);
        const others = (await kept.assets(share.assetIds)).filter(({ id }) => id !== assetId);
        if (others.length > 0) continue;
        ending.push(share.id);
        changes.push(...dropShare(share, 'revoked', now()));
      }
      await removeAssets([asset], changes, touched.map(keys.share));
      for (const id of touched) onChange(id);
      for (const id of ending) onEnded?.(id, 'revoked', now());
      return 'deleted';
    },
  };
}
