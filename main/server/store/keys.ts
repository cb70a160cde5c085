import { createHash } from 'node:crypto';

/** Keys of the metadata. `!` sorts below every character that an id, a hash or a time holds. */
export const keys = {
  /**
   * By a hash of its id, for strangers ask for ids: how long a look-up takes may tell how much of a
   * key was right, but from a hash nobody gets to the id.
   */
  share: (id: string) => `h!${createHash('sha256').update(id).digest('base64url')}`,
  /** As shares were kept before: by the id itself. @see moveShareRecords */
  shareById: (id: string) => `s!${id}`,
  allSharesById: 's!',
  asset: (id: string) => `a!${id}`,
  /** An asset's own small content. */
  content: (assetId: string) => `c!${assetId}`,
  /** Which shares use an asset. */
  use: (assetId: string, shareId: string) => `u!${assetId}!${shareId}`,
  uses: (assetId: string) => `u!${assetId}!`,
  /** Which assets have their content in a blob. */
  blobUse: (sha256: string, assetId: string) => `r!${sha256}!${assetId}`,
  blobUses: (sha256: string) => `r!${sha256}!`,
  allBlobUses: 'r!',
  /** Shares that open, in the order of their making. */
  made: (ms: number, shareId: string) => `t!${time(ms)}!${shareId}`,
  allMade: 't!',
  madeBefore: (ms: number) => `t!${time(ms)}!`,
  /** Assets that no share has used yet. */
  unshared: (ms: number, assetId: string) => `p!${time(ms)}!${assetId}`,
  allUnshared: 'p!',
  unsharedBefore: (ms: number) => `p!${time(ms)}!`,
  /** Live and closed shares by the time they end at. */
  ends: (ms: number, shareId: string) => `x!${time(ms)}!${shareId}`,
  allEnds: 'x!',
  endsBefore: (ms: number) => `x!${time(ms)}!`,
  /** Closed shares. */
  closed: (shareId: string) => `o!${shareId}`,
  allClosed: 'o!',
  collectionName: (name: string) => `n!${name.normalize('NFC').toLowerCase()}`,
  setting: (name: string) => `m!${name}`,
};

/** The last part of a key: the id of what it speaks of. */
export function idOf(key: string): string {
  return key.slice(key.lastIndexOf('!') + 1);
}

/** Fixed width, so that keys sort by time; good until the year 33658. */
function time(ms: number): string {
  return String(Math.max(0, Math.trunc(ms))).padStart(15, '0');
}
