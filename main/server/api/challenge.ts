import { createHmac } from 'node:crypto';

/**
 * Proves that this service knows its token, without saying it (docs/api/README.md). Where the
 * connection came in is part of the answer: a program that passes a challenge on gets another one.
 */
export function challengeAnswer(
  token: string,
  nonce: string,
  at: { readonly address: string; readonly port: number },
): string {
  return createHmac('sha256', token)
    .update(
      `linkify-tray challenge 1\n${nonce}\n${at.address.replace(/^::ffff:/i, '')}\n${at.port}`,
    )
    .digest('hex');
}
