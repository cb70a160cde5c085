import type { IncomingMessage } from 'node:http';

/** The rest of a refused body is read for this long at most, in ms. */
const DISCARD_MS = 2_000;

/** Whether a request has a body, by its headers (RFC 9112, section 6.3). */
export function hasBody({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Whether a request has a body whose end has not come yet. */
export function hasUnreadBody(request: IncomingMessage): boolean {
  return !request.complete && hasBody(request);
}

/**
 * The chunks of a request's body. Leaving the loop early, also by an error, does not destroy the
 * request as Node's own iterator does: that would close the connection before the answer is sent.
 * @throws the connection's error when the client goes away
 */
export function chunksOf(request: IncomingMessage): AsyncIterable<Buffer> {
  return request.iterator({ destroyOnReturn: false });
}

/** Event of a response that is written, while the rest of the request's body is dropped. */
export const DISCARDING = 'discarding';

/**
 * Reads and drops the rest of a body.
 * @param done called at the end of the body, when the client leaves, or after 2 s
 */
export function discardBody(request: IncomingMessage, done: () => void): void {
  if (request.complete || request.destroyed) {
    done();
    return;
  }
  const end = (): void => {
    clearTimeout(timer);
    request.off('end', end);
    request.off('close', end);
    done();
  };
  const timer = setTimeout(end, DISCARD_MS).unref();
  request.once('end', end);
  request.once('close', end);
  request.resume();
}
