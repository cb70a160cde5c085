import { randomBytes, randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { createGuard } from './api/guard.ts';
import { createApi } from './api/handle.ts';
import { createIdempotency } from './api/idempotency.ts';
import { createMetrics } from './api/metrics.ts';
import { createCounts } from './counts.ts';
import { keepToken, prepareDataDir } from './data-dir.ts';
import { limitAtOnce } from './http/concurrency-limit.ts';
import { listen } from './http/listen.ts';
import { API_LIMITS, PAGES_LIMITS } from './http/listener-limits.ts';
import { hostNameOf, onOwnHosts, originOf } from './http/own-hosts.ts';
import { createProxies } from './http/proxies.ts';
import { basePathOf, normalPublicUrl } from './http/public-url.ts';
import { isTailnetAddress } from './network/address.ts';
import { createReachProbe } from './network/check-reach.ts';
import { createPagesListener } from './network/pages-listener.ts';
import type { RunningService, ServiceOptions } from './options.ts';
import { createGrants } from './pages/grants.ts';
import { createPages } from './pages/handle.ts';
import { createPasswords } from './password.ts';
import { createBlobKeeper } from './store/blob-keeper.ts';
import { Catalog } from './store/catalog.ts';
import { openDiskBlobs } from './store/disk-blobs.ts';
import { createDiskRoom } from './store/disk-room.ts';
import { GrantUses } from './store/grant-uses.ts';
import { openStore } from './store/open-store.ts';
import { openSettledClock } from './store/settled-clock.ts';
import { ShareStore } from './store/share-store.ts';
import { StoreSettings } from './store/store-settings.ts';
import { type Sweeper, sweepWhenDue } from './store/sweep-when-due.ts';
import { createViewCounts } from './store/views.ts';

/** What all shares together may take, in bytes. */
const DEFAULT_QUOTA_BYTES = 2 * 1000 ** 3;

/** The longest streamed upload, in bytes. */
const MAX_CONTENT_BYTES = 2 * 1024 ** 3;

/** How long a share lives unless its maker says otherwise: 7 days, in ms. */
const DEFAULT_LIFE_MS = 7 * 24 * 60 * 60 * 1_000;

/** A closed share can be opened again for so long, in ms. */
const DEFAULT_UNDO_MS = 10_000;

/** Answers under way get this long when the service closes, in ms. */
const GRACE_MS = 2_000;

/**
 * Starts the service: the API on 127.0.0.1 at once, the pages when the first link needs them,
 * or at once when there are live links. Two listeners, so that no request from the network
 * can reach a route that changes anything.
 * @throws StartRefused for a data folder or token that is not safe; the system's error for a port that is taken
 */
export async function startService(options: ServiceOptions): Promise<RunningService> {
  const { dataDir, log = () => {} } = options;
  await prepareDataDir(dataDir);
  const token = options.token ?? (await keepToken(dataDir));
  const database = await openStore(dataDir, (folder) => {
    log({ level: 'error', event: 'store-set-aside', folder });
    options.onStoreSetAside?.(folder);
  });
  const settings = new StoreSettings(database);
  const room = createDiskRoom(dataDir);
  const blobs = createBlobKeeper(await openDiskBlobs(dataDir, room), new Catalog(database));
  // Beside everything else: with many shares it takes a while, and nobody waits for it.
  const orphansSwept = blobs.sweep().then(
    (count) => log({ level: 'info', event: 'orphans-removed', count }),
    (cause: unknown) => log({ level: 'error', event: 'sweep-failed', cause: nameOf(cause) }),
  );
  let quota = options.quotaBytes ?? DEFAULT_QUOTA_BYTES;
  const quotaBytes = (): number => quota;
  const counts = createCounts();
  const counting =
    (listener: 'api' | 'pages', handle: RequestListener): RequestListener =>
    (request, response) => {
      response.once('finish', () => counts.answered(listener, response.statusCode));
      handle(request, response);
    };
  const { onOpened, onEnded } = options;
  const views = createViewCounts({
    database,
    now: Date.now,
    ...(onOpened === undefined
      ? {}
      : {
          onView: (shareId, { count, lastAtMs = Date.now() }) =>
            onOpened({ shareId, count, lastAtMs }),
        }),
  });
  const passwords = createPasswords();
  let forgetPages = (): void => {};
  let sweeper: Sweeper | undefined;
  const clock = await openSettledClock({
    settings,
    now: Date.now,
    elapsed: () => performance.now(),
  });
  const store = await ShareStore.open({
    database,
    blobs,
    room,
    quotaBytes,
    now: Date.now,
    settledNow: clock.now,
    undoMs: options.undoMs ?? DEFAULT_UNDO_MS,
    onChange: () => forgetPages(),
    onEnd: (endsAtMs) => sweeper?.expect(endsAtMs),
    ...(onEnded === undefined
      ? {}
      : { onEnded: (shareId, how, atMs) => onEnded({ shareId, how, atMs }) }),
  });
  await store.sweep();
  const installation = await settings.getOrCreate('installation', randomUUID);

  const publicBaseUrl =
    options.publicBaseUrl === undefined ? undefined : normalPublicUrl(options.publicBaseUrl);
  const proxies = createProxies({
    ...(publicBaseUrl === undefined ? {} : { publicBaseUrl }),
    trusted: options.trustedProxies ?? [],
  });
  const grants = createGrants({
    saved: new GrantUses(database),
    key: await settings.getOrCreate('grant-key', () => randomBytes(32).toString('base64url')),
    now: Date.now,
  });
  if (publicBaseUrl !== undefined && (options.trustedProxies ?? []).length === 0) {
    // All visitors seem to come from the proxy, and share one visitor's limits.
    log({ level: 'warn', event: 'no-trusted-proxy' });
  }
  const {
    handle: handlePage,
    forget,
    close: closePages,
  } = createPages({
    store,
    views,
    passwords,
    grants,
    now: Date.now,
    settledNow: clock.now,
    ...(publicBaseUrl === undefined ? {} : { basePath: basePathOf(publicBaseUrl) }),
    originOf: (request) =>
      publicBaseUrl === undefined ? originOf(request) : new URL(publicBaseUrl).origin,
    visitorOf: proxies.visitorOf,
    onFault: (cause) => log({ level: 'error', event: 'page-failed', cause: nameOf(cause) }),
  });
  forgetPages = forget;
  let { reach } = options;
  let hostNames = namesOf(options.hostNames ?? []);
  const pagesLimits = { ...PAGES_LIMITS, ...options.limits?.pages };
  const probe = createReachProbe({
    handle: counting(
      'pages',
      onOwnHosts(limitAtOnce(handlePage, proxies, pagesLimits.connectionsPerAddress), {
        publicBaseUrl,
        // Behind a proxy it is for more than this computer.
        isThisComputerOnly: () => reach === 'loopback' && publicBaseUrl === undefined,
        hostNames: () => hostNames,
        isTailnet: (address) => isTailnetAddress(address),
      }),
    ),
    now: Date.now,
  });
  const pages = createPagesListener({
    port: options.pagesPort,
    reach: options.reach,
    chosen: options.networkInterface,
    localName: options.localName,
    onMoved: () => options.onMoved?.(),
    ...(publicBaseUrl === undefined ? {} : { publicBaseUrl }),
    limits: pagesLimits,
    proxies,
    handle: probe.handle,
    keptPorts: async () => portsOf(await settings.get('pages-port')),
    keepPorts: (ports) => settings.set('pages-port', ports.join(' ')),
    onPort: (news) => options.onPort?.(news),
    log,
  });

  // The guard needs the port, which a free one gets only when it is open.
  let handleApi: ReturnType<typeof createApi> | undefined;
  const api = await listen({
    host: '127.0.0.1',
    port: options.apiPort,
    limits: { ...API_LIMITS, ...options.limits?.api },
    handle: counting('api', (request, response) => handleApi?.(request, response)),
  }).catch(async (error: unknown) => {
    await database.close();
    throw error;
  });
  handleApi = createApi({
    store,
    guard: createGuard(api.port, token),
    token,
    installation,
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
      log({ level: 'error', event: 'request-failed', status, cause: nameOf(cause) }),
  });
  // Also when no share is left: a link that was handed out says that it is gone.
  if ((await settings.get('pages-port')) !== undefined) {
    await pages
      .ensure()
      .catch((error: unknown) =>
        log({ level: 'error', event: 'pages-not-open', cause: nameOf(error) }),
      );
  }
  log({ level: 'info', event: 'api-open', port: api.port });
  sweeper = sweepWhenDue(store, clock, (cause) =>
    log({ level: 'error', event: 'sweep-failed', cause: nameOf(cause) }),
  );

  const endClosed = (): Promise<void> =>
    store
      .endClosed()
      .catch((cause: unknown) =>
        log({ level: 'error', event: 'closed-not-ended', cause: nameOf(cause) }),
      );

  return {
    apiBaseUrl: `http://127.0.0.1:${api.port}`,
    token,
    pagesBaseUrl: pages.baseUrl,
    freshBaseUrl: pages.freshBaseUrl,
    async setReach(wanted) {
      reach = wanted;
      await pages.setReach(wanted);
    },
    pagesAddressUrl: pages.addressUrl,
    chooseInterface: pages.choose,
    setLocalName: pages.setLocalName,
    setHostNames(names) {
      hostNames = namesOf(names);
    },
    addresses: pages.addresses,
    usage: () => ({ usedBytes: store.usedBytes(), quotaBytes: quota }),
    setQuota(bytes) {
      quota = bytes;
    },
    async checkReach() {
      await pages.ensure();
      // By the address, for a name may mean nothing to this computer itself.
      const wayIn = async (): Promise<string> => {
        await pages.freshBaseUrl();
        return publicBaseUrl ?? pages.addressUrl();
      };
      const base = await wayIn();
      const found = await probe.check(base);
      if (found.kind === 'ok') return found;
      // The network may have changed while we looked.
      const now = await wayIn();
      return now === base ? found : await probe.check(now);
    },
    async close() {
      sweeper?.stop();
      // Whoever could have taken it back is leaving: revoked is revoked. At once, for a system that
      // shuts down waits for nobody; and again for what was closed by the last call.
      await Promise.allSettled([api.close(GRACE_MS), pages.close(GRACE_MS), endClosed()]);
      await orphansSwept;
      await closePages();
      await endClosed();
      await views.flush().catch(() => undefined);
      await grants.flush().catch(() => undefined);
      await blobs.close();
      await database.close();
    },
  };
}

/** Names as a `Host` has them, without what is none. */
function namesOf(hostNames: readonly string[]): readonly string[] {
  return hostNames.flatMap((name) => hostNameOf(name) ?? []);
}

/** The ports of earlier runs as they are kept: numbers with spaces between them. */
function portsOf(kept: string | undefined): readonly number[] {
  return (kept ?? '')
    .split(' ')
    .map(Number)
    .filter((port) => port > 0);
}

/** An error's name and code, never its message: that may quote content. */
function nameOf(cause: unknown): string {
  if (!(cause instanceof Error)) return typeof cause;
  return 'code' in cause ? `${cause.name} ${String(cause.code)}` : cause.name;
}
