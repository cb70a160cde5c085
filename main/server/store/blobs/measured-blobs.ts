import type { Counts } from '../../counts.ts';
import { type Blobs, BlobsUnavailableError } from './blobs.ts';

/**
 * Counts errors of a store of contents, and measures its calls. A `put` takes as long as the client
 * takes to send the content.
 */
export function measuredBlobs(blobs: Blobs, counts: Counts): Blobs {
  const { put, open, remove } = counts.blobs;
  return {
    put: (content, claim) => put.measure(() => blobs.put(content, claim), isFailure),
    open: (key, range) => open.measure(() => blobs.open(key, range), isFailure),
    remove: (key) => remove.measure(() => blobs.remove(key), isFailure),
    list: () => blobs.list(),
    removeUnfinished: () => blobs.removeUnfinished(),
    readsAfterRemoval: blobs.readsAfterRemoval,
    sweepDelayMs: blobs.sweepDelayMs,
  };
}

/**
 * The store is away, or a system call failed: a client that broke off its upload isn't an error of
 * the store, and neither is a content that has been deleted.
 */
function isFailure(error: unknown): boolean {
  if (error instanceof BlobsUnavailableError) return true;
  return error instanceof Error && 'syscall' in error && 'code' in error && error.code !== 'ENOENT';
}
