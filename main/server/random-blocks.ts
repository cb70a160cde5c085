import { randomFillSync } from 'node:crypto';

/** So many blocks are fetched at once: a call of the random generator for each is measurably slower. */
const BLOCKS = 256;

/** A source of blocks of random bytes, of this size. A block is valid until the next call. */
export function createRandomBlocks(bytes: number): () => Buffer {
  const pool = Buffer.alloc(BLOCKS * bytes);
  let used = pool.length;
  return () => {
    if (used === pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    used += bytes;
    return pool.subarray(used - bytes, used);
  };
}
