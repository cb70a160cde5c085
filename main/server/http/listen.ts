import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { DISCARDING } from './body.ts';
import { Connections } from './connections.ts';
import { isLoopback, visitorOf } from './ip-address.ts';
import type { ListenerLimits } from './listener-limits.ts';
import { COMMON_HEADERS, sendText } from './response.ts';
import { limitAnswering, limitReceiving } from './slow-clients.ts';

export interface ListenerOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly limits: ListenerLimits;
  /** Connections from elsewhere are closed before a byte is read. */
  readonly acceptPeer?: (address: string) => boolean;
  /** A peer that brings many visitors, so that it has no limit of its own; this computer by default. */
  readonly hasManyVisitors?: (address: string) => boolean;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
}

export interface Listener {
  readonly port: number;
  /** Stops accepting, lets answers under way finish within `limitMs`, then closes all sockets. */
  close(limitMs: number): Promise<void>;
}

/** How many headers a request may have; a browser behind a proxy sends some 30. */
const MAX_HEADERS = 64;

/** Opens a listener. Rejects with the system's error (`EADDRINUSE`, `EACCES`) when it cannot. */
export async function listen(options: ListenerOptions): Promise<Listener> {
  const { limits, acceptPeer, hasManyVisitors = isLoopback } = options;
  const connections = new Connections({
    limits,
    visitorOf: (address) => (hasManyVisitors(address) ? undefined : visitorOf(address)),
  });

  function serve(
    request: IncomingMessage,
    response: ServerResponse,
    handle: ListenerOptions['handle'],
  ): void {
    const { socket } = request;
    // No browser sends a request before the last one was answered (pipelining, RFC 9112, section
    // 9.3.2). Node has parsed all that came at once, a thousand of them in 64 KiB, and would have
    // each of them open its file and fill a buffer.
    connections.asked(socket, () => {
      // The last answer may have closed the connection.
      if (!socket.writable) return;
      // Limits, counts and a stream's pipeline each wait for its end: more than the 10 that Node
      // takes for a leak.
      response.setMaxListeners(20);
      response.once('close', () => connections.answered(socket));
      limitReceiving(request, response, limits);
      limitAnswering(response, limits, (isPaused) => connections.paused(socket, isPaused));
      // The response is written, and only the rest of the request is read: this connection may be
      // closed to make room for others.
      response.once(DISCARDING, () => connections.paused(socket, true));
      const refusal = refusalOf(request);
      if (refusal === undefined) handle(request, response);
      else sendText(response, ...refusal, { Connection: 'close' });
    });
  }

  const server = createServer(
    {
      maxHeaderSize: 16 * 1024,
      headersTimeout: limits.headersMs,
      requestTimeout: 0,
      keepAliveTimeout: limits.keepAliveMs,
      // How often Node looks for headers that are late: an idle computer is left asleep.
      connectionsCheckingInterval: Math.max(20, Math.min(5_000, limits.headersMs / 2)),
      insecureHTTPParser: false,
      // Node's own answer would lack the headers that every answer of ours carries.
      requireHostHeader: false,
    },
    (request, response) => serve(request, response, options.handle),
  );
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) =>
    serve(request, response, refuseExpectation),
  );
  // Node would leave out those beyond its own limit, and what is left out is not looked at.
  server.maxHeadersCount = 0;
  server.timeout = limits.idleMs;
  server.on('timeout', (socket: Socket) => {
    // A reader who has paused has a limit of its own.
    if (socket.writableLength === 0) socket.destroy();
  });
  server.on('clientError', answerBrokenRequest);
  server.on('connection', (socket: Socket) => {
    if (acceptPeer?.(socket.remoteAddress ?? '') === false) socket.destroy();
    else connections.admit(socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: options.host, port: options.port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  // `listen` succeeded on a TCP port, so the address is never a pipe's name nor null.
  const { port } = server.address() as AddressInfo;
  return { port, close: (limitMs) => close(server, limitMs) };
}

/** Why a request is refused whatever it asks for: its status and a sentence. */
function refusalOf(request: IncomingMessage): readonly [number, string] | undefined {
  if (request.rawHeaders.length > 2 * MAX_HEADERS) return [431, 'Too many headers.'];
  // RFC 9112, section 3.2.
  if (request.httpVersion === '1.1' && request.headers.host === undefined) {
    return [400, 'Host header required.'];
  }
  return undefined;
}

/** Whatever is expected but `100-continue`, which Node answers by itself (RFC 9110, section 10.1.1). */
function refuseExpectation(_request: IncomingMessage, response: ServerResponse): void {
  sendText(response, 417, 'Expectation not supported.', { Connection: 'close' });
}

/** What every answer carries, for those that are written by hand. */
const GUARDS = Object.entries(COMMON_HEADERS)
  .map(([name, value]) => `${name}: ${value}\r\n`)
  .join('');

function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? '431 Request Header Fields Too Large'
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? '408 Request Timeout'
        : '400 Bad Request';
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: text/plain\r\n` +
      `${GUARDS}Content-Length: 0\r\n\r\n`,
  );
}

async function close(server: Server, limitMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), limitMs);
  await closed;
  clearTimeout(timer);
}
