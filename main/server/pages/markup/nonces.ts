import { randomFillSync } from 'node:crypto';

/** Of a nonce: 128 bits, as CSP Level 3 (section 7.1) asks for. */
const NONCE_BYTES = 16;

/**
 * A source of nonces for the Content-Security-Policy, in base64. Random bytes are fetched for 256 of
 * them at once, because a call of the random generator for each page is measurably slower.
 */
export function createNonces(): () => string {
  const pool = Buffer.alloc(256 * NONCE_BYTES);
  let used = pool.length;
  return () => {
    if (used === pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    used += NONCE_BYTES;
    return pool.toString('base64', used - NONCE_BYTES, used);
  };
}
