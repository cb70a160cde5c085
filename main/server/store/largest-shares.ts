import { idOf, keys } from './keys.ts';
import { type AssetRecord, isGone, type Kept, type ShareRecord } from './model.ts';
import type { Records } from './records.ts';

export interface LargeShare {
  readonly share: ShareRecord;
  /** Its first asset, which has the name of a share that is no collection. */
  readonly asset: AssetRecord;
  /** What its contents are together; the same content may belong to another share, too. */
  readonly sizeBytes: number;
}

/** Shares are looked at this many at a time, so that memory stays flat. */
const STEP = 500;

/**
 * The live shares that take the most, the largest first. Looks at each live share, so it is for
 * someone who asks what fills the disk, not for every answer.
 * @param limit how many at most
 */
export async function largestShares(
  records: Pick<Records, 'keys' | 'getMany'>,
  limit: number,
): Promise<readonly LargeShare[]> {
  let largest: readonly LargeShare[] = [];
  let after: string | undefined;
  for (;;) {
    const made = await records.keys(keys.allMade, {
      limit: STEP,
      ...(after === undefined ? {} : { after }),
    });
    const found = await sizesOf(records, made.map(idOf));
    largest = [...largest, ...found].sort((a, b) => b.sizeBytes - a.sizeBytes).slice(0, limit);
    after = made.at(-1);
    if (made.length < STEP) return largest;
  }
}

async function sizesOf(
  records: Pick<Records, 'getMany'>,
  shareIds: readonly string[],
): Promise<readonly LargeShare[]> {
  const shares = live<ShareRecord>(await records.getMany(shareIds.map(keys.share)));
  const assetIds = [...new Set(shares.flatMap((share) => share.assetIds))];
  const assets = new Map(
    live<AssetRecord>(await records.getMany(assetIds.map(keys.asset))).map((a) => [a.id, a]),
  );
  return shares.flatMap((share) => {
    const its = share.assetIds.flatMap((id) => assets.get(id) ?? []);
    const [asset] = its;
    const sizeBytes = its.reduce((sum, each) => sum + each.sizeBytes, 0);
    return asset === undefined ? [] : [{ share, asset, sizeBytes }];
  });
}

function live<T extends object>(texts: readonly (string | undefined)[]): readonly T[] {
  return texts.flatMap((text) => {
    if (text === undefined) return [];
    const kept = JSON.parse(text) as Kept<T>;
    return isGone(kept) ? [] : [kept];
  });
}
