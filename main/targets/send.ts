import { createHash } from 'node:crypto';
import { LinkifyError } from '../linkify/errors.ts';
import type { Asset, CallOptions, LinkifyClient, Share, ShareItem } from '../linkify/model.ts';

/** How many assets are created at once. */
const PARALLEL = 4;

/** What is known of earlier tries of a share, and where this one is noted. */
export interface SendJournal {
  /** Answered by an earlier try. */
  asset(index: number): { readonly id: string; readonly raw?: Asset['raw'] } | undefined;
  /** When an earlier attempt requested the link and wasn't rejected, in ms since 1970. */
  readonly linkRequestedAtMs: number | undefined;
  recordAssetCreated(index: number, asset: Asset): void;
  /** On disk before it returns: from now on the link may have been made. */
  recordLinkRequested(): void;
  recordLinkRefused(): void;
  recordAssetsLost(): void;
}

export interface SendOptions {
  readonly client: LinkifyClient;
  readonly items: readonly ShareItem[];
  /** Name of a collection. */
  readonly name: string | undefined;
  readonly options: CallOptions;
  /** Absent: nothing is stored, and what a failed try created is deleted again. */
  readonly journal: SendJournal | undefined;
  /** Whether one key creates one link, so that a lost response needs no search of the list. */
  readonly hasIdempotencyKey: boolean;
  /** One call creates asset and link: for what is not stored, and stays on this computer. */
  readonly inOneCall: boolean;
}

/**
 * Makes the link: assets first, then the link over them, in the order given. A try that follows
 * one whose answer was lost looks on the service's own list before it asks again, so that nothing
 * is made twice. Where nothing is kept, assets of a failed share are deleted again.
 * @throws LinkifyError
 */
export async function send(deps: SendOptions): Promise<Share> {
  const { client, items, options, journal, inOneCall } = deps;
  const [first] = items;
  if (journal?.linkRequestedAtMs !== undefined && !isKeyKnown(deps, journal.linkRequestedAtMs)) {
    const made = await linkOfEarlierTry(deps, journal);
    if (made !== undefined) return made;
    journal.recordLinkRefused();
  }
  if (first !== undefined && items.length === 1 && inOneCall) return client.linkify(first, options);
  const fromEarlier = items.some((_, index) => journal?.asset(index) !== undefined);
  try {
    return await overAssets(deps, await createAssets(deps));
  } catch (error) {
    if (journal === undefined || !fromEarlier || !isGone(error)) throw error;
    // The service forgot assets of an earlier try: they are made anew, once.
    journal.recordAssetsLost();
    return overAssets(deps, await createAssets(deps));
  }
}

/** Asks for the link; what came of it is noted. */
async function overAssets(
  { client, name, options: given, journal, hasIdempotencyKey }: SendOptions,
  assets: readonly Asset[],
): Promise<Share> {
  const ids = assets.map(({ id }) => id);
  const options = hasIdempotencyKey ? { ...given, idempotencyKey: keyOf(ids) } : given;
  const [first] = assets;
  journal?.recordLinkRequested();
  try {
    return await noted(journal, () =>
      assets.length === 1 && first !== undefined
        ? client.linkifyAsset(first, withoutProgress(options))
        : client.linkifyMultiple(ids, name, options),
    );
  } catch (error) {
    // A name that is taken may be taken by the link of an earlier try, made after its list was read.
    const mayBeMade = isOutcomeUnknown(error) || isNameTaken(error) || isKeyReused(error);
    const made = mayBeMade
      ? await findShare(client, ids).catch(() => 'unknown' as const)
      : undefined;
    if (made !== undefined && made !== 'unknown') return made;
    // Where the service doesn't tell, nothing may be deleted.
    if (journal === undefined && made === undefined) await deleteAssets(client, assets);
    throw error;
  }
}

/** A definite rejection is recorded, so that the next attempt needn't search for the link. */
async function noted(journal: SendJournal | undefined, ask: () => Promise<Share>): Promise<Share> {
  try {
    return await ask();
  } catch (error) {
    // Who cancels does not wait for the answer: it may still be a link.
    if (!isOutcomeUnknown(error) && !isCancelled(error)) journal?.recordLinkRefused();
    throw error;
  }
}

/** Whether the service may have done what it was asked, though no answer came. */
function isOutcomeUnknown(error: unknown): boolean {
  if (!(error instanceof LinkifyError)) return true;
  return 'outcomeUnknown' in error.fault && error.fault.outcomeUnknown;
}

const isCancelled = (error: unknown): boolean =>
  error instanceof LinkifyError && error.fault.kind === 'cancelled';

const isNameTaken = (error: unknown): boolean =>
  error instanceof LinkifyError && error.fault.kind === 'name-taken';

/** The earlier try asked for other options: its link can only be found on the list. */
const isKeyReused = (error: unknown): boolean =>
  error instanceof LinkifyError && error.fault.kind === 'rejected' && error.fault.status === 422;

/** The assets are this share's alone, and the same in each try. */
const keyOf = (assetIds: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(assetIds)).digest('hex');

/** Our server knows a key for a day at least; half of that allows for clocks that differ. */
const KEY_KNOWN_MS = 12 * 60 * 60 * 1_000;

function isKeyKnown({ hasIdempotencyKey }: SendOptions, linkRequestedAtMs: number): boolean {
  const sinceMs = Date.now() - linkRequestedAtMs;
  return hasIdempotencyKey && sinceMs >= 0 && sinceMs < KEY_KNOWN_MS;
}

const isGone = (error: unknown): boolean =>
  error instanceof LinkifyError && error.fault.kind === 'not-found';

/**
 * What an earlier try made, though its answer never came.
 * @throws LinkifyError when the service does not tell: then nothing may be asked for again
 */
async function linkOfEarlierTry(
  { client, items }: SendOptions,
  journal: SendJournal,
): Promise<Share | undefined> {
  const ids = items.map((_, index) => journal.asset(index)?.id ?? '');
  const made = await findShare(client, ids);
  return ids.includes('') ? undefined : made;
}

/**
 * The share over just these assets, which are ours alone.
 * @throws LinkifyError when the service doesn't answer with its list
 */
export async function findShare(
  client: LinkifyClient,
  assetIds: readonly string[],
): Promise<Share | undefined> {
  return (await client.shares()).find(
    (share) =>
      share.assetIds.length === assetIds.length &&
      share.assetIds.every((id, index) => id === assetIds[index]),
  );
}

async function createAssets({
  client,
  items,
  options: { signal, onProgress },
  journal,
}: SendOptions): Promise<readonly Asset[]> {
  const made: (Asset | undefined)[] = items.map((_, index) => {
    const earlier = journal?.asset(index);
    if (earlier === undefined) return undefined;
    return { id: earlier.id, raw: earlier.raw ?? {} };
  });
  const totalBytes = items.reduce((sum, item) => sum + itemBytes(item), 0);
  const stop = new AbortController();
  const together = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  const single = items.length === 1;
  let next = 0;
  let sentBytes = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index];
      if (item === undefined) return;
      if (made[index] === undefined) {
        const asset = await client.createAsset(item, {
          signal: together,
          ...(single && onProgress !== undefined ? { onProgress } : {}),
        });
        made[index] = asset;
        journal?.recordAssetCreated(index, asset);
      }
      sentBytes += itemBytes(item);
      if (!single) onProgress?.(sentBytes, totalBytes);
    }
  };
  const workers = Array.from({ length: Math.min(PARALLEL, items.length) }, work);
  try {
    await Promise.all(workers);
  } catch (error) {
    stop.abort();
    await Promise.allSettled(workers);
    if (journal === undefined) {
      await deleteAssets(
        client,
        made.filter((asset) => asset !== undefined),
      );
    }
    throw error;
  }
  return made.filter((asset) => asset !== undefined);
}

async function deleteAssets(client: LinkifyClient, assets: readonly Asset[]): Promise<void> {
  await Promise.allSettled(assets.map(({ id }) => client.deleteAsset(id)));
}

function withoutProgress({ onProgress: _, ...options }: CallOptions): CallOptions {
  return options;
}

function itemBytes(item: ShareItem): number {
  return item.kind === 'file' ? item.sizeBytes : item.text.length;
}
