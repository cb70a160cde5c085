import { randomBytes } from 'node:crypto';
import { type Counts, countAnswers } from './counts.ts';
import { limitAtOnce } from './http/concurrency-limit.ts';
import { PAGES_LIMITS } from './http/listener-limits.ts';
import { hostNameOf, onOwnHosts, originOf } from './http/own-hosts.ts';
import { createProxies } from './http/proxies.ts';
import { basePathOf, normalPublicUrl } from './http/public-url.ts';
import { errorName, type Log } from './log.ts';
import { isTailnetAddress } from './network/address.ts';
import { createReachProbe, type ReachCheck, type ReachProbe } from './network/check-reach.ts';
import { createPagesListener, type PagesListener } from './network/pages-listener.ts';
import type { Storage } from './open-storage.ts';
import type { ServiceOptions } from './options.ts';
import { Grants } from './pages/access/grants.ts';
import { createPages } from './pages/handle.ts';
import type { Passwords } from './password.ts';
import { GrantUses } from './store/grant-uses.ts';

/** Creates the share pages and their listener, which opens when the first link needs it. */
export async function servePages(
  options: ServiceOptions,
  {
    storage,
    passwords,
    counts,
    log,
  }: {
    readonly storage: Storage;
    readonly passwords: Passwords;
    readonly counts: Counts;
    readonly log: Log;
  },
) {
  const { database, settings, store, views, clock } = storage;
  const publicBaseUrl =
    options.publicBaseUrl === undefined ? undefined : normalPublicUrl(options.publicBaseUrl);
  const behindProxy = publicBaseUrl === undefined ? {} : { publicBaseUrl };
  const trusted = options.trustedProxies ?? [];
  if (publicBaseUrl !== undefined && trusted.length === 0) {
    // All visitors seem to come from the proxy, and share one visitor's limits.
    log({ level: 'warn', event: 'no-trusted-proxy' });
  }
  const proxies = createProxies({ ...behindProxy, trusted });
  const grants = new Grants({
    saved: new GrantUses(database),
    key: await settings.getOrCreate('grant-key', () => randomBytes(32).toString('base64url')),
    now: Date.now,
  });
  const pages = createPages({
    store,
    views,
    passwords,
    grants,
    settledNow: clock.now,
    ...(publicBaseUrl === undefined ? {} : { basePath: basePathOf(publicBaseUrl) }),
    originOf: (request) =>
      publicBaseUrl === undefined ? originOf(request) : new URL(publicBaseUrl).origin,
    visitorOf: proxies.visitorOf,
    onFault: (cause) => log({ level: 'error', event: 'page-failed', cause: errorName(cause) }),
  });
  store.events.on('changed', pages.forget);

  let { reach } = options;
  let hostNames = validNames(options.hostNames ?? []);
  const limits = { ...PAGES_LIMITS, ...options.limits?.pages };
  const ownHostsOnly = onOwnHosts(
    limitAtOnce(pages.handle, proxies, limits.connectionsPerAddress),
    {
      publicBaseUrl,
      // Behind a proxy it is for more than this computer.
      isThisComputerOnly: () => reach === 'loopback' && publicBaseUrl === undefined,
      hostNames: () => hostNames,
      isTailnet: isTailnetAddress,
    },
  );
  const probe = createReachProbe({
    handle: countAnswers(counts, 'pages', ownHostsOnly),
    now: Date.now,
  });
  const listener = createPagesListener({
    port: options.pagesPort,
    reach,
    chosen: options.networkInterface,
    ...behindProxy,
    limits,
    proxies,
    handle: probe.handle,
    keptPorts: async () => parsePorts(await settings.get('pages-port')),
    keepPorts: (ports) => settings.set('pages-port', ports.join(' ')),
    onPort: (news) => options.onPort?.(news),
    log,
  });

  return {
    listener,
    async setReach(wanted: ServiceOptions['reach']) {
      reach = wanted;
      await listener.setReach(wanted);
    },
    setHostNames(names: readonly string[]) {
      hostNames = validNames(names);
    },
    checkReach: () => checkReach(listener, probe),
    /** Opens the listener if links were handed out in an earlier run, also when none is left. */
    async resume() {
      if ((await settings.get('pages-port')) === undefined) return;
      await listener
        .ensure()
        .catch((error: unknown) =>
          log({ level: 'error', event: 'pages-not-open', cause: errorName(error) }),
        );
    },
    /** Ends the thread that renders. Call it after the listener was closed. */
    closeRenderer: pages.close,
    flush: () => grants.flush().catch(() => undefined),
  };
}

/** Checks the address that links carry; again if the network changes meanwhile. */
async function checkReach(listener: PagesListener, probe: ReachProbe): Promise<ReachCheck> {
  await listener.ensure();
  const base = await listener.freshBaseUrl();
  const found = await probe.check(base);
  if (found.kind === 'ok') return found;
  const now = await listener.freshBaseUrl();
  return now === base ? found : await probe.check(now);
}

/** The names as they stand in `Host`, without invalid ones. */
function validNames(hostNames: readonly string[]): readonly string[] {
  return hostNames.flatMap((name) => hostNameOf(name) ?? []);
}

/** The ports of earlier runs: numbers separated by spaces. */
function parsePorts(saved = ''): readonly number[] {
  return saved
    .split(' ')
    .map(Number)
    .filter((port) => port > 0);
}
