import { randomBytes } from 'node:crypto';
import type { ApiDeps } from './api/call.ts';
import { createApi } from './api/handle.ts';
import { createIdempotency } from './api/idempotency.ts';
import { createMetrics } from './api/metrics.ts';
import { countResponses, type ResponseCounts } from './counts.ts';
import { type Listener, listen } from './http/listen.ts';
import { API_LIMITS } from './http/listener-limits.ts';
import type { Log } from './log.ts';
import type { PagesListener } from './network/pages-listener.ts';
import type { Storage } from './open-storage.ts';
import type { ServerOptions } from './options.ts';
import type { Passwords } from './password.ts';
import { installationIn } from './store/store-settings.ts';

/** The longest streamed upload, in bytes. */
const MAX_CONTENT_BYTES = 2 * 1024 ** 3;

/** The default lifetime of a share: 7 days, in ms. */
const DEFAULT_LIFE_MS = 7 * 24 * 60 * 60 * 1_000;

/** Opens the API on 127.0.0.1. @throws the system's error for a port that is taken */
export async function serveApi(
  options: ServerOptions,
  {
    storage,
    pages,
    passwords,
    counts,
    token,
    quotaBytes,
    isReady,
    log,
  }: {
    readonly storage: Storage;
    readonly pages: PagesListener;
    readonly passwords: Passwords;
    readonly counts: ResponseCounts;
    readonly token: string;
    readonly quotaBytes: () => number;
    readonly isReady: () => boolean;
    readonly log: Log;
  },
): Promise<Listener> {
  const { settings, store, views, now } = storage;
  const createOnce = createIdempotency({
    store,
    secret: await settings.getOrCreate('request-key', () => randomBytes(32).toString('base64url')),
    now,
  });
  const deps: ApiDeps = {
    store,
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
  return await listen({
    host: '127.0.0.1',
    port: options.apiPort,
    limits: { ...API_LIMITS, ...options.limits?.api },
    handle: countResponses(counts, 'api', createApi(deps, token, log)),
  });
}
