import { randomBytes } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { limitConcurrency } from './http/concurrency-limit.ts';
import { PAGES_LIMITS } from './http/listener-limits.ts';
import { hostNameOf, onOwnHosts, originOf } from './http/own-hosts.ts';
import { createProxies, type Proxies } from './http/proxies.ts';
import { basePathOf, normalPublicUrl } from './http/public-url.ts';
import { isFromThisComputer } from './http/this-computer.ts';
import { errorName, type Log } from './log.ts';
import { isTailnetAddress } from './network/address.ts';
import { type ReachCheck, ReachProbe } from './network/check-reach.ts';
import { PagesListener, type PagesListenerOptions } from './network/pages-listener.ts';
import type { ObserveRequests } from './observe-requests.ts';
import type { Storage } from './open-storage.ts';
import type { ServerOptions } from './options.ts';
import { createFormKeys, type FormKeys } from './pages/access/form-keys.ts';
import { Grants } from './pages/access/grants.ts';
import { createMemoryCounters, createSharedCounters } from './pages/access/password-counters.ts';
import { createPages, type Pages } from './pages/handle.ts';
import type { Passwords } from './password.ts';
import { GrantUses } from './store/grant-uses.ts';
import type { StoreSettings } from './store/store-settings.ts';

interface PagesDeps {
  readonly storage: Storage;
  readonly passwords: Passwords;
  readonly observe: ObserveRequests;
  readonly isReady: () => boolean;
  readonly log: Log;
}

/** Creates the share pages and their listener, which opens when the first link needs it. */
export async function servePages(options: ServerOptions, deps: PagesDeps): Promise<ServedPages> {
  const { database, settings, now } = deps.storage;
  const newKey = (): string => randomBytes(32).toString('base64url');
  const key = await settings.getOrCreate('grant-key', newKey);
  const grants = new Grants({ saved: new GrantUses(database), key, now });
  const formKeys = createFormKeys(await settings.getOrCreate('form-key', newKey));
  return new ServedPages(options, deps, grants, formKeys);
}

/** The share pages, their listener, and the check whether others reach them. */
class ServedPages {
  readonly listener: PagesListener;
  readonly #deps: PagesDeps;
  readonly #grants: Grants;
  readonly #formKeys: FormKeys;
  readonly #pages: Pages;
  readonly #probe: ReachProbe;
  /** Without a trailing slash; absent when visitors connect without a reverse proxy. */
  readonly #publicBaseUrl: string | undefined;
  /** Whether no other process serves the same shares. */
  readonly #isAlone: boolean;
  #reach: ServerOptions['reach'];
  #hostNames: readonly string[];

  constructor(options: ServerOptions, deps: PagesDeps, grants: Grants, formKeys: FormKeys) {
    const { observe, log } = deps;
    this.#deps = deps;
    this.#grants = grants;
    this.#formKeys = formKeys;
    this.#isAlone = options.database === undefined;
    this.#reach = options.reach;
    this.#hostNames = validNames(options.hostNames ?? []);
    this.#publicBaseUrl =
      options.publicBaseUrl === undefined ? undefined : normalPublicUrl(options.publicBaseUrl);
    const behindProxy =
      this.#publicBaseUrl === undefined ? {} : { publicBaseUrl: this.#publicBaseUrl };
    const proxies = this.#createProxies(options.trustedProxies ?? []);
    this.#pages = this.#createPages(proxies);
    const limits = { ...PAGES_LIMITS, ...options.limits?.pages };
    const handle = limitConcurrency(this.#pages.handle, proxies, limits.connectionsPerAddress);
    this.#probe = new ReachProbe({
      handle: observe('pages', this.#onOwnHosts(handle)),
      now: Date.now,
    });
    const { settings } = deps.storage;
    this.listener = new PagesListener({
      port: options.pagesPort,
      reach: options.reach,
      chosen: options.networkInterface,
      ...behindProxy,
      limits,
      proxies,
      handle: this.#probe.handle,
      ...(this.#isAlone ? savedPortsIn(settings) : NO_SAVED_PORTS),
      onPort: (news) => options.onPort?.(news),
      log,
    });
  }

  async setReach(reach: ServerOptions['reach']): Promise<void> {
    this.#reach = reach;
    await this.listener.setReach(reach);
  }

  setHostNames(names: readonly string[]): void {
    this.#hostNames = validNames(names);
  }

  checkReach(): Promise<ReachCheck> {
    return checkReach(this.listener, this.#probe);
  }

  /**
   * Opens the listener if links were created in an earlier run, even when none is left; or by
   * another process.
   */
  async resume(): Promise<void> {
    const { storage, log } = this.#deps;
    if (this.#isAlone && (await storage.settings.get('pages-port')) === undefined) return;
    await this.listener
      .ensure()
      .catch((error: unknown) =>
        log({ level: 'error', event: 'pages-not-open', cause: errorName(error) }),
      );
  }

  /** Ends the thread that renders. Call it after the listener was closed. */
  closeRenderer(): Promise<void> {
    return this.#pages.close();
  }

  /** Pages that are asked for again are read and rendered again. */
  clearCaches(): void {
    this.#pages.clearCaches();
  }

  async flush(): Promise<void> {
    await this.#grants.flush().catch(() => undefined);
  }

  #createProxies(trusted: readonly string[]): Proxies {
    const publicBaseUrl = this.#publicBaseUrl;
    if (publicBaseUrl === undefined) return createProxies({ trusted });
    if (trusted.length === 0) {
      // All visitors seem to come from the proxy, and share one visitor's limits.
      this.#deps.log({ level: 'warn', event: 'no-trusted-proxy' });
    }
    return createProxies({ publicBaseUrl, trusted });
  }

  #createPages(proxies: Proxies): Pages {
    const { storage, passwords, isReady, log } = this.#deps;
    const { database, store, views, clock, now } = storage;
    const publicBaseUrl = this.#publicBaseUrl;
    const pages = createPages({
      store,
      views,
      passwords,
      grants: this.#grants,
      formKeys: this.#formKeys,
      passwordCounters: this.#isAlone ? createMemoryCounters() : createSharedCounters(database),
      isReady,
      now,
      stableNow: clock.now,
      ...(publicBaseUrl === undefined ? {} : { basePath: basePathOf(publicBaseUrl) }),
      originOf: (request) =>
        publicBaseUrl === undefined ? originOf(request) : new URL(publicBaseUrl).origin,
      visitorOf: proxies.visitorOf,
      isOwnComputer: (request) => publicBaseUrl === undefined && isFromThisComputer(request),
      onFault: (cause, requestId) =>
        log({ level: 'error', event: 'page-failed', requestId, cause: errorName(cause) }),
    });
    store.events.on('changed', pages.remove);
    store.events.on('missed', pages.clearCaches);
    return pages;
  }

  #onOwnHosts(handle: RequestListener): RequestListener {
    const publicBaseUrl = this.#publicBaseUrl;
    return onOwnHosts(handle, {
      publicBaseUrl,
      // Behind a proxy, pages are public even on loopback.
      isThisComputerOnly: () => this.#reach === 'loopback' && publicBaseUrl === undefined,
      hostNames: () => this.#hostNames,
      isTailnet: isTailnetAddress,
    });
  }
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

/** Which ports links carry, for the next start. */
function savedPortsIn(
  settings: StoreSettings,
): Pick<PagesListenerOptions, 'savedPorts' | 'savePorts'> {
  return {
    savedPorts: async () => parsePorts(await settings.get('pages-port')),
    savePorts: (ports) => settings.set('pages-port', ports.join(' ')),
  };
}

/** Other processes have ports of their own: links carry the public URL. */
const NO_SAVED_PORTS: ReturnType<typeof savedPortsIn> = {
  savedPorts: async () => [],
  savePorts: async () => {},
};

/** The ports of earlier runs: numbers separated by spaces. */
function parsePorts(saved = ''): readonly number[] {
  return saved
    .split(' ')
    .map(Number)
    .filter((port) => port > 0);
}
