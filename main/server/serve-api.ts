import { randomBytes } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { Authentication } from './api/authenticate.ts';
import type { ApiDeps } from './api/call.ts';
import { createApi } from './api/handle.ts';
import { createIdempotency } from './api/idempotency.ts';
import { createMetrics } from './api/metrics.ts';
import type { Counts } from './counts.ts';
import { limitConcurrency } from './http/concurrency-limit.ts';
import { isLoopback } from './http/ip-address.ts';
import { type Listener, listen } from './http/listen.ts';
import { API_LIMITS } from './http/listener-limits.ts';
import type { Log } from './log.ts';
import type { PagesListener } from './network/pages-listener.ts';
import type { ObserveRequests } from './observe-requests.ts';
import type { Storage } from './open-storage.ts';
import type { ServerOptions } from './options.ts';
import type { Passwords } from './password.ts';
import { installationIn } from './store/store-settings.ts';

/** The longest streamed upload, in bytes. */
const MAX_CONTENT_BYTES = 2 * 1024 ** 3;

/** The default lifetime of a share: 7 days, in ms. */
const DEFAULT_LIFE_MS = 7 * 24 * 60 * 60 * 1_000;

/** Of one visitor behind a proxy. */
const CONCURRENT_REQUESTS = 32;

/**
 * Opens the API on 127.0.0.1, or for proxies on other computers.
 * @throws the system's error for a port that is taken
 */
export async function serveApi(
  options: ServerOptions,
  {
    storage,
    pages,
    passwords,
    counts,
    observe,
    token,
    quotaBytes,
    isReady,
    log,
  }: {
    readonly storage: Storage;
    readonly pages: PagesListener;
    readonly passwords: Passwords;
    readonly counts: Counts;
    readonly observe: ObserveRequests;
    readonly token: string;
    readonly quotaBytes: () => number;
    readonly isReady: () => boolean;
    readonly log: Log;
  },
): Promise<Listener> {
  const { settings, store, users, views, now } = storage;
  const { publicApi } = options;
  const authentication = new Authentication({ token, users, publicApi });
  const { proxies } = authentication;
  const createOnce = createIdempotency({
    store,
    secret: await settings.getOrCreate('request-key', () => randomBytes(32).toString('base64url')),
    now,
  });
  const deps: ApiDeps = {
    store,
    users,
    views,
    passwords,
    pages,
    createOnce,
    now,
    isReady,
    metrics: createMetrics({ counts, store, quotaBytes }),
    installation: await installationIn(settings),
    defaultLifeMs: options.defaultLifeMs === undefined ? DEFAULT_LIFE_MS : options.defaultLifeMs,
    maxContentBytes: options.maxContentBytes ?? MAX_CONTENT_BYTES,
    quotaBytes,
  };
  const limits = { ...API_LIMITS, ...options.limits?.api };
  const handle = createApi(deps, authentication, token, log);
  return await listen({
    host: addressFor(publicApi?.proxies ?? []),
    port: options.apiPort,
    limits,
    acceptPeer: (address) => isLoopback(address) || proxies.trusts(address),
    hasManyVisitors: (address) => isLoopback(address) || proxies.trusts(address),
    handle: observe('api', limitConcurrency(handle, proxies, CONCURRENT_REQUESTS)),
  });
}

/** Where to listen for these proxies: no further than they are. */
function addressFor(proxies: readonly string[]): string {
  const remote = proxies.map((network) => network.split('/', 1)[0] ?? '').filter(isElsewhere);
  if (remote.length === 0) return '127.0.0.1';
  return remote.some((address) => isIPv6(address)) ? '::' : '0.0.0.0';
}

const isElsewhere = (address: string): boolean => !isLoopback(address);
