import { createRandomBlocks } from '../../random-blocks.ts';

/** Of a nonce: 128 bits, as CSP Level 3 (section 7.1) asks for. */
const NONCE_BYTES = 16;

/** A source of nonces for the Content-Security-Policy, in base64. */
export function createNonces(): () => string {
  const nextBlock = createRandomBlocks(NONCE_BYTES);
  return () => nextBlock().toString('base64');
}
