import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** Times in ms. What a listener takes from clients that are slow, many or broken. */
export interface ListenerLimits {
  readonly connections: number;
  readonly connectionsPerAddress: number;
  readonly headersMs: number;
  readonly idleMs: number;
  readonly keepAliveMs: number;
  /** A request may take this long, and 1 s more for each 64 KiB of its body. */
  readonly requestMs: number;
}

export interface ListenerOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly limits: ListenerLimits;
  /** Connections from elsewhere are closed before a byte is read. */
  readonly acceptPeer?: (address: string) => boolean;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
}

export interface Listener {
  readonly port: number;
  /** Stops accepting, lets answers under way finish for `graceMs`, then closes all sockets. */
  close(graceMs: number): Promise<void>;
}

/** Opens a listener. Rejects with the system's error (`EADDRINUSE`, `EACCES`) when it cannot. */
export async function listen(options: ListenerOptions): Promise<Listener> {
  const { limits } = options;
  const server = createServer(
    {
      maxHeaderSize: 16 * 1024,
      headersTimeout: limits.headersMs,
      requestTimeout: 0,
      keepAliveTimeout: limits.keepAliveMs,
      connectionsCheckingInterval: 1_000,
      insecureHTTPParser: false,
    },
    (request, response) => {
      limitDuration(request, response, limits.requestMs);
      options.handle(request, response);
    },
  );
  server.maxHeadersCount = 64;
  server.maxConnections = limits.connections;
  server.timeout = limits.idleMs;
  server.on('clientError', answerBrokenRequest);
  limitPeers(server, limits.connectionsPerAddress, options.acceptPeer);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: options.host, port: options.port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  // `listen` succeeded on a TCP port, so the address is never a pipe's name nor null.
  const { port } = server.address() as AddressInfo;
  return { port, close: (graceMs) => close(server, graceMs) };
}

function limitPeers(
  server: Server,
  perAddress: number,
  acceptPeer: ((address: string) => boolean) | undefined,
): void {
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    const count = open.get(address) ?? 0;
    // A proxy on this computer brings everybody's connections.
    const tooMany = count >= perAddress && !isLoopback(address);
    if (tooMany || acceptPeer?.(address) === false) {
      socket.destroy();
      return;
    }
    open.set(address, count + 1);
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
  });
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}

/** Ends requests that drip: their time depends on the size that they announced. */
function limitDuration(request: IncomingMessage, response: ServerResponse, baseMs: number): void {
  const { 'content-length': length, 'transfer-encoding': chunked } = request.headers;
  // Without a body it is here already.
  if (length === undefined && chunked === undefined) return;
  const announced = Number(length ?? 0);
  const bodyMs = Number.isFinite(announced) ? (announced / 65_536) * 1_000 : 0;
  const timer = setTimeout(() => {
    if (!request.complete) request.socket.destroy();
  }, baseMs + bodyMs);
  timer.unref();
  response.once('close', () => clearTimeout(timer));
}

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
      `X-Content-Type-Options: nosniff\r\nContent-Length: 0\r\n\r\n`,
  );
}

async function close(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(timer);
}
