import { hash, randomFillSync } from 'node:crypto';

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

const ID_BYTES = 16;

/** Random bytes are fetched for 256 ids at once: a call of the generator for each one is slower. */
const pool = Buffer.alloc(256 * ID_BYTES);
let used = pool.length;

/**
 * A new id of 128 random bits, as 22 characters without look-alikes (0 O I l).
 * A share's id is what its link is worth, so it is never shorter.
 */
export function newId(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const bytes = pool.subarray(used, used + ID_BYTES);
  const id = idOfBytes(bytes);
  bytes.fill(0);
  used += ID_BYTES;
  return id;
}

/** 128 bits as an id. */
export function idOfBytes(bytes: Uint8Array): string {
  let value = BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
  let id = '';
  for (let i = 0; i < 22; i++) {
    id = (ALPHABET[Number(value % 58n)] ?? '') + id;
    value /= 58n;
  }
  return id;
}

/** A UUID that is always the same for the same parts. */
export function stableUuid(...parts: readonly string[]): string {
  const hex = hash('sha256', JSON.stringify(parts), 'hex');
  const variant = ((Number.parseInt(hex.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`;
}
