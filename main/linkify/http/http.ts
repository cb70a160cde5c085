import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Duplex } from 'node:stream';
import got, { type Progress, type Request } from 'got';
import type { ServiceAddress } from '../address.ts';
import { LinkifyError } from '../errors.ts';
import { provesToken } from '../peer/challenge.ts';
import { createVerifiedAgent, type PeerCheck } from '../peer/verified-agent.ts';
import type { JsonBody, StreamBody } from './json-body.ts';
import { repeatOnce } from './repeat.ts';
import { transportFault } from './transport-fault.ts';

export interface HttpCall {
  readonly method: 'GET' | 'POST';
  /** Below the service's address, without a slash at its start. */
  readonly path: string;
  readonly body?: JsonBody | StreamBody;
  readonly applicationId?: string;
  /** See draft-ietf-httpapi-idempotency-key-header; letters and digits. */
  readonly idempotencyKey?: string;
  /** Asks the service to do something: a lost answer leaves a doubt. */
  readonly changes: boolean;
  /** See `repeatOnce`. */
  readonly repeatable: boolean;
  /** From the last byte sent to the answer's headers, in ms. */
  readonly responseMs: number;
  /** From the answer's headers to its end, in ms; however steadily it drips. */
  readonly readMs: number;
  readonly maxAnswerBytes: number;
  readonly signal?: AbortSignal | undefined;
  /** How much of the body is out, 0 to 1. */
  readonly onUpload?: ((part: number) => void) | undefined;
  /**
   * Given the answer when the caller went away after the request was delivered: what it made
   * can then be taken back. Without it such a request is broken off.
   */
  readonly onAbandoned?: (answer: HttpAnswer) => void;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Empty but for 2xx: error texts are not ours to show, so they are not read. */
  readonly body: Buffer;
}

export interface HttpNeeds {
  readonly address: ServiceAddress;
  /** As given, for faults. */
  readonly baseUrl: string;
  readonly token: string | undefined;
  readonly userAgent: string;
  /** Verifies each new connection to this computer; absent: our own service, in this very process. */
  readonly peer?: PeerCheck | undefined;
  /** See `repeatOnce`, in ms. */
  readonly repeatAfterErrorMs?: number | undefined;
}

export interface Http {
  /** @throws LinkifyError when no whole answer came; any status is an answer. */
  send(call: HttpCall): Promise<HttpAnswer>;
  /** Closes idle connections. */
  close(): void;
}

/** Slowest upload that is waited for. */
const SEND_BYTES_PER_MS = 64;
const SEND_MS = 30_000;
/** A body up to this size is sent in one piece. */
const ONE_PIECE_BYTES = 256 * 1024;
/** How long a connection is kept for the next request. Node's servers close theirs after 5 s. */
const KEEP_ALIVE_MS = 1_000;

/**
 * One service's requests. got's defaults are set aside where they bite: it waits for ever,
 * follows redirects (which would send content elsewhere), repeats by itself, unpacks compressed
 * answers and reads them to any size.
 */
export function createHttp({
  address,
  baseUrl,
  token,
  userAgent,
  peer,
  repeatAfterErrorMs,
}: HttpNeeds): Http {
  const connectMs = address.loopback ? 1_000 : 5_000;
  const keep = { keepAlive: true, timeout: KEEP_ALIVE_MS, scheduling: 'lifo' } as const;
  const { pathname } = new URL(address.base);
  const agents = {
    http:
      peer === undefined
        ? new HttpAgent(keep)
        : createVerifiedAgent(
            keep,
            token === undefined
              ? peer
              : {
                  proves: (socket, ends) => provesToken(socket, ends, token, pathname),
                  ...peer,
                },
            connectMs,
          ),
    https: new HttpsAgent(keep),
  };
  const client = got.extend({
    agent: agents,
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

  const open = (call: HttpCall): Request => {
    const { body } = call;
    const limits = {
      lookup: 5_000,
      connect: connectMs,
      secureConnect: 5_000,
      send: SEND_MS + (body?.lengthBytes ?? 0) / SEND_BYTES_PER_MS,
      response: call.responseMs,
      read: call.readMs,
    };
    const request = client.stream(`${address.base}${call.path}`, {
      method: call.method,
      // All of it together ends as well, whatever state it is stuck in.
      timeout: { ...limits, request: Object.values(limits).reduce((sum, ms) => sum + ms) },
      headers: {
        ...(call.applicationId === undefined ? {} : { 'x-application-id': call.applicationId }),
        ...(call.idempotencyKey === undefined
          ? {}
          : { 'idempotency-key': `"${call.idempotencyKey}"` }),
        ...(body === undefined
          ? {}
          : {
              'content-type': 'stream' in body ? 'application/octet-stream' : 'application/json',
              'content-length': String(body.lengthBytes),
            }),
      },
      ...(body === undefined ? {} : { body: sendable(body) }),
    });
    if (call.method === 'POST' && body === undefined) request.end();
    return request;
  };

  const once = (call: HttpCall): Promise<HttpAnswer> =>
    new Promise((resolve, reject) => {
      if (call.signal?.aborted) {
        reject(new LinkifyError({ kind: 'cancelled' }));
        return;
      }
      let delivered = false;
      let answered = false;
      let abandoned = false;
      const request = open(call);

      const finish = (answer: HttpAnswer): void => {
        call.signal?.removeEventListener('abort', onAbort);
        if (abandoned) call.onAbandoned?.(answer);
        else resolve(answer);
      };
      const fail = (error: unknown): void => {
        call.signal?.removeEventListener('abort', onAbort);
        reject(error);
      };
      const onAbort = (): void => {
        if (delivered && call.onAbandoned !== undefined) abandoned = true;
        else request.destroy();
        reject(new LinkifyError({ kind: 'cancelled' }));
      };
      call.signal?.addEventListener('abort', onAbort, { once: true });

      request.on('uploadProgress', ({ percent, total }: Progress) => {
        if (total !== undefined && percent === 1) delivered = true;
        call.onUpload?.(percent);
      });
      request.once('request', (raw) => {
        if (call.body === undefined) {
          raw.once('finish', () => {
            delivered = true;
          });
        }
        // 101: nobody asked for another protocol, and nothing more is heard after it.
        raw.once('upgrade', (_answer: unknown, socket: Duplex) => {
          socket.destroy();
          request.destroy();
          fail(
            new LinkifyError({
              kind: 'bad-response',
              reason: 'unexpected-status',
              outcomeUnknown: call.changes,
            }),
          );
        });
      });
      request.once('response', (response) => {
        answered = true;
        const { statusCode: status, headers } = response;
        const declared = Number(headers['content-length'] ?? 0);
        if (status < 200 || status > 299 || status === 204) {
          // Also frees the connection: whatever text comes with a failure stays unread.
          request.destroy();
          finish({ status, headers, body: Buffer.alloc(0) });
          return;
        }
        const tooLong = (): void => {
          request.destroy();
          fail(
            new LinkifyError({
              kind: 'bad-response',
              reason: 'too-long',
              outcomeUnknown: call.changes,
            }),
          );
        };
        if (declared > call.maxAnswerBytes) {
          tooLong();
          return;
        }
        const chunks: Buffer[] = [];
        let size = 0;
        request.on('data', (chunk: Buffer) => {
          size += chunk.byteLength;
          if (size > call.maxAnswerBytes) tooLong();
          else chunks.push(chunk);
        });
        request.once('end', () => finish({ status, headers, body: Buffer.concat(chunks, size) }));
      });
      request.once('error', (error: Error & { code?: string; event?: string }) => {
        // What was to be sent could not be read: nothing of the network's doing.
        if (error.cause instanceof LinkifyError) {
          fail(error.cause);
          return;
        }
        const fault = transportFault({ code: error.code, phase: error.event }, baseUrl, {
          delivered,
          answered,
          changes: call.changes,
        });
        // got's own error holds the request's options, and so the token: only its reason is kept.
        fail(new LinkifyError(fault, { cause: error.cause }));
      });
    });

  return {
    send: (call) => repeatOnce(() => once(call), call, repeatAfterErrorMs),
    close() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

function sendable(
  body: JsonBody | StreamBody,
): Buffer | Iterable<Uint8Array> | AsyncIterable<Uint8Array> {
  if ('stream' in body) return body.stream();
  return body.lengthBytes <= ONE_PIECE_BYTES ? Buffer.concat([...body.chunks()]) : body.chunks();
}
