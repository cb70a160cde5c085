import type { Readable } from 'node:stream';
import { StoreUnavailableError } from '../store-error.ts';

export interface BlobInfo {
  /** The blob's name, chosen by the store: never anything that a client sent. */
  readonly key: string;
  readonly sizeBytes: number;
}

/** From and to, both included, in bytes. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** The store of contents can't be reached, or refuses for now. Its cause says why. */
export class BlobsUnavailableError extends StoreUnavailableError {
  readonly code: string;
  /** @param code of the failure, for the log, such as `ECONNREFUSED` or `SlowDown` */
  constructor(code: string, options?: ErrorOptions) {
    super(`the store of contents is unavailable: ${code}`, options);
    this.code = code;
  }
}

/**
 * Contents too large for the catalog. Two engines: files (`disk-blobs.ts`), and an S3-compatible
 * server (`s3-blobs.ts`).
 */
export interface Blobs {
  /**
   * Stores the bytes; resolves once they would survive a power cut. A stream that throws leaves
   * nothing.
   * @param claim called with the key before there is a blob of this name, which waits for it
   * @throws BlobsUnavailableError
   */
  put(
    content: Uint8Array | AsyncIterable<Uint8Array>,
    claim?: (key: string) => Promise<void>,
  ): Promise<BlobInfo>;
  /**
   * Opens for reading.
   * @throws `ENOENT` when there is none; BlobsUnavailableError
   */
  open(key: string, range?: ByteRange): Promise<Readable>;
  /** One that is gone already is no error. @throws BlobsUnavailableError */
  remove(key: string): Promise<void>;
  /**
   * The blobs that are old enough for a sweep, in no order: where other processes write, too, a
   * new one may belong to an upload that isn't in the catalog yet.
   * @throws BlobsUnavailableError
   */
  list(): AsyncIterable<string>;
  /** Removes what is left of uploads that broke off long ago. @throws BlobsUnavailableError */
  removeUnfinished(): Promise<void>;
  /** Whether a stream that was opened before the blob is removed can be read to its end. */
  readonly readsAfterRemoval: boolean;
  /**
   * Where other processes write, too: a blob without a row is looked up again after this time, in
   * ms, and removed if there still is none. 0 for a store of this process alone.
   */
  readonly sweepDelayMs: number;
}
