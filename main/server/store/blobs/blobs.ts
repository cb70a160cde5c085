import type { Readable } from 'node:stream';

export interface BlobInfo {
  /** Hex; also the blob's name. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** From and to, both included, in bytes. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Contents, addressed by their SHA-256. The one interface that another store (an S3-compatible
 * one) would have to implement.
 */
export interface Blobs {
  /**
   * Keeps the bytes; resolves once they would survive a power cut.
   * @param claim called with the hash before the blob gets its name, which waits for it
   */
  put(
    content: Uint8Array | AsyncIterable<Uint8Array>,
    claim?: (sha256: string) => Promise<void>,
  ): Promise<BlobInfo>;
  /** Opens for reading; rejects with `ENOENT` when there is none. */
  open(sha256: string, range?: ByteRange): Promise<Readable>;
  remove(sha256: string): Promise<void>;
  /** All that is there, a page at a time, in no order. */
  list(): AsyncIterable<string>;
}
