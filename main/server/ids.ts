import { hash } from 'node:crypto';
import { createRandomBlocks } from './random-blocks.ts';

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Of 128 bits. */
const nextBlock = createRandomBlocks(16);

/**
 * A new id of 128 random bits, as 22 characters without look-alikes (0 O I l).
 * A share's id is what its link is worth, so it is never shorter.
 */
export function newId(): string {
  const bytes = nextBlock();
  const id = idOfBytes(bytes);
  bytes.fill(0);
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
