import { randomBytes, randomUUID } from 'node:crypto';
import { createGuard } from './api/guard.ts';
import { createApi } from './api/handle.ts';
import { createIdempotency } from './api/idempotency.ts';
import { createMetrics } from './api/metrics.ts';
import { type Counts, countAnswers } from './counts.ts';
import { type Listener, listen } from './http/listen.ts';
import { API_LIMITS } from './http/listener-limits.ts';
import { errorName, type Log } from './log.ts';
import type { PagesListener } from './network/pages-listener.ts';
import type { Storage } from './open-storage.ts';
import type { ServiceOptions } from './options.ts';
import type { Passwords } from './password.ts';

/** The longest streamed upload, in bytes. */
const MAX_CONTENT_BYTES = 2 * 1024 ** 3;

/** The default lifetime of a share: 7 days, in ms. */
const DEFAULT_LIFE_MS = 7 * 24 * 60 * 60 * 1_000;

/** Opens the API on 127.0.0.1. @throws the system's error for a port that is taken */
export async function serveApi(
  options: ServiceOptions,
  {
    storage,
    pages,
    passwords,
    counts,
    token,
    quotaBytes,
    log,
  }: {
    readonly storage: Storage;
    readonly pages: PagesListener;
    readonly passwords: Passwords;
    readonly counts: Counts;
    readonly token: string;
    readonly quotaBytes: () => number;
    readonly log: Log;
  },
): Promise<Listener> {
  const { settings, store, views } = storage;
  const handle = createApi({
    store,
    guard: createGuard(token),
    token,
    installation: await settings.getOrCreate('installation', randomUUID),
    views,
    terms: {
      passwords,
      defaultLifeMs: options.defaultLifeMs === undefined ? DEFAULT_LIFE_MS : options.defaultLifeMs,
      now: Date.now,
    },
    quotaBytes,
    metrics: createMetrics({ counts, store, quotaBytes }),
    createOnce: createIdempotency({
      store,
      secret: await settings.getOrCreate('request-key', () =>
        randomBytes(32).toString('base64url'),
      ),
      now: Date.now,
    }),
    maxContentBytes: options.maxContentBytes ?? MAX_CONTENT_BYTES,
    async linkTo(share) {
      await pages.ensure();
      return `${pages.baseUrl()}/s/${share.id}`;
    },
    onFault: (status, cause) =>
      log({ level: 'error', event: 'request-failed', status, cause: errorName(cause) }),
  });
  return await listen({
    host: '127.0.0.1',
    port: options.apiPort,
    limits: { ...API_LIMITS, ...options.limits?.api },
    handle: countAnswers(counts, 'api', handle),
  });
}
