import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Finds a request in the logs of the proxy, of the client and of this server. */
const HEADER = 'X-Request-Id';

/** What is accepted of others: nothing that would have to be escaped in a log or a header. */
const ACCEPTED = /^[\w.:-]{1,64}$/;

/**
 * Gives the response the id of its request: the one that the client or a proxy has sent, if it is
 * acceptable, otherwise a new one.
 */
export function assignRequestId(request: IncomingMessage, response: ServerResponse): void {
  const sent = request.headers['x-request-id'];
  const isAccepted = typeof sent === 'string' && ACCEPTED.test(sent);
  // Random: a counter would tell each client how much others do.
  response.setHeader(HEADER, isAccepted ? sent : randomUUID());
}

/** The id for the log; `undefined` for a request without one. */
export function requestIdOf(response: ServerResponse): string | undefined {
  const id = response.getHeader(HEADER);
  return typeof id === 'string' ? id : undefined;
}
