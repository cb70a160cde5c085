import { createHmac } from 'node:crypto';

/**
 * Proves that this server knows its token without sending it (docs/api/linkify.md). The address and
 * port of the connection are part of the response, so a program that relays a challenge gets a
 * different one.
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
