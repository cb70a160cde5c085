import { LinkifyError } from '../linkify/errors.ts';
import type { Asset, CallOptions, LinkifyClient, Share, ShareItem } from '../linkify/model.ts';
import type { Prepared } from './prepare.ts';

/** How many assets are created at once. */
const PARALLEL = 4;

/**
 * Makes the link: one call for one thing; for several, the assets first and then one
 * collection over them, in the order given. When a part fails, the assets made so far are
 * deleted again, so that a failed share leaves nothing behind on the service.
 * @throws LinkifyError
 */
export async function send(
  client: LinkifyClient,
  prepared: Prepared,
  options: CallOptions,
): Promise<Share> {
  const [first, ...rest] = prepared.items;
  if (rest.length === 0) return client.linkify(first, options);
  const assets = await createAssets(client, prepared.items, options);
  const ids = assets.map(({ id }) => id);
  try {
    return await client.linkifyMultiple(ids, prepared.name, options);
  } catch (error) {
    const made = isOutcomeUnknown(error) ? await linkOver(client, ids) : 'none';
    if (made === 'unknown') throw error;
    if (made !== 'none') return made;
    await deleteAssets(client, assets);
    throw error;
  }
}

/** Whether the service may have done what it was asked, though no answer came. */
function isOutcomeUnknown(error: unknown): boolean {
  if (!(error instanceof LinkifyError)) return true;
  return 'outcomeUnknown' in error.fault && error.fault.outcomeUnknown;
}

/**
 * The link that was made although its answer was lost: the assets are ours alone, so a share of
 * just these is it. `unknown` when the service does not tell; then nothing may be deleted.
 */
async function linkOver(
  client: LinkifyClient,
  assetIds: readonly string[],
): Promise<Share | 'none' | 'unknown'> {
  try {
    const shares = await client.shares();
    return (
      shares.find(
        (share) =>
          share.assetIds.length === assetIds.length &&
          share.assetIds.every((id, index) => id === assetIds[index]),
      ) ?? 'none'
    );
  } catch {
    return 'unknown';
  }
}

async function createAssets(
  client: LinkifyClient,
  items: readonly ShareItem[],
  { signal, onProgress }: CallOptions,
): Promise<readonly Asset[]> {
  const made: (Asset | undefined)[] = items.map(() => undefined);
  const totalBytes = items.reduce((sum, item) => sum + itemBytes(item), 0);
  const stop = new AbortController();
  const together = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  let next = 0;
  let sentBytes = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index];
      if (item === undefined) return;
      made[index] = await client.createAsset(item, { signal: together });
      sentBytes += itemBytes(item);
      onProgress?.(sentBytes, totalBytes);
    }
  };
  const workers = Array.from({ length: Math.min(PARALLEL, items.length) }, work);
  try {
    await Promise.all(workers);
  } catch (error) {
    stop.abort();
    await Promise.allSettled(workers);
    await deleteAssets(
      client,
      made.filter((asset) => asset !== undefined),
    );
    throw error;
  }
  return made.filter((asset) => asset !== undefined);
}

async function deleteAssets(client: LinkifyClient, assets: readonly Asset[]): Promise<void> {
  await Promise.allSettled(assets.map(({ id }) => client.deleteAsset(id)));
}

function itemBytes(item: ShareItem): number {
  return item.kind === 'file' ? item.sizeBytes : item.text.length;
}
