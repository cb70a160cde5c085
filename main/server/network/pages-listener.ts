import type { RequestListener } from 'node:http';
import { isLoopback } from '../http/ip-address.ts';
import { type Listener, listen } from '../http/listen.ts';
import type { ListenerLimits } from '../http/listener-limits.ts';
import type { Proxies } from '../http/proxies.ts';
import type { Log } from '../log.ts';
import { isNearby, networkAddress, networkAddresses, type OwnAddress } from './address.ts';
import { createRouteAddresses } from './route-addresses.ts';

interface PagesListenerOptions {
  /** 0: the port of the last time, or a free one. */
  readonly port: number;
  readonly reach: 'network' | 'loopback';
  /** The interface whose address links carry; absent: the one that others most likely reach. */
  readonly chosen?: string | undefined;
  readonly publicBaseUrl?: string;
  readonly limits: ListenerLimits;
  readonly proxies: Pick<Proxies, 'trusts'>;
  readonly handle: RequestListener;
  /** The ports that links carry, the usual one first; none before the first link. */
  readonly keptPorts: () => Promise<readonly number[]>;
  readonly keepPorts: (ports: readonly number[]) => Promise<void>;
  /** Told when the usual port belongs to another program, and when it is ours again. */
  readonly onPort: (news: PortNews) => void;
  readonly log: Log;
}

export type PortNews =
  /** Links that were handed out with the usual port do not open while it is so. */
  | { readonly kind: 'taken'; readonly usual: number; readonly instead: number }
  | { readonly kind: 'back'; readonly usual: number };

export interface PagesListener {
  /** Opens it, unless it is open. */
  ensure(): Promise<void>;
  /** What links begin with now. */
  baseUrl(): string;
  /** What links begin with, after asking the system which way leads out by now. */
  freshBaseUrl(): Promise<string>;
  setReach(reach: 'network' | 'loopback'): Promise<void>;
  /** Has links carry the address of this interface from now on; `undefined`: of the likeliest. */
  choose(name: string | undefined): void;
  /** The addresses that links can carry, the likeliest first. */
  addresses(): readonly OwnAddress[];
  close(graceMs: number): Promise<void>;
}

/** The usual port is asked for again after so long, and after twice that each time, in ms. */
const AGAIN_MS = 1_000;
const AGAIN_AT_MOST_MS = 60_000;

/** Links that were handed out at other ports stay open at so many of them. */
const OTHER_PORTS = 3;

interface Opened {
  /** By port; links carry that of `port`. */
  readonly listeners: Map<number, Listener>;
  port: number;
}

/**
 * The listener that others reach: when it opens, at which port, and what its address is.
 *
 * The first port that a link carried is kept for good. Where another program has it, pages are
 * served at a second one, which is kept beside it: the usual port is asked for again until it is
 * free, and from then on both are served, so that no link is lost that was handed out meanwhile.
 */
export function createPagesListener(options: PagesListenerOptions): PagesListener {
  const { log } = options;
  const route = createRouteAddresses();
  let { reach, chosen } = options;
  let opened: Promise<Opened> | undefined;
  let port = 0;
  let again: NodeJS.Timeout | undefined;
  if (reach === 'network') void route.refresh();

  const listenOn = (host: string, wanted: number): Promise<Listener> =>
    listen({
      host,
      port: wanted,
      limits: options.limits,
      acceptPeer: (peer) => isNearby(peer) || options.proxies.trusts(peer),
      bringsMany: (peer) => isLoopback(peer) || options.proxies.trusts(peer),
      handle: options.handle,
    });

  /** For the network by IPv4 and IPv6 at once; by IPv4 alone where the system has no other. */
  async function listenAt(wanted: number): Promise<Listener> {
    if (reach === 'loopback') return await listenOn('127.0.0.1', wanted);
    try {
      return await listenOn('::', wanted);
    } catch (error) {
      if (!hasNoIpv6(error)) throw error;
      return await listenOn('0.0.0.0', wanted);
    }
  }

  /** At the first of these ports that is free, 0 being any. @throws the system's error when none is */
  async function listenAtFirst(ports: readonly number[]): Promise<Listener> {
    let failure: unknown;
    for (const wanted of ports) {
      try {
        return await listenAt(wanted);
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  }

  async function open(): Promise<Opened> {
    const kept = options.port === 0 ? await options.keptPorts() : [options.port];
    const [usual = 0, ...others] = kept;
    const first = await listenAtFirst(
      options.port !== 0 || usual === 0 ? [usual] : [usual, ...others, 0],
    );
    port = first.port;
    const now: Opened = { listeners: new Map([[port, first]]), port };
    if (usual !== 0 && port !== usual) takenBy(now, usual);
    // What was handed out at another port is served there too, where that can be had.
    for (const other of others.filter((one) => one !== port)) {
      const listener = await listenAt(other).catch(() => undefined);
      if (listener !== undefined) now.listeners.set(other, listener);
    }
    const all = unique([usual === 0 ? port : usual, port, ...others]).slice(0, 1 + OTHER_PORTS);
    if (all.join() !== kept.join() || options.port !== 0) {
      try {
        await options.keepPorts(all);
      } catch (error) {
        // A port that is not kept would be another one next time: no link may carry it.
        clearTimeout(again);
        await Promise.all([...now.listeners.values()].map((listener) => listener.close(0)));
        throw error;
      }
    }
    log({ level: 'info', event: 'pages-open', port, reach });
    tellIfAway();
    return now;
  }

  function tellIfAway(): void {
    if (chosen === undefined || reach === 'loopback') return;
    if (networkAddresses().some(({ name }) => name === chosen)) return;
    log({ level: 'warn', event: 'interface-away', name: chosen });
  }

  function takenBy(now: Opened, usual: number): void {
    log({ level: 'warn', event: 'pages-port-taken', port: usual, instead: now.port });
    options.onPort({ kind: 'taken', usual, instead: now.port });
    let pauseMs = AGAIN_MS;
    const wait = (): void => {
      again = setTimeout(async () => {
        const before = opened;
        const listener = await listenAt(usual).catch(() => undefined);
        if (opened !== before) {
          // It was closed or opened anew meanwhile.
          await listener?.close(0);
        } else if (listener === undefined) {
          pauseMs = Math.min(pauseMs * 2, AGAIN_AT_MOST_MS);
          wait();
        } else {
          now.listeners.set(usual, listener);
          now.port = usual;
          port = usual;
          log({ level: 'info', event: 'pages-port-back', port: usual });
          options.onPort({ kind: 'back', usual });
        }
      }, pauseMs);
      again.unref();
    };
    wait();
  }

  async function closeAll(graceMs: number): Promise<void> {
    clearTimeout(again);
    const before = opened;
    opened = undefined;
    const { listeners } = (await before?.catch(() => undefined)) ?? { listeners: new Map() };
    clearTimeout(again);
    await Promise.all([...listeners.values()].map((listener) => listener.close(graceMs)));
  }

  async function ensure(): Promise<void> {
    opened ??= open();
    await opened.catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
  }

  const address = (): string =>
    reach === 'network' ? networkAddress({ routes: route.current(), chosen }) : '127.0.0.1';

  function baseUrl(): string {
    if (options.publicBaseUrl !== undefined) return options.publicBaseUrl;
    const now = address();
    return `http://${now.includes(':') ? `[${now}]` : now}:${port}`;
  }

  return {
    ensure,
    baseUrl,
    async freshBaseUrl() {
      if (reach === 'network') await route.refresh();
      return baseUrl();
    },
    async setReach(wanted) {
      if (wanted === reach) return;
      reach = wanted;
      if (reach === 'network') await route.refresh();
      if (opened === undefined) return;
      // The ports stay, so the old listeners must be gone before the new ones open.
      await closeAll(0);
      await ensure();
    },
    choose(name) {
      if (name === chosen) return;
      chosen = name;
      tellIfAway();
    },
    addresses: () => networkAddresses({ routes: route.current() }),
    close: closeAll,
  };
}

function unique(ports: readonly number[]): readonly number[] {
  return [...new Set(ports)];
}

function hasNoIpv6(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'EAFNOSUPPORT' || code === 'EADDRNOTAVAIL' || code === 'EINVAL';
}
