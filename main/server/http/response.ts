import type { ServerResponse } from 'node:http';
import { DISCARDING, discardBody, hasUnreadBody } from './body.ts';

/** Headers that every answer of either listener carries, errors included. */
export const COMMON_HEADERS: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  // Of pages and contents there are others, which say what those may do.
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Robots-Tag': 'noindex, nofollow',
};

/** When to ask again while the database is away, in seconds (RFC 9110, section 10.2.3). */
export const RETRY_AFTER_S = 2;

/**
 * Sends a whole body and ends the answer. Does nothing when the client is gone. When the request's
 * own body was not read to its end, the connection is closed afterwards, for its rest must not be
 * taken for the next request.
 */
export function send(
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const isLast = hasUnreadBody(response.req);
  response.writeHead(status, {
    ...COMMON_HEADERS,
    'Content-Type': contentType,
    'Content-Length': Buffer.byteLength(body),
    ...(isLast ? { Connection: 'close' } : {}),
    ...headers,
  });
  // A string goes out in one write, together with the head.
  endAnswer(response, body);
}

/**
 * Ends an answer whose head is written. When the client is still sending the request's body, the
 * rest of it is read first: Node would close the connection at once, and the client would see a
 * reset connection instead of the answer (lingering close, RFC 9112, section 9.6).
 */
export function endAnswer(
  response: ServerResponse,
  body: string | Uint8Array,
  encoding: BufferEncoding = 'utf8',
): void {
  if (!hasUnreadBody(response.req)) {
    response.end(body, encoding);
    return;
  }
  response.write(body, encoding);
  response.emit(DISCARDING);
  discardBody(response.req, () => response.end());
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  send(response, status, 'application/json', JSON.stringify(value));
}

export function sendText(
  response: ServerResponse,
  status: number,
  text: string,
  headers?: Readonly<Record<string, string>>,
): void {
  send(response, status, 'text/plain; charset=utf-8', text, headers);
}
