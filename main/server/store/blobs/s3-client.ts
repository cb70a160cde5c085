import { hash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { S3mini, S3ServiceError } from 's3mini';
import { BlobsUnavailableError } from './blobs.ts';
import type { S3Location } from './s3-location.ts';

/** The server begins to respond within this time, in ms; more for a request with a body. */
const RESPONSE_MS = 15_000;
const BODY_RESPONSE_MS = 60_000;

/** A call is made so many times; the pauses grow from this, in ms. */
const ATTEMPTS = 4;
const FIRST_PAUSE_MS = 100;

/** Responses of a server that may answer differently soon (429: also after a while). */
const TRANSIENT = new Set([408, 429, 500, 502, 503, 504]);

/** Codes of a full server or bucket, by Ceph, MinIO and others. */
const FULL = new Set([
  'QuotaExceeded',
  'XMinioStorageFull',
  'InsufficientStorage',
  'InsufficientCapacity',
]);

/** There is no object of this key: as a missing file. */
class MissingObjectError extends Error {
  override readonly name = 'MissingObjectError';
  readonly code = 'ENOENT';
}

/** The server has no space: treated as the system's own "no space". */
class S3FullError extends Error {
  override readonly name = 'S3FullError';
  readonly code = 'ENOSPC';
}

/** One bucket, its calls repeated while the server is away or busy. */
export class S3Client {
  readonly #s3: S3mini;
  readonly #location: S3Location;
  /** The server's time minus ours when it last responded, in ms. */
  #clockDifferenceMs = 0;

  constructor(location: S3Location) {
    this.#location = location;
    const { endpoint, bucket, region, accessKeyId, secretAccessKey } = location;
    this.#s3 = new S3mini({
      endpoint: `${endpoint}/${bucket}`,
      region,
      accessKeyId,
      secretAccessKey,
      fetch: (input, init) => this.#fetch(input, init),
    });
  }

  /** What all keys begin with. */
  get prefix(): string {
    return this.#location.prefix;
  }

  /** The time by the server's clock, in ms since 1970, once it has responded to something. */
  nowMs(): number {
    return Date.now() + this.#clockDifferenceMs;
  }

  /**
   * Makes a call that may be repeated.
   * @throws `ENOENT` for a missing object, `ENOSPC` for a full server, else BlobsUnavailableError
   */
  async call<T>(task: (s3: S3mini) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await task(this.#s3);
      } catch (error) {
        if (!isTransient(error) || attempt === ATTEMPTS) throw faultOf(error);
        // Full jitter: processes that failed together don't come back together.
        await delay(Math.random() * FIRST_PAUSE_MS * 4 ** (attempt - 1));
      }
    }
  }

  /** Never follows a redirect: what is stored goes to the configured server only. */
  async #fetch(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
    const { body } = init;
    const headers = new Headers(init.headers);
    // Lengths and ranges are those of the stored bytes.
    headers.set('accept-encoding', 'identity');
    // The signature doesn't cover a body, so the server verifies it by this (RFC 1864).
    if (body instanceof Uint8Array) headers.set('content-md5', hash('md5', body, 'base64'));
    const stopping = new AbortController();
    const limitMs = body ? BODY_RESPONSE_MS : RESPONSE_MS;
    const timer = setTimeout(() => stopping.abort(new ResponseTimeoutError()), limitMs);
    try {
      const { signal } = stopping;
      const response = await fetch(input, { ...init, headers, redirect: 'manual', signal });
      const serverMs = Date.parse(response.headers.get('date') ?? '');
      if (!Number.isNaN(serverMs)) this.#clockDifferenceMs = serverMs - Date.now();
      return response;
    } finally {
      clearTimeout(timer);
    }
  }
}

class ResponseTimeoutError extends Error {
  override readonly name = 'ResponseTimeoutError';
  readonly code = 'ETIMEDOUT';
}

/** A response with a status of success whose content says that the call failed, or is cut off. */
export class BrokenResponseError extends Error {
  override readonly name = 'BrokenResponseError';
  readonly code = 'BROKEN_RESPONSE';
}

/** The code of an S3 response, or of the connection's error: the first along the causes. */
export function s3ErrorCode(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof S3ServiceError && cause.serviceCode === 'Unknown')
      return `HTTP ${cause.status}`;
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
  }
  return undefined;
}

/** Everything but a response that would be the same again is worth another try. */
function isTransient(error: unknown): boolean {
  if (error instanceof S3ServiceError) return TRANSIENT.has(error.status);
  return (
    !(error instanceof Error && error.cause instanceof S3ServiceError) ||
    TRANSIENT.has(error.cause.status)
  );
}

function faultOf(error: unknown): Error {
  const code = s3ErrorCode(error) ?? 'unknown';
  // A HEAD has no body that could name the code.
  if (code === 'NoSuchKey' || code === 'HTTP 404') {
    return new MissingObjectError('no such object', { cause: error });
  }
  if (code === 'HTTP 507' || FULL.has(code)) {
    return new S3FullError('the S3 server is full', { cause: error });
  }
  return new BlobsUnavailableError(code, { cause: error });
}
