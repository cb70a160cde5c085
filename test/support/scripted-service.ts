/**
 * A service of the Linkify API that does what a script says: works, answers any status, hangs,
 * resets, drips, never ends, redirects, talks garbage. A real HTTP server on a free port that
 * records every request. Without a script it is a well-behaving service kept in memory.
 *
 * In a test:
 *   const service = await startScriptedService({ 'POST /linkify': { status: 505 } });
 *   ... service.baseUrl, service.requests, service.script({...}), service.memory.state ...
 *   await service.close();
 *
 * On its own (Node 24 runs TypeScript as it is); prints one line, its address:
 *   npx node test/support/scripted-service.ts --port 0 --script '{"POST /linkify":{"status":511}}'
 * and is then steered over HTTP:
 *   POST /__control/script    JSON: a new script
 *   POST /__control/state     JSON: changes of the service's state, such as {"signedIn":false}
 *   GET  /__control/requests  the requests so far: method, path, headers, bodyBytes, body
 *
 * A script maps `METHOD /path` (`*` stands for one segment, and a lone `*` for every route) to one
 * reply, or to a list of replies, used up one a request, the last one for all that follow.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { createLinkifyInMemory, type LinkifyInMemory, type Reply } from './linkify-in-memory.ts';

export type Trouble =
  /** Connection reset as soon as the request's headers are there. */
  | 'reset-at-once'
  /** The request is read whole, then the connection is reset. */
  | 'reset'
  /** The request is read whole, then the connection is closed without an answer. */
  | 'close'
  /** The request is read whole and never answered. */
  | 'hang'
  /** Half of the answer, then a reset. */
  | 'reset-mid-body'
  /** An end before Content-Length is reached. */
  | 'short-body'
  | 'broken-chunk'
  /** One byte of the answer each `dripMs`. */
  | 'drip'
  /** An answer without an end, in chunks. */
  | 'endless'
  /** 50 MB. */
  | 'huge'
  /** 50 MB of spaces in 50 KB of gzip. */
  | 'gzip-bomb'
  /** Something that is no HTTP. */
  | 'garbage'
  /** Headers of 64 KiB. */
  | 'long-headers'
  /** The answer goes out and the connection is reset while the request is still coming in. */
  | 'answer-early';

export interface ScriptedReply {
  /** The working service does its part first (and its answer is then lost or replaced). */
  readonly work?: boolean;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string;
  readonly html?: string;
  readonly delayMs?: number;
  readonly dripMs?: number;
  readonly trouble?: Trouble;
}

export type Script = Readonly<Record<string, ScriptedReply | readonly ScriptedReply[]>>;

export interface RecordedRequest {
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingMessage['headers'];
  readonly bodyBytes: number;
  /** Its first 4 MB. */
  readonly body: string;
}

export interface ScriptedService {
  readonly baseUrl: string;
  readonly port: number;
  readonly requests: readonly RecordedRequest[];
  readonly memory: LinkifyInMemory;
  /** Connections made so far. */
  connections(): number;
  script(script: Script): void;
  /** Requests of one route, such as `POST /linkify`. */
  sent(route: string): readonly RecordedRequest[];
  close(): Promise<void>;
}

const FIFTY_MB = 50_000_000;
const KEPT_BODY = 4_000_000;

export async function startScriptedService(
  script: Script = {},
  {
    port = 0,
    tls,
    memory: earlier,
  }: {
    port?: number;
    tls?: { key: string; cert: string };
    /** What a service that was closed had made. */
    memory?: LinkifyInMemory;
  } = {},
): Promise<ScriptedService> {
  const requests: RecordedRequest[] = [];
  const sockets = new Set<Socket>();
  const used = new Map<string, number>();
  let current = script;
  let connections = 0;

  const onRequest = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://service');
    const method = request.method ?? 'GET';
    const route = `${method} ${url.pathname}`;
    const control = url.pathname.startsWith('/__control/');
    const scripted = control ? undefined : nextReply(route);
    if (scripted?.trouble === 'reset-at-once') {
      request.socket.resetAndDestroy();
      return;
    }
    if (scripted?.trouble === 'answer-early') {
      response.writeHead(scripted.status ?? 413, { connection: 'close' }).end();
      response.once('finish', () => request.socket.destroySoon());
      return;
    }
    const chunks: Buffer[] = [];
    let bodyBytes = 0;
    try {
      for await (const chunk of request) {
        bodyBytes += chunk.length;
        chunks.push(chunk);
      }
    } catch {
      return;
    }
    const body = Buffer.concat(chunks).toString('utf8');
    if (control) {
      onControl(url.pathname, body, response);
      return;
    }
    requests.push({
      method,
      path: url.pathname,
      query: url.search,
      headers: request.headers,
      bodyBytes,
      body: body.slice(0, KEPT_BODY),
    });
    const work = (): Reply =>
      memory.handle({ method, path: url.pathname, query: url.searchParams, body }) ?? {
        status: 404,
        text: 'Not found',
      };
    const worked = scripted === undefined || scripted.work ? work() : { status: 200 };
    const delayMs = scripted?.delayMs ?? 0;
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    answer(request, response, { ...worked, ...scripted });
  };

  const nextReply = (route: string): ScriptedReply | undefined => {
    const key = Object.keys(current).find((pattern) => matches(pattern, route));
    const found = key === undefined ? undefined : current[key];
    if (key === undefined || found === undefined) return undefined;
    if (!Array.isArray(found)) return found as ScriptedReply;
    const count = used.get(key) ?? 0;
    used.set(key, count + 1);
    return found[Math.min(count, found.length - 1)];
  };

  const onControl = (path: string, body: string, response: ServerResponse): void => {
    response.setHeader('content-type', 'application/json');
    if (path === '/__control/script') api.script(JSON.parse(body));
    if (path === '/__control/state') Object.assign(memory.state, JSON.parse(body));
    response.end(path === '/__control/requests' ? JSON.stringify(requests) : '{}');
  };

  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    onRequest(request, response).catch(() => request.socket.destroy());
  };
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  // A listening TCP server always has an AddressInfo.
  const bound = (server.address() as AddressInfo).port;
  const baseUrl = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${bound}`;
  const memory = earlier ?? createLinkifyInMemory(() => baseUrl);

  const api: ScriptedService = {
    baseUrl,
    port: bound,
    requests,
    memory,
    connections: () => connections,
    script(next) {
      current = next;
      used.clear();
    },
    sent: (route) => requests.filter(({ method, path }) => matches(route, `${method} ${path}`)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
  return api;
}

function matches(pattern: string, route: string): boolean {
  if (pattern === '*' || pattern === route) return true;
  const wanted = pattern.split('/');
  const given = route.split('/');
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => part === '*' || part === given[index])
  );
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  reply: ScriptedReply & { readonly status?: number },
): void {
  const { status = 200, headers = {}, json, text, html, trouble, dripMs = 10 } = reply;
  const { socket } = request;
  const content = Buffer.from(html ?? text ?? (json === undefined ? '' : JSON.stringify(json)));
  const type =
    html !== undefined ? 'text/html' : text !== undefined ? 'text/plain' : 'application/json';
  const head = { 'content-type': `${type}; charset=utf-8`, ...headers };
  switch (trouble) {
    case undefined:
      response.writeHead(status, { ...head, 'content-length': content.length }).end(content);
      return;
    case 'reset-at-once':
    case 'reset':
      socket.resetAndDestroy();
      return;
    case 'close':
      socket.destroy();
      return;
    case 'hang':
      return;
    case 'reset-mid-body':
      response.writeHead(status, { ...head, 'content-length': content.length });
      response.write(content.subarray(0, content.length / 2), () => socket.resetAndDestroy());
      return;
    case 'short-body':
      response.writeHead(status, { ...head, 'content-length': content.length + 10 });
      response.write(content, () => socket.end());
      return;
    case 'broken-chunk':
      socket.end(
        `HTTP/1.1 ${status} OK\r\ntransfer-encoding: chunked\r\ncontent-type: ${type}\r\n\r\n` +
          `${content.length.toString(16)}\r\n${content}\r\nZZ\r\nrest\r\n`,
      );
      return;
    case 'drip': {
      response.writeHead(status, head);
      let at = 0;
      const timer = setInterval(() => {
        if (at < content.length) response.write(content.subarray(at, ++at));
        else response.end();
      }, dripMs);
      response.once('close', () => clearInterval(timer));
      return;
    }
    case 'endless': {
      response.writeHead(status, head);
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(64 * 1024, ' ')));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
      return;
    }
    case 'huge':
      response.writeHead(status, { ...head, 'content-length': FIFTY_MB });
      response.end(Buffer.alloc(FIFTY_MB, ' '));
      return;
    case 'gzip-bomb':
      response.writeHead(status, { ...head, 'content-encoding': 'gzip' });
      response.end(gzipSync(Buffer.alloc(FIFTY_MB, ' ')));
      return;
    case 'garbage':
      socket.end('SSH-2.0-OpenSSH_9.2\r\n\u0000\u0001\u0002 not http at all\r\n\r\n');
      return;
    case 'long-headers':
      response.writeHead(status, { ...head, 'x-long': 'x'.repeat(64 * 1024) }).end(content);
      return;
    case 'answer-early':
      return;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const option = (name: string): string | undefined => {
    const at = process.argv.indexOf(`--${name}`);
    return at === -1 ? undefined : process.argv[at + 1];
  };
  const service = await startScriptedService(JSON.parse(option('script') ?? '{}'), {
    port: Number(option('port') ?? 0),
  });
  console.log(service.baseUrl);
  const stop = (): void => void service.close().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}
