import { parseAddress } from './address.ts';
import { type AnswerContext, badResponse, isWebPage, jsonOf, recordOf, shaped } from './answer.ts';
import type { ClientOptions, Patience } from './client-options.ts';
import { LinkifyError, type LinkifyFault } from './errors.ts';
import { createHttp, type Http, type HttpAnswer } from './http/http.ts';
import { bodyOfValue, type JsonBody, type StreamBody } from './http/json-body.ts';
import { type CallName, statusFault } from './http/status-fault.ts';
import { onUpload, withoutProgress } from './http/upload.ts';
import type { CallOptions, SignedInUser } from './model.ts';
import { type Application, MAX_BODY_BYTES, tooLarge } from './seed.ts';
import { cloudStateOf, contextSchema, userSchema } from './wire.ts';

const MAX_ANSWER_BYTES = 2_000_000;

/** One request of the API, and what its answer may be. */
export interface Call {
  readonly name: CallName;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: JsonBody | StreamBody;
  readonly application?: Application;
  readonly repeatable?: boolean;
  readonly responseMs: number;
  readonly maxAnswerBytes?: number;
  readonly options: CallOptions | undefined;
  readonly sizeBytes?: number;
  readonly collectionName?: string | undefined;
  readonly onAbandoned?: (answer: HttpAnswer) => void;
  readonly idempotencyKey?: string | undefined;
}

export interface CallsOptions extends Omit<ClientOptions, 'patience' | 'recoveryPace'> {
  readonly patience: Patience;
}

/** What each call of a client is made of. */
export interface Calls {
  readonly patience: Patience;
  /** The context in which the answer of a call that changes nothing is read. */
  readonly reads: () => AnswerContext;
  /** The same of a call that changes something. */
  readonly changes: () => AnswerContext;
  /** Sends one request and answers only when its status is success. @throws LinkifyError */
  send(call: Call): Promise<HttpAnswer>;
  /** The application that the service gave us; asked for once, whoever needs it first. */
  application(signal: AbortSignal | undefined): Promise<Application>;
  /** Runs a call as an application; after 400 or 401 connects again once and retries. */
  asApplication<T>(
    options: CallOptions | undefined,
    run: (application: Application) => Promise<T>,
  ): Promise<T>;
  /** As `asApplication`; and where the answer was 511, finds out what it was about. */
  asUser<T>(
    options: CallOptions | undefined,
    run: (application: Application) => Promise<T>,
  ): Promise<T>;
  user(options?: CallOptions): Promise<SignedInUser | null>;
  hello(options?: CallOptions): Promise<SignedInUser | null>;
  close(): void;
}

/** Requests to one service: who asks, how long an answer may take, what a bad one means. */
export function createCalls(options: CallsOptions): Calls {
  const {
    baseUrl,
    token,
    appVersion,
    platform,
    patience,
    peer,
    repeatAfterErrorMs,
    now = Date.now,
  } = options;
  let opened: { readonly http: Http; readonly hostname: string } | undefined;
  let connecting: Promise<Application> | undefined;

  const service = () => {
    if (opened === undefined) {
      const address = parseAddress(baseUrl);
      const userAgent = `linkify-tray/${appVersion}`;
      const http = createHttp({ address, baseUrl, token, userAgent, peer, repeatAfterErrorMs });
      opened = { http, hostname: address.hostname };
    }
    return opened;
  };

  const reads = (): AnswerContext => ({ changes: false, serviceHost: service().hostname });
  const changes = (): AnswerContext => ({ changes: true, serviceHost: service().hostname });

  const send = async (call: Call): Promise<HttpAnswer> => {
    const { name, method, path, body, application, responseMs, sizeBytes } = call;
    if (body !== undefined && !('stream' in body) && body.lengthBytes > MAX_BODY_BYTES) {
      throw tooLarge(sizeBytes ?? body.lengthBytes);
    }
    const isChange = !(method === 'GET' || name === 'connect' || name === 'update-check');
    const answer = await service().http.send({
      method,
      path,
      responseMs,
      readMs: patience.readMs,
      changes: isChange,
      repeatable: call.repeatable ?? !isChange,
      maxAnswerBytes: call.maxAnswerBytes ?? MAX_ANSWER_BYTES,
      signal: call.options?.signal,
      onUpload: onUpload(call.options?.onProgress, sizeBytes ?? body?.lengthBytes ?? 0),
      ...(body === undefined ? {} : { body }),
      ...(application === undefined ? {} : { applicationId: application.id }),
      ...(call.idempotencyKey === undefined ? {} : { idempotencyKey: call.idempotencyKey }),
      ...(call.onAbandoned === undefined ? {} : { onAbandoned: call.onAbandoned }),
    });
    const { status, headers } = answer;
    if (status === 200 || status === 201) {
      if (isWebPage(answer)) throw badResponse('web-page', false);
      return answer;
    }
    // Nothing to say is a good answer to what needs none.
    if (status === 204 && (name === 'revoke' || name === 'delete-asset')) return answer;
    const retryAfter = headers['retry-after'];
    throw new LinkifyError(
      statusFault(status, {
        call: name,
        changes: isChange,
        sizeBytes,
        collectionName: call.collectionName,
        webPage: isWebPage(answer),
        retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
        nowMs: now(),
        baseUrl,
      }),
    );
  };

  const connect = async (): Promise<Application> => {
    const answer = await send({
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
      responseMs: patience.quickMs,
      options: undefined,
    });
    const raw = jsonOf(answer, reads());
    const { application, 'x-linkify': identity } = shaped(contextSchema, raw, reads());
    return {
      id: application.id,
      raw: recordOf(recordOf(raw).application),
      isOurServer: identity !== undefined,
    };
  };

  const application = (signal: AbortSignal | undefined): Promise<Application> => {
    if (connecting === undefined) {
      const started = connect();
      connecting = started;
      started.catch(() => {
        if (connecting === started) connecting = undefined;
      });
    }
    return orCancelled(connecting, signal);
  };

  const asApplication = async <T>(
    callOptions: CallOptions | undefined,
    run: (application: Application) => Promise<T>,
  ): Promise<T> => {
    const signal = callOptions?.signal;
    const first = application(signal);
    const used = connecting;
    const known = await first;
    try {
      return await run(known);
    } catch (error) {
      if (!(error instanceof LinkifyError)) throw error;
      if (asksToConnectAgain(error.fault)) {
        // Someone else may have connected anew meanwhile: then theirs is the newer one.
        if (connecting === used) connecting = undefined;
        return run(await application(signal));
      }
      throw error;
    }
  };

  const asUser = async <T>(
    callOptions: CallOptions | undefined,
    run: (application: Application) => Promise<T>,
  ): Promise<T> => {
    try {
      return await asApplication(callOptions, run);
    } catch (error) {
      if (error instanceof LinkifyError && error.fault.kind === 'sign-in-required') {
        throw new LinkifyError(await signInOrCloud(callOptions), { cause: error });
      }
      throw error;
    }
  };

  const signInOrCloud = async (callOptions: CallOptions | undefined): Promise<LinkifyFault> => {
    try {
      const found = await user(withoutProgress(callOptions));
      return found === null
        ? { kind: 'sign-in-required' }
        : { kind: 'cloud-not-connected', cloud: found.cloud };
    } catch (error) {
      if (error instanceof LinkifyError && tellsMoreThan511(error.fault)) return error.fault;
      return { kind: 'sign-in-required' };
    }
  };

  const readUser = async (
    callOptions: CallOptions | undefined,
    app?: Application,
  ): Promise<SignedInUser | null> => {
    const answer = await send({
      name: 'user',
      method: 'GET',
      path: 'user',
      ...(app === undefined ? {} : { application: app }),
      responseMs: patience.quickMs,
      options: callOptions,
    });
    const raw = jsonOf(answer, reads());
    const found = shaped(userSchema, raw, reads()).user;
    if (found === null || found === undefined) return null;
    return {
      id: found.id,
      cloud: cloudStateOf(found.allocation),
      raw: recordOf(recordOf(raw).user),
      ...(found.name === undefined ? {} : { name: found.name }),
    };
  };

  const user = (callOptions?: CallOptions): Promise<SignedInUser | null> =>
    asApplication(callOptions, (app) => readUser(callOptions, app));

  const hello = async (callOptions?: CallOptions): Promise<SignedInUser | null> => {
    const [connected, found] = await Promise.allSettled([
      application(callOptions?.signal),
      readUser(callOptions),
    ]);
    if (connected.status === 'rejected') throw connected.reason;
    return found.status === 'fulfilled' ? found.value : user(callOptions);
  };

  return {
    patience,
    reads,
    changes,
    send,
    application,
    asApplication,
    asUser,
    user,
    hello,
    close() {
      opened?.http.close();
    },
  };
}

const PLATFORMS: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  win32: 'WINDOWS',
  darwin: 'MACOS',
  linux: 'LINUX',
};

function asksToConnectAgain(fault: LinkifyFault): boolean {
  return fault.kind === 'unauthorized' || (fault.kind === 'rejected' && fault.status === 400);
}

/** Faults of `GET /user` that explain a 511 better than "sign in" does. */
function tellsMoreThan511({ kind }: LinkifyFault): boolean {
  return kind === 'cancelled' || kind === 'unauthorized' || kind === 'bad-response';
}

/** Settles as the promise does, or rejects with `cancelled` when the caller goes away first. */
function orCancelled<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(new LinkifyError({ kind: 'cancelled' }));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
