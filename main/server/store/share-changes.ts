import { newId } from '../ids.ts';
import { keys } from './keys.ts';
import type { AssetRecord, ShareEnd, ShareRecord, ShareTerms, Tombstone } from './model.ts';
import type { Change } from './records.ts';

/** A share that is not kept yet. */
export function newShare(
  assetIds: readonly string[],
  kind: { readonly collection: boolean; readonly name?: string },
  terms: ShareTerms,
  createdAtMs: number,
): ShareRecord {
  return {
    id: newId(),
    assetIds,
    collection: kind.collection,
    ...(kind.name === undefined ? {} : { name: kind.name }),
    createdAtMs,
    ...terms,
  };
}

/** What making this share adds, or (`remove`) what its end takes away, besides its record. */
function indexes(share: ShareRecord): readonly { key: string; value: string }[] {
  return [
    share.closed === undefined
      ? { key: keys.made(share.createdAtMs, share.id), value: '' }
      : { key: keys.closed(share.id), value: String(share.closed.untilMs) },
    ...share.assetIds.map((id) => ({ key: keys.use(id, share.id), value: '' })),
    ...(share.expiresAtMs === undefined
      ? []
      : [{ key: keys.ends(share.expiresAtMs, share.id), value: '' }]),
    ...(share.name === undefined
      ? []
      : [{ key: keys.collectionName(share.name), value: share.id }]),
  ];
}

/** What keeps a share, or what has changed of it. */
export function putShare(share: ShareRecord): readonly Change[] {
  return [
    { put: keys.share(share.id), value: JSON.stringify(share) },
    ...indexes(share).map(({ key, value }) => ({ put: key, value })),
  ];
}

/** What turns a share into what it is from now on. */
export function replaceShare(before: ShareRecord, after: ShareRecord): readonly Change[] {
  const kept = new Set(indexes(after).map(({ key }) => key));
  const left = indexes(before).filter(({ key }) => !kept.has(key));
  return [...left.map(({ key }) => ({ remove: key })), ...putShare(after)];
}

/** How a share goes: its record becomes a tombstone. */
export function dropShare(share: ShareRecord, how: ShareEnd, goneAtMs: number): readonly Change[] {
  const stone: Tombstone = { id: share.id, gone: how, goneAtMs };
  return [
    { put: keys.share(share.id), value: JSON.stringify(stone) },
    ...indexes(share).map(({ key }) => ({ remove: key })),
  ];
}

/** How an asset goes: its record becomes a tombstone, its content leaves the disk. */
export function dropAsset(asset: AssetRecord, goneAtMs: number): readonly Change[] {
  const stone: Tombstone = { id: asset.id, gone: 'deleted', goneAtMs };
  return [
    { put: keys.asset(asset.id), value: JSON.stringify(stone) },
    { remove: keys.unshared(asset.createdAtMs, asset.id) },
    asset.content.at === 'record'
      ? { remove: keys.content(asset.id) }
      : { remove: keys.blobUse(asset.content.sha256, asset.id) },
  ];
}
