import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Finds a request in the logs of the proxy, of the client and of this server. */
const HEADER = 'X-Request-Id';

/** What is accepted of others: nothing that would have to be escaped in a log or a header. */
const ACCEPTED = /^[\w.:-]{1,64}$/;

/** No two processes use the same one. */
const PREFIX = randomBytes(6).toString('base64url');

let count = 0;

/**
 * Gives the response the id of its request: the one that the client or a proxy has sent, if it is
 * acceptable, otherwise a new one.
 */
export function assignRequestId(request: IncomingMessage, response: ServerResponse): void {
  const sent = request.headers['x-request-id'];
  const isAccepted = typeof sent === 'string' && ACCEPTED.test(sent);
  response.setHeader(HEADER, isAccepted ? sent : newRequestId());
}

/** The id for the log; `undefined` for a request without one. */
export function requestIdOf(response: ServerResponse): string | undefined {
  const id = response.getHeader(HEADER);
  return typeof id === 'string' ? id : undefined;
}

function newRequestId(): string {
  count += 1;
  return `${PREFIX}-${count.toString(36)}`;
}
