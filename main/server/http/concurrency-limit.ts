import type { RequestListener } from 'node:http';
import { visitorOf } from './ip-address.ts';
import type { Proxies } from './proxies.ts';
import { sendText } from './response.ts';

/**
 * Limits how many answers one visitor behind a proxy gets at the same time, with 429: a proxy's
 * connections are those of all its visitors, so their number says nothing of one of them.
 */
export function limitConcurrency(
  handle: RequestListener,
  proxies: Proxies,
  limit: number,
): RequestListener {
  const answering = new Map<string, number>();
  return (request, response) => {
    const peer = request.socket.remoteAddress ?? '';
    const address = proxies.visitorOf(request);
    // Who comes straight is limited by connections.
    if (address === peer) return handle(request, response);
    const visitor = visitorOf(address);
    const count = answering.get(visitor) ?? 0;
    if (count >= limit) {
      sendText(response, 429, 'Too many concurrent requests.', {
        'Retry-After': '1',
        Connection: 'close',
      });
      return;
    }
    answering.set(visitor, count + 1);
    response.once('close', () => {
      const left = (answering.get(visitor) ?? 1) - 1;
      if (left > 0) answering.set(visitor, left);
      else answering.delete(visitor);
    });
    handle(request, response);
  };
}
