import type { Duplex } from 'node:stream';
import type { Progress, Request, RequestError } from 'got';
import { type BadResponseReason, LinkifyError } from '../errors.ts';
import type { JsonBody, StreamBody } from './json-body.ts';
import { transportFault } from './transport-fault.ts';

export interface HttpCall {
  readonly method: 'GET' | 'POST';
  /** Relative to the service's address, without a leading slash. */
  readonly path: string;
  readonly body?: JsonBody | StreamBody;
  readonly applicationId?: string;
  /** See draft-ietf-httpapi-idempotency-key-header; letters and digits. */
  readonly idempotencyKey?: string;
  /** Changes something on the service: without a response, the outcome is unknown. */
  readonly changes: boolean;
  /** See `retryOnce`. */
  readonly retryable: boolean;
  /** From the last byte sent to the response's headers, in ms. */
  readonly responseMs: number;
  /** From the response's headers to its end, in ms. */
  readonly readMs: number;
  readonly maxResponseBytes: number;
  readonly signal?: AbortSignal | undefined;
  /** The part of the body that has been sent, 0 to 1. */
  readonly onUpload?: ((part: number) => void) | undefined;
  /**
   * Gets the response when the caller aborts after the request was delivered, so that what it
   * created can be removed. Without it, such a request is aborted.
   */
  readonly onAbandoned?: (response: HttpResponse) => void;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Empty unless 2xx: the text of an error is never shown, so it is not read. */
  readonly body: Buffer;
}

/**
 * Starts one request and reads its response, up to `call.maxResponseBytes`.
 * @param baseUrl named in faults
 * @throws LinkifyError when no whole response arrived; `cancelled` once `call.signal` aborts
 */
export function exchange(
  start: () => Request,
  call: HttpCall,
  baseUrl: string,
): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    if (call.signal?.aborted) {
      reject(new LinkifyError({ kind: 'cancelled' }));
      return;
    }
    const progress = { delivered: false, answered: false };
    let abandoned = false;
    const request = start();

    const onAbort = (): void => {
      if (progress.delivered && call.onAbandoned !== undefined) abandoned = true;
      else request.destroy();
      reject(new LinkifyError({ kind: 'cancelled' }));
    };
    const finish = (response: HttpResponse): void => {
      call.signal?.removeEventListener('abort', onAbort);
      if (abandoned) call.onAbandoned?.(response);
      else resolve(response);
    };
    const fail = (error: unknown): void => {
      call.signal?.removeEventListener('abort', onAbort);
      reject(error);
    };
    const failWith = (reason: BadResponseReason): void => {
      request.destroy();
      fail(new LinkifyError({ kind: 'bad-response', reason, outcomeUnknown: call.changes }));
    };
    call.signal?.addEventListener('abort', onAbort, { once: true });

    watchDelivery(request, call, () => {
      progress.delivered = true;
    });
    request.once('request', (raw) => {
      // Status 101: no other protocol was requested, and got doesn't end such a request.
      raw.once('upgrade', (_response: unknown, socket: Duplex) => {
        socket.destroy();
        failWith('unexpected-status');
      });
    });
    request.once('response', () => {
      progress.answered = true;
      readResponse(request, call.maxResponseBytes, finish, () => failWith('too-long'));
    });
    request.once('error', (error: RequestError & { readonly event?: string }) => {
      // The content could not be read while it was sent: no fault of the connection.
      if (error.cause instanceof LinkifyError) {
        fail(error.cause);
        return;
      }
      const { changes } = call;
      const failed = { code: error.code, phase: error.event };
      const fault = transportFault(failed, baseUrl, { ...progress, changes });
      // got's error holds the request's options, and so the token: only its cause is kept.
      fail(new LinkifyError(fault, { cause: error.cause }));
    });
  });
}

/** Reports progress of the body, and the moment when the whole request has been sent. */
function watchDelivery(request: Request, call: HttpCall, onDelivered: () => void): void {
  request.on('uploadProgress', ({ percent, total }: Progress) => {
    if (total !== undefined && percent === 1) onDelivered();
    call.onUpload?.(percent);
  });
  if (call.body === undefined) {
    request.once('request', (raw) => raw.once('finish', onDelivered));
  }
}

/** Reads a response after its headers; the body only of a success. */
function readResponse(
  request: Request,
  maxBytes: number,
  finish: (response: HttpResponse) => void,
  onTooLong: () => void,
): void {
  const { response } = request;
  if (response === undefined) return;
  const { statusCode: status, headers } = response;
  if (status < 200 || status > 299 || status === 204) {
    // Also frees the connection.
    request.destroy();
    finish({ status, headers, body: Buffer.alloc(0) });
    return;
  }
  if (Number(headers['content-length'] ?? 0) > maxBytes) {
    onTooLong();
    return;
  }
  const chunks: Buffer[] = [];
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.byteLength;
    if (size > maxBytes) onTooLong();
    else chunks.push(chunk);
  });
  request.once('end', () => finish({ status, headers, body: Buffer.concat(chunks, size) }));
}
