import { type AgentOptions, Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import got, { type Got, type Request } from 'got';
import type { ServiceAddress } from '../address.ts';
import { provesToken } from '../peer/challenge.ts';
import { createVerifiedAgent, type PeerCheck } from '../peer/verified-agent.ts';
import { exchange, type HttpCall, type HttpResponse } from './exchange.ts';
import type { JsonBody, StreamBody } from './json-body.ts';
import { retryOnce } from './retry-once.ts';
import { TrustingAgent } from './trusting-agent.ts';

export interface HttpOptions {
  readonly address: ServiceAddress;
  /** As configured; named in faults. */
  readonly baseUrl: string;
  readonly token: string | undefined;
  readonly userAgent: string;
  /** Verifies each new connection to this computer; absent: the server runs in this process. */
  readonly peer?: PeerCheck | undefined;
  /** See `retryOnce`, in ms. */
  readonly retryAfterErrorMs?: number | undefined;
}

/** The slowest upload that doesn't time out. */
const SEND_BYTES_PER_MS = 64;
const SEND_MS = 30_000;
/** A body up to this size is sent in one piece. */
const ONE_PIECE_BYTES = 256 * 1024;
/** How long a connection is kept for the next request. Node's servers close theirs after 5 s. */
const KEEP_ALIVE_MS = 1_000;

/**
 * Requests to one service. got's defaults are replaced where they would do harm: it waits without
 * a limit, follows redirects (which would send content elsewhere), retries, decompresses responses
 * and reads them to any size.
 */
export class Http {
  readonly #options: HttpOptions;
  readonly #connectMs: number;
  readonly #agents: { readonly http: HttpAgent; readonly https: HttpsAgent };
  readonly #client: Got;

  constructor(options: HttpOptions) {
    const { address, token, userAgent } = options;
    this.#options = options;
    this.#connectMs = address.loopback ? 1_000 : 5_000;
    const keep = { keepAlive: true, timeout: KEEP_ALIVE_MS, scheduling: 'lifo' } as const;
    this.#agents = {
      http: this.#agentForHttp(keep),
      https: new TrustingAgent(keep),
    };
    this.#client = got.extend({
      agent: this.#agents,
      followRedirect: false,
      retry: { limit: 0 },
      decompress: false,
      throwHttpErrors: false,
      headers: {
        accept: 'application/json, text/plain',
        'accept-encoding': 'identity',
        'user-agent': userAgent,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
    });
  }

  /** Of the service. */
  get hostname(): string {
    return this.#options.address.hostname;
  }

  /** @throws LinkifyError when no whole response arrived; any status is a response. */
  send(call: HttpCall): Promise<HttpResponse> {
    const { baseUrl, retryAfterErrorMs } = this.#options;
    return retryOnce(
      () => exchange(() => this.#start(call), call, baseUrl),
      call,
      retryAfterErrorMs,
    );
  }

  /** Closes idle connections. */
  close(): void {
    this.#agents.http.destroy();
    this.#agents.https.destroy();
  }

  #agentForHttp(keep: AgentOptions): HttpAgent {
    const { address, peer, token } = this.#options;
    if (peer === undefined) return new HttpAgent(keep);
    const { pathname } = new URL(address.base);
    const check: PeerCheck =
      token === undefined
        ? peer
        : { proves: (socket, ends) => provesToken(socket, ends, token, pathname), ...peer };
    return createVerifiedAgent(keep, check, this.#connectMs);
  }

  #start(call: HttpCall): Request {
    const { body } = call;
    const limits = {
      lookup: 5_000,
      connect: this.#connectMs,
      secureConnect: 5_000,
      send: SEND_MS + (body?.lengthBytes ?? 0) / SEND_BYTES_PER_MS,
      response: call.responseMs,
      read: call.readMs,
    };
    const request = this.#client.stream(`${this.#options.address.base}${call.path}`, {
      method: call.method,
      // The sum limits the whole request, in whatever phase it hangs.
      timeout: { ...limits, request: Object.values(limits).reduce((sum, ms) => sum + ms) },
      headers: headersOf(call),
      ...(body === undefined ? {} : { body: sendable(body) }),
    });
    if (call.method === 'POST' && body === undefined) request.end();
    return request;
  }
}

function headersOf({ applicationId, idempotencyKey, body }: HttpCall): Record<string, string> {
  return {
    ...(applicationId === undefined ? {} : { 'x-application-id': applicationId }),
    ...(idempotencyKey === undefined ? {} : { 'idempotency-key': `"${idempotencyKey}"` }),
    ...(body === undefined
      ? {}
      : {
          'content-type': 'stream' in body ? 'application/octet-stream' : 'application/json',
          'content-length': String(body.lengthBytes),
        }),
  };
}

function sendable(
  body: JsonBody | StreamBody,
): Buffer | Iterable<Uint8Array> | AsyncIterable<Uint8Array> {
  if ('stream' in body) return body.stream();
  return body.lengthBytes <= ONE_PIECE_BYTES ? Buffer.concat([...body.chunks()]) : body.chunks();
}
