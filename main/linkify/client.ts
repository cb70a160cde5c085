import { parseAddress } from './address.ts';
import {
  type AnswerContext,
  allShares,
  badResponse,
  firstShare,
  isWebPage,
  jsonOf,
  recordOf,
  shaped,
  toShare,
} from './answer.ts';
import { LinkifyError, type LinkifyFault } from './errors.ts';
import { createHttp, type Http, type HttpAnswer } from './http.ts';
import {
  bodyOf,
  bodyOfValue,
  type JsonBody,
  type JsonParts,
  type StreamBody,
} from './json-body.ts';
import type {
  Asset,
  CallOptions,
  LinkifyService,
  Share,
  ShareItem,
  SignedInUser,
  UpdateState,
} from './model.ts';
import { createOwnCalls } from './own-calls.ts';
import {
  connectCloud,
  RECOVERY_PACE,
  type RecoveryCalls,
  type RecoveryPace,
  signIn,
} from './recovery.ts';
import { type Application, MAX_BODY_BYTES, seedOf, tooLarge } from './seed.ts';
import { type CallName, statusFault } from './status-fault.ts';
import { whenUploaded } from './when-uploaded.ts';
import {
  allocationSchema,
  assetSchema,
  cloudStateOf,
  contextSchema,
  HEALTH,
  isUsableId,
  shareSchema,
  updateStatusSchema,
  userSchema,
  versionIn,
} from './wire.ts';

/** How long an answer may take, in ms. */
export interface Patience {
  /** Calls that only look something up. */
  readonly quickMs: number;
  /** Creating an asset: the service stores it, and indexes it. */
  readonly createMs: number;
  /** Calls that go through the person's cloud: 10 s is normal. */
  readonly cloudMs: number;
  /** A person who signs in, in a browser. */
  readonly personMs: number;
  /** A service that uploads what a collection is made of, before it can link it. */
  readonly uploadMs: number;
  /** From an answer's first byte to its last. */
  readonly readMs: number;
}

const PATIENCE: Patience = {
  quickMs: 10_000,
  createMs: 60_000,
  cloudMs: 120_000,
  personMs: 10 * 60_000,
  uploadMs: 10 * 60_000,
  readMs: 20_000,
};

const MAX_ANSWER_BYTES = 2_000_000;
const MAX_LIST_BYTES = 16_000_000;
/** A file up to this size goes out in one request, as JSON. */
const STREAMED_FROM_BYTES = 16 * 1024;

export interface ClientOptions {
  /** Such as `http://127.0.0.1:39300`. */
  readonly baseUrl: string;
  /** Bearer token of a service that asks for one; sent to this address only. */
  readonly token?: string;
  /** Ours, as `0.0.0`. */
  readonly appVersion: string;
  readonly platform: NodeJS.Platform;
  /** Our own service, which takes files as they are (docs/service-api.md). */
  readonly builtIn?: boolean;
  readonly patience?: Partial<Patience>;
  readonly recoveryPace?: Partial<RecoveryPace>;
  /** See `repeatOnce`, in ms. */
  readonly repeatAfterErrorMs?: number;
  /** Wall clock, in ms since 1970, for dates in `Retry-After`. */
  readonly now?: () => number;
}

interface Call {
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
}

/**
 * A client of one service. Nothing is sent before the first call; an address that may not be
 * used makes each call reject with `unusable-address`.
 */
export function createLinkifyClient(options: ClientOptions): LinkifyService {
  const { baseUrl, token, appVersion, platform, repeatAfterErrorMs, now = Date.now } = options;
  const patience = { ...PATIENCE, ...options.patience };
  const pace = { ...RECOVERY_PACE, ...options.recoveryPace };
  let opened: { readonly http: Http; readonly hostname: string } | undefined;
  let connecting: Promise<Application> | undefined;

  const service = () => {
    if (opened === undefined) {
      const address = parseAddress(baseUrl);
      const userAgent = `linkify-tray/${appVersion}`;
      const http = createHttp({ address, baseUrl, token, userAgent, repeatAfterErrorMs });
      opened = { http, hostname: address.hostname };
    }
    return opened;
  };

  const reads = (): AnswerContext => ({ changes: false, serviceHost: service().hostname });
  const changes = (): AnswerContext => ({ changes: true, serviceHost: service().hostname });

  /** Sends one request and answers only when its status is success. */
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
    const { application } = shaped(contextSchema, raw, reads());
    return { id: application.id, raw: recordOf(recordOf(raw).application) };
  };

  /** The application that the service gave us; asked for once, whoever needs it first. */
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

  /** Runs a call as an application; after 400 or 401 connects again once and retries. */
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

  /** As `asApplication`; and where the answer was 511, finds out what it was about. */
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

  const makeLink = (
    call: Pick<Call, 'name' | 'path' | 'body' | 'options' | 'collectionName'> & {
      readonly application: Application;
      readonly sizeBytes?: number;
    },
  ): Promise<Share> =>
    send({
      method: 'POST',
      responseMs: patience.cloudMs,
      ...call,
      onAbandoned: (answer) => void takeBackLink(answer),
    }).then((answer) => firstShare(jsonOf(answer, changes()), changes()));

  /** A link that came after the person cancelled is made dead at once. */
  const takeBackLink = async (answer: HttpAnswer): Promise<void> => {
    try {
      await client.revoke(firstShare(jsonOf(answer, changes()), changes()).id);
    } catch {
      // Nobody waits any more; the link stays in the service's own list.
    }
  };

  const recovery: RecoveryCalls = {
    baseUrl,
    user,

    startSignIn: (callOptions) =>
      asApplication(callOptions, async (app) => {
        await send({
          name: 'sign-in',
          method: 'POST',
          path: 'os/sign_in',
          application: app,
          responseMs: patience.personMs,
          options: callOptions,
        });
      }),

    startCloud: (signedIn, callOptions) =>
      asApplication(callOptions, async (app) => {
        const answer = await send({
          name: 'connect-cloud',
          method: 'POST',
          path: 'allocations/connect',
          body: bodyOfValue(signedIn.raw),
          application: app,
          responseMs: patience.cloudMs,
          options: callOptions,
        });
        return cloudStateOf(shaped(allocationSchema, jsonOf(answer, changes()), changes()));
      }),
  };

  /** Our own service takes a file as it is: no number a byte, and nothing held in memory. */
  const streams = (item: ShareItem): item is ShareItem & { readonly kind: 'file' } =>
    options.builtIn === true && item.kind === 'file' && item.sizeBytes > STREAMED_FROM_BYTES;

  /** A member of our own, for our own service alone. */
  const wishes = (callOptions: CallOptions | undefined): object =>
    options.builtIn === true && callOptions?.wishes !== undefined
      ? { 'x-linkify': callOptions.wishes }
      : {};

  const linkifyStreamed = async (
    item: ShareItem,
    callOptions: CallOptions | undefined,
  ): Promise<Share> => {
    const asset = await client.createAsset(item, callOptions);
    try {
      return await client.linkifyAsset(asset, withoutProgress(callOptions));
    } catch (error) {
      await client.deleteAsset(asset.id).catch(() => undefined);
      throw error;
    }
  };

  const own = createOwnCalls({
    reads,
    changes,
    call: (name, path, body, callOptions) =>
      asApplication(callOptions, (app) =>
        send({
          name,
          method: body === undefined ? 'GET' : 'POST',
          path,
          ...(body === undefined ? {} : { body: bodyOfValue(body) }),
          application: app,
          repeatable: true,
          responseMs: patience.quickMs,
          options: callOptions,
        }),
      ),
  });

  const client: LinkifyService = {
    baseUrl,
    ...(options.builtIn === true ? { own } : {}),

    async check(callOptions) {
      const get = async (path: string): Promise<string> => {
        const answer = await send({
          name: 'check',
          method: 'GET',
          path: `.well-known/${path}`,
          responseMs: patience.quickMs,
          options: callOptions,
        });
        return answer.body.toString('utf8');
      };
      const [health, found] = await Promise.all([get('health'), get('version')]);
      const version = versionIn(found);
      if (!HEALTH.test(health) || version === undefined) throw badResponse('not-linkify', false);
      return { version };
    },

    async connect(callOptions) {
      await application(callOptions?.signal);
    },

    user,

    hello,

    createAsset: (item, callOptions) =>
      asUser(callOptions, async (app) => {
        const answer = await send({
          name: 'create-asset',
          method: 'POST',
          ...(streams(item)
            ? {
                path: `x-linkify/assets?name=${encodeURIComponent(item.name)}`,
                body: { lengthBytes: item.sizeBytes, stream: () => readWhole(item) },
              }
            : {
                path: 'assets/create?transferables=false',
                body: bodyOf(await seedOf(item, app, callOptions?.signal)),
              }),
          application: app,
          responseMs: patience.createMs,
          options: callOptions,
          sizeBytes: sizeOf(item),
          onAbandoned: (late) => {
            const id = lateAssetId(late);
            if (id !== undefined) client.deleteAsset(id).catch(() => undefined);
          },
        });
        return toAsset(jsonOf(answer, changes()), changes());
      }),

    deleteAsset: (assetId, callOptions) =>
      asApplication(callOptions, async (app) => {
        await unlessGone(
          send({
            name: 'delete-asset',
            method: 'POST',
            path: `assets/${segment(assetId)}/delete`,
            application: app,
            repeatable: true,
            responseMs: patience.quickMs,
            options: callOptions,
          }),
        );
      }),

    linkify: (item, callOptions) =>
      streams(item)
        ? linkifyStreamed(item, callOptions)
        : asUser(callOptions, async (app) =>
            makeLink({
              name: 'linkify',
              path: 'linkify',
              body: bodyOf(
                around(await seedOf(item, app, callOptions?.signal), wishes(callOptions)),
              ),
              application: app,
              options: callOptions,
              sizeBytes: sizeOf(item),
            }),
          ),

    linkifyAsset: (asset, callOptions) =>
      asUser(callOptions, (app) =>
        makeLink({
          name: 'linkify-asset',
          path: 'linkify',
          body: bodyOfValue({ access: 'PUBLIC', asset: asset.raw, ...wishes(callOptions) }),
          application: app,
          options: callOptions,
        }),
      ),

    linkifyMultiple: (assetIds, name, callOptions) =>
      asUser(callOptions, (app) =>
        whenUploaded(patience.uploadMs, callOptions?.signal, () =>
          makeLink({
            name: 'linkify-multiple',
            path: 'linkify/multiple',
            body: bodyOfValue({
              access: 'PUBLIC',
              assets: assetIds,
              ...(name === undefined ? {} : { name }),
              ...wishes(callOptions),
            }),
            application: app,
            options: callOptions,
            collectionName: name,
          }),
        ),
      ),

    revoke: (shareId, callOptions) =>
      asUser(callOptions, async (app) => {
        await unlessGone(
          send({
            name: 'revoke',
            method: 'POST',
            path: `linkify/${segment(shareId)}/revoke`,
            application: app,
            repeatable: true,
            responseMs: patience.cloudMs,
            options: callOptions,
          }),
        );
      }),

    shares: (callOptions) =>
      asApplication(callOptions, async (app) => {
        const answer = await send({
          name: 'shares',
          method: 'GET',
          path: 'shares',
          application: app,
          responseMs: patience.quickMs,
          maxAnswerBytes: MAX_LIST_BYTES,
          options: callOptions,
        });
        return allShares(jsonOf(answer, reads()), reads());
      }),

    share: (shareId, callOptions) =>
      asApplication(callOptions, async (app) => {
        const answer = await send({
          name: 'share',
          method: 'GET',
          path: `share/${segment(shareId)}`,
          application: app,
          responseMs: patience.quickMs,
          options: callOptions,
        });
        return toShare(shaped(shareSchema, jsonOf(answer, reads()), reads()), reads());
      }),

    signIn: (callOptions = {}) => signIn(recovery, callOptions, pace),

    connectCloud: (callOptions = {}) => connectCloud(recovery, callOptions, pace),

    linkGitHub: (callOptions) =>
      asApplication(callOptions, async (app) => {
        await send({
          name: 'link-provider',
          method: 'POST',
          path: 'os/link_provider',
          body: bodyOfValue({ type: 'github' }),
          application: app,
          responseMs: patience.personMs,
          options: callOptions,
        });
      }),

    checkForUpdate: (callOptions) =>
      asApplication(callOptions, async (app) => {
        const answer = await send({
          name: 'update-check',
          method: 'POST',
          path: 'os/update/check',
          body: bodyOfValue({}),
          application: app,
          responseMs: patience.quickMs,
          options: callOptions,
        });
        const found = shaped(updateStatusSchema, jsonOf(answer, reads()), reads());
        const status = UPDATE_STATES.get(found.status ?? '') ?? 'unknown';
        return {
          status,
          ...(found.percentage === undefined ? {} : { percentage: found.percentage }),
        };
      }),

    close() {
      opened?.http.close();
    },
  };
  return client;
}

const PLATFORMS: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  win32: 'WINDOWS',
  darwin: 'MACOS',
  linux: 'LINUX',
};

const UPDATE_STATES: ReadonlyMap<string, UpdateState['status']> = new Map([
  ['UP_TO_DATE', 'up-to-date'],
  ['AVAILABLE', 'available'],
  ['DOWNLOADING', 'downloading'],
  ['READY_TO_RESTART', 'ready-to-restart'],
  ['REINSTALL_REQUIRED', 'reinstall-required'],
  ['CONTACT_SUPPORT', 'contact-support'],
]);

function asksToConnectAgain(fault: LinkifyFault): boolean {
  return fault.kind === 'unauthorized' || (fault.kind === 'rejected' && fault.status === 400);
}

/** Faults of `GET /user` that explain a 511 better than "sign in" does. */
function tellsMoreThan511({ kind }: LinkifyFault): boolean {
  return kind === 'cancelled' || kind === 'unauthorized' || kind === 'bad-response';
}

function withoutProgress(options: CallOptions = {}): CallOptions {
  const { onProgress: _told, ...rest } = options;
  return rest;
}

/** What is gone already need not be made so. */
async function unlessGone(answer: Promise<unknown>): Promise<void> {
  try {
    await answer;
  } catch (error) {
    if (!(error instanceof LinkifyError && error.fault.kind === 'not-found')) throw error;
  }
}

/** An id as one segment of a path. */
function segment(id: string): string {
  if (!isUsableId(id)) throw badResponse('wrong-shape', false);
  return encodeURIComponent(id);
}

function around({ head, content, tail }: JsonParts, more: object): JsonParts {
  // `{}` adds nothing, `{"x":1}` adds `,"x":1`.
  const rest = JSON.stringify(more).slice(1, -1);
  return {
    head: `{"access":"PUBLIC","seed":${head}`,
    content,
    tail: `${tail}${rest === '' ? '' : `,${rest}`}}`,
  };
}

function toAsset(raw: unknown, context: AnswerContext): Asset {
  const { id, name } = shaped(assetSchema, raw, context);
  return { id, raw: recordOf(raw), ...(name === undefined ? {} : { name }) };
}

function lateAssetId(answer: HttpAnswer): string | undefined {
  try {
    const context: AnswerContext = { changes: true, serviceHost: '' };
    return shaped(assetSchema, jsonOf(answer, context), context).id;
  } catch {
    return undefined;
  }
}

function sizeOf(item: ShareItem): number {
  return item.kind === 'file' ? item.sizeBytes : Buffer.byteLength(item.text);
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

const PROGRESS_EVERY_MS = 100;

/** Progress in bytes of what is shared: its JSON is up to four times as long, which nobody expects. */
function onUpload(
  tell: CallOptions['onProgress'],
  totalBytes: number,
): ((part: number) => void) | undefined {
  if (tell === undefined) return undefined;
  let lastMs = 0;
  let done = false;
  return (part) => {
    const nowMs = performance.now();
    if (done || (part < 1 && nowMs - lastMs < PROGRESS_EVERY_MS)) return;
    lastMs = nowMs;
    done = part >= 1;
    tell(Math.round(part * totalBytes), totalBytes);
  };
}

/** A file's content; one that vanished or grew since it was looked at is a fault of the file's. */
async function* readWhole(item: ShareItem & { readonly kind: 'file' }): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const part of item.open()) {
      bytes += part.byteLength;
      if (bytes > item.sizeBytes) break;
      yield part;
    }
  } catch (cause) {
    throw new LinkifyError({ kind: 'unreadable-content', name: item.name }, { cause });
  }
  if (bytes !== item.sizeBytes) {
    throw new LinkifyError({ kind: 'unreadable-content', name: item.name });
  }
}
