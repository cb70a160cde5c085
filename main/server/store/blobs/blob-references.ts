import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type { Catalog } from '../sql/catalog.ts';
import { StoreUnavailableError } from '../store-error.ts';
import type { BlobInfo, Blobs, ByteRange } from './blobs.ts';

/** A blob that could not be removed is tried again after this, in ms; and at the next start. */
const RETRY_MS = 1_000;

/** So many blobs without a row are held in memory by a sweep. */
const SWEPT_AT_ONCE = 1_000;

export interface BlobReferences {
  /**
   * Writes a blob, then what `record` answers with; the blob cannot be taken away in between.
   * When `record` rejects, the blob goes again, unless another asset uses it.
   */
  keep<T>(
    content: Uint8Array | AsyncIterable<Uint8Array>,
    record: (info: BlobInfo) => Promise<T>,
  ): Promise<T>;
  open(key: string, range?: ByteRange): Promise<Readable>;
  /**
   * Removes a blob that no asset uses any more; when that fails, again later.
   * @param reader a stream of its content that was opened before, and is to be read to its end
   */
  release(key: string, reader?: Readable): Promise<void>;
  /**
   * Removes every blob that no asset uses (left by a crash), and what is left of uploads that broke
   * off; answers how many blobs.
   * @param signal stops it early
   * @throws BlobsUnavailableError
   */
  sweep(signal?: AbortSignal): Promise<number>;
  /** Tries for the last time to remove what could not be removed. */
  close(): Promise<void>;
}

/**
 * Keeps the count of who needs a blob right. The same content may be shared twice, and removed
 * by one share while another is just being made.
 */
export function createBlobReferences(blobs: Blobs, catalog: Catalog): BlobReferences {
  const claims = new Map<string, number>();
  const leaving = new Map<string, Promise<void>>();
  const unremoved = new Set<string>();
  let retryTimer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let isRetrying = false;
  /** Other processes write there, too. */
  const isShared = blobs.sweepDelayMs > 0;
  let removing: Promise<void> = Promise.resolve();

  async function claim(key: string): Promise<void> {
    claims.set(key, (claims.get(key) ?? 0) + 1);
    await leaving.get(key)?.catch(() => undefined);
  }

  function unclaim(key: string): void {
    const left = (claims.get(key) ?? 1) - 1;
    if (left > 0) claims.set(key, left);
    else claims.delete(key);
  }

  async function removeUnused(key: string): Promise<boolean> {
    const isUsed = await catalog.isFileUsed(key);
    // A claim may have come while we looked: it finds its blob again, for we leave it.
    if (isUsed || claims.has(key)) return false;
    const removal = blobs.remove(key).finally(() => leaving.delete(key));
    leaving.set(key, removal);
    await removal;
    return true;
  }

  /** Never rejects: the metadata say that the blob is unused, so removing it can wait. */
  async function removeOrRetry(key: string): Promise<void> {
    try {
      await removeUnused(key);
      unremoved.delete(key);
    } catch {
      unremoved.add(key);
      retryLater();
    }
  }

  function retryLater(): void {
    if (isClosed || isRetrying) return;
    retryTimer ??= setTimeout(async () => {
      retryTimer = undefined;
      isRetrying = true;
      await removeAgain();
      isRetrying = false;
      if (unremoved.size > 0) retryLater();
    }, RETRY_MS).unref();
  }

  async function removeAgain(): Promise<void> {
    for (const key of unremoved) {
      await removeOrRetry(key);
      // A server that is away would fail all of them, each after its time limit.
      if (isShared && unremoved.has(key)) return;
    }
  }

  /** A server may be slow or away: nobody waits for it but the next removal. */
  async function removeSoon(key: string): Promise<void> {
    removing = removing.then(() => removeOrRetry(key));
    if (!isShared) await removing;
  }

  return {
    async keep(content, record) {
      let claimed: string | undefined;
      /** Whether there is, or may soon be, a row that needs the blob. */
      let recorded = false;
      try {
        const info = await blobs.put(content, async (key) => {
          await claim(key);
          claimed = key;
        });
        recorded = true;
        return await record(info);
      } catch (error) {
        // A commit whose response was lost may still take effect: a sweep looks much later.
        const isInDoubt = error instanceof StoreUnavailableError && isShared;
        recorded &&= isInDoubt;
        throw error;
      } finally {
        if (claimed !== undefined) {
          unclaim(claimed);
          if (!recorded) await removeSoon(claimed);
        }
      }
    },
    open: (key, range) => blobs.open(key, range),
    async release(key, reader) {
      if (reader === undefined || reader.closed || blobs.readsAfterRemoval) {
        await removeSoon(key);
      } else {
        // If the process ends before, the sweep removes it.
        reader.once('close', () => void removeSoon(key));
      }
    },
    async close() {
      isClosed = true;
      clearTimeout(retryTimer);
      // What is left in a shared store is removed by a sweep.
      if (!isShared) await removeAgain();
    },
    async sweep(signal) {
      await blobs.removeUnfinished();
      let removed = 0;
      let unused: string[] = [];
      const removeAll = async (): Promise<void> => {
        for (const key of unused) {
          if (signal?.aborted) return;
          if (await removeUnused(key)) removed++;
        }
        unused = [];
      };
      for await (const key of blobs.list()) {
        if (signal?.aborted) return removed;
        if (claims.has(key) || (await catalog.isFileUsed(key))) continue;
        unused.push(key);
        if (unused.length < SWEPT_AT_ONCE) continue;
        await pause(blobs.sweepDelayMs, signal);
        await removeAll();
      }
      if (unused.length > 0) await pause(blobs.sweepDelayMs, signal);
      await removeAll();
      return removed;
    },
  };
}

/** Resolves after this time, in ms, or when the signal stops it. */
async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  if (ms === 0) return;
  await delay(ms, undefined, { ref: false, ...(signal === undefined ? {} : { signal }) }).catch(
    () => undefined,
  );
}
