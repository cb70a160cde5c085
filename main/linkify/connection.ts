import { parseAddress } from './address.ts';
import type { ClientOptions, Timeouts } from './client-options.ts';
import { LinkifyError, type LinkifyFault } from './errors.ts';
import type { HttpResponse } from './http/exchange.ts';
import { Http } from './http/http.ts';
import { bodyOfValue, type JsonBody, type StreamBody } from './http/json-body.ts';
import { type CallName, statusFault } from './http/status-fault.ts';
import { onUpload, withoutProgress } from './http/upload.ts';
import type { CallOptions, SignedInUser } from './model.ts';
import {
  badResponse,
  isWebPage,
  jsonOf,
  type ResponseContext,
  recordOf,
  validated,
} from './response.ts';
import { type Application, MAX_BODY_BYTES, tooLarge } from './seed.ts';
import { cloudStateOf, contextSchema, userSchema } from './wire.ts';

const MAX_RESPONSE_BYTES = 2_000_000;

/** One request of the API. Times in ms. */
export interface Call {
  readonly name: CallName;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: JsonBody | StreamBody;
  readonly application?: Application;
  readonly retryable?: boolean;
  readonly responseMs: number;
  readonly maxResponseBytes?: number;
  readonly options: CallOptions | undefined;
  readonly sizeBytes?: number;
  readonly collectionName?: string | undefined;
  readonly onAbandoned?: (response: HttpResponse) => void;
  readonly idempotencyKey?: string | undefined;
}

export interface ConnectionOptions extends Omit<ClientOptions, 'timeouts' | 'recoveryPace'> {
  readonly timeouts: Timeouts;
}

/** Requests to one service: as which application, how long they may take, what a failure means. */
export class Connection {
  readonly timeouts: Timeouts;
  readonly #options: ConnectionOptions;
  /** Created by the first request: an unusable address then makes it reject. */
  #http: Http | undefined;
  #connecting: Promise<Application> | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.timeouts = options.timeouts;
  }

  /** How the response of a call that changes nothing is read. */
  get reads(): ResponseContext {
    return { changes: false, serviceHost: this.#open().hostname };
  }

  /** How the response of a call that changes something is read. */
  get changes(): ResponseContext {
    return { changes: true, serviceHost: this.#open().hostname };
  }

  #open(): Http {
    if (this.#http === undefined) {
      const { baseUrl, token, appVersion, peer, retryAfterErrorMs } = this.#options;
      const address = parseAddress(baseUrl);
      const userAgent = `linkify-tray/${appVersion}`;
      this.#http = new Http({ address, baseUrl, token, userAgent, peer, retryAfterErrorMs });
    }
    return this.#http;
  }

  /** Closes idle connections; calls still work after it. */
  close(): void {
    this.#http?.close();
  }

  /** Sends one request; resolves only when its status is a success. @throws LinkifyError */
  async send(call: Call): Promise<HttpResponse> {
    const { name, method, path, body, application, responseMs, sizeBytes } = call;
    if (body !== undefined && !('stream' in body) && body.lengthBytes > MAX_BODY_BYTES) {
      throw tooLarge(sizeBytes ?? body.lengthBytes);
    }
    const isChange = !(method === 'GET' || name === 'connect' || name === 'update-check');
    const response = await this.#open().send({
      method,
      path,
      responseMs,
      readMs: this.timeouts.readMs,
      changes: isChange,
      retryable: call.retryable ?? !isChange,
      maxResponseBytes: call.maxResponseBytes ?? MAX_RESPONSE_BYTES,
      signal: call.options?.signal,
      onUpload: onUpload(call.options?.onProgress, sizeBytes ?? body?.lengthBytes ?? 0),
      ...(body === undefined ? {} : { body }),
      ...(application === undefined ? {} : { applicationId: application.id }),
      ...(call.idempotencyKey === undefined ? {} : { idempotencyKey: call.idempotencyKey }),
      ...(call.onAbandoned === undefined ? {} : { onAbandoned: call.onAbandoned }),
    });
    const { status } = response;
    if (status === 200 || status === 201) {
      if (isWebPage(response)) throw badResponse('web-page', false);
      return response;
    }
    // These two calls need no body in their response.
    if (status === 204 && (name === 'revoke' || name === 'delete-asset')) return response;
    throw new LinkifyError(this.#faultOf(call, isChange, response));
  }

  #faultOf({ name, sizeBytes, collectionName }: Call, isChange: boolean, response: HttpResponse) {
    const { baseUrl, now = Date.now } = this.#options;
    const retryAfter = response.headers['retry-after'];
    return statusFault(response.status, {
      call: name,
      changes: isChange,
      sizeBytes,
      collectionName,
      webPage: isWebPage(response),
      retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
      nowMs: now(),
      baseUrl,
    });
  }

  /** The application that the service registered us as; requested once, by whichever call is first. */
  application(signal: AbortSignal | undefined): Promise<Application> {
    if (this.#connecting === undefined) {
      const started = this.#connect();
      this.#connecting = started;
      started.catch(() => {
        if (this.#connecting === started) this.#connecting = undefined;
      });
    }
    return orCancelled(this.#connecting, signal);
  }

  async #connect(): Promise<Application> {
    const { appVersion, platform } = this.#options;
    const response = await this.send({
      name: 'connect',
      method: 'POST',
      path: 'connect',
      body: bodyOfValue({
        application: {
          name: 'OPEN_SOURCE',
          version: appVersion,
          platform: PLATFORMS[platform] ?? 'UNKNOWN',
        },
      }),
      responseMs: this.timeouts.quickMs,
      options: undefined,
    });
    const raw = jsonOf(response, this.reads);
    const { application, 'x-linkify': identity } = validated(contextSchema, raw, this.reads);
    return {
      id: application.id,
      raw: recordOf(recordOf(raw).application),
      isOurServer: identity !== undefined,
    };
  }

  /** Runs a call as an application; after 400 or 401 connects again once and retries. */
  async asApplication<T>(
    options: CallOptions | undefined,
    run: (application: Application) => Promise<T>,
  ): Promise<T> {
    const signal = options?.signal;
    const first = this.application(signal);
    const used = this.#connecting;
    const known = await first;
    try {
      return await run(known);
    } catch (error) {
      if (!(error instanceof LinkifyError) || !isConnectionRefused(error.fault)) throw error;
      // Another call may have connected again in the meantime: then its connection is the newer.
      if (this.#connecting === used) this.#connecting = undefined;
      return run(await this.application(signal));
    }
  }

  /** As `asApplication`; after status 511, finds out whether sign-in or the cloud is missing. */
  async asUser<T>(
    options: CallOptions | undefined,
    run: (application: Application) => Promise<T>,
  ): Promise<T> {
    try {
      return await this.asApplication(options, run);
    } catch (error) {
      if (error instanceof LinkifyError && error.fault.kind === 'sign-in-required') {
        throw new LinkifyError(await this.#signInOrCloud(options), { cause: error });
      }
      throw error;
    }
  }

  async #signInOrCloud(options: CallOptions | undefined): Promise<LinkifyFault> {
    try {
      const found = await this.user(withoutProgress(options));
      return found === null
        ? { kind: 'sign-in-required' }
        : { kind: 'cloud-not-connected', cloud: found.cloud };
    } catch (error) {
      if (error instanceof LinkifyError && explains511(error.fault)) return error.fault;
      return { kind: 'sign-in-required' };
    }
  }

  /** The user who is signed in to the service; `null`: none. */
  user(options?: CallOptions): Promise<SignedInUser | null> {
    return this.asApplication(options, (app) => this.#readUser(options, app));
  }

  /** Connects and reads the user in one round trip, where the service allows that. */
  async connectAndReadUser(options?: CallOptions): Promise<SignedInUser | null> {
    const [connected, found] = await Promise.allSettled([
      this.application(options?.signal),
      this.#readUser(options),
    ]);
    if (connected.status === 'rejected') throw connected.reason;
    return found.status === 'fulfilled' ? found.value : this.user(options);
  }

  async #readUser(
    options: CallOptions | undefined,
    application?: Application,
  ): Promise<SignedInUser | null> {
    const response = await this.send({
      name: 'user',
      method: 'GET',
      path: 'user',
      ...(application === undefined ? {} : { application }),
      responseMs: this.timeouts.quickMs,
      options,
    });
    const raw = jsonOf(response, this.reads);
    const found = validated(userSchema, raw, this.reads).user;
    if (found === null || found === undefined) return null;
    return {
      id: found.id,
      cloud: cloudStateOf(found.allocation),
      raw: recordOf(recordOf(raw).user),
      ...(found.name === undefined ? {} : { name: found.name }),
    };
  }
}

const PLATFORMS: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  win32: 'WINDOWS',
  darwin: 'MACOS',
  linux: 'LINUX',
};

/** The service no longer knows the application: it has to connect again. */
function isConnectionRefused(fault: LinkifyFault): boolean {
  return fault.kind === 'unauthorized' || (fault.kind === 'rejected' && fault.status === 400);
}

/** Faults of `GET /user` that explain a 511 better than "sign in" does. */
function explains511({ kind }: LinkifyFault): boolean {
  return kind === 'cancelled' || kind === 'unauthorized' || kind === 'bad-response';
}

/** Settles as the promise does, or rejects with `cancelled` once the signal aborts. */
function orCancelled<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(new LinkifyError({ kind: 'cancelled' }));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
