import type { Readable } from 'node:stream';
import type { Catalog } from '../sql/catalog.ts';
import type { BlobInfo, Blobs, ByteRange } from './blobs.ts';

/** A blob that could not be removed is tried again after this, in ms; and at the next start. */
const RETRY_MS = 1_000;

export interface BlobReferences {
  /**
   * Writes a blob, then what `record` answers with; the blob cannot be taken away in between.
   * When `record` rejects, the blob goes again, unless another asset uses it.
   */
  keep<T>(
    content: Uint8Array | AsyncIterable<Uint8Array>,
    record: (info: BlobInfo) => Promise<T>,
  ): Promise<T>;
  open(sha256: string, range?: ByteRange): Promise<Readable>;
  /** Removes a blob that no asset uses any more; when that fails, again later. */
  release(sha256: string): Promise<void>;
  /**
   * Removes every blob that no asset uses (left by a crash); answers how many.
   * @param signal stops it early
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

  async function claim(sha256: string): Promise<void> {
    claims.set(sha256, (claims.get(sha256) ?? 0) + 1);
    await leaving.get(sha256)?.catch(() => undefined);
  }

  function unclaim(sha256: string): void {
    const left = (claims.get(sha256) ?? 1) - 1;
    if (left > 0) claims.set(sha256, left);
    else claims.delete(sha256);
  }

  async function removeUnused(sha256: string): Promise<boolean> {
    const isUsed = await catalog.isFileUsed(sha256);
    // A claim may have come while we looked: it finds its blob again, for we leave it.
    if (isUsed || claims.has(sha256)) return false;
    const removal = blobs.remove(sha256).finally(() => leaving.delete(sha256));
    leaving.set(sha256, removal);
    await removal;
    return true;
  }

  /** Never rejects: the metadata say that the blob is unused, so removing it can wait. */
  async function removeOrRetry(sha256: string): Promise<void> {
    try {
      await removeUnused(sha256);
      unremoved.delete(sha256);
    } catch {
      unremoved.add(sha256);
      if (isClosed) return;
      retryTimer ??= setTimeout(() => {
        retryTimer = undefined;
        void removeAgain();
      }, RETRY_MS).unref();
    }
  }

  async function removeAgain(): Promise<void> {
    for (const sha256 of unremoved) await removeOrRetry(sha256);
  }

  return {
    async keep(content, record) {
      let claimed: string | undefined;
      let recorded = false;
      try {
        const info = await blobs.put(content, async (sha256) => {
          await claim(sha256);
          claimed = sha256;
        });
        const result = await record(info);
        recorded = true;
        return result;
      } finally {
        if (claimed !== undefined) {
          unclaim(claimed);
          if (!recorded) await removeOrRetry(claimed);
        }
      }
    },
    open: (sha256, range) => blobs.open(sha256, range),
    release: removeOrRetry,
    async close() {
      isClosed = true;
      clearTimeout(retryTimer);
      await removeAgain();
    },
    async sweep(signal) {
      let removed = 0;
      for await (const sha256 of blobs.list()) {
        if (signal?.aborted) break;
        if (await removeUnused(sha256)) removed++;
      }
      return removed;
    },
  };
}
