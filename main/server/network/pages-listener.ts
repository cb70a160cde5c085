import type { RequestListener } from 'node:http';
import { isLoopback } from '../http/ip-address.ts';
import { type Listener, listen } from '../http/listen.ts';
import type { ListenerLimits } from '../http/listener-limits.ts';
import type { Proxies } from '../http/proxies.ts';
import type { Log } from '../log.ts';
import { isNearby, networkAddress, networkAddresses, type OwnAddress } from './address.ts';
import { createRouteAddresses } from './route-addresses.ts';

export interface PagesListenerOptions {
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
  readonly savedPorts: () => Promise<readonly number[]>;
  readonly savePorts: (ports: readonly number[]) => Promise<void>;
  /** Called when the usual port belongs to another program, and when it is ours again. */
  readonly onPort: (news: PortEvent) => void;
  readonly log: Log;
}

export type PortEvent =
  /** Links that carry the usual port do not open until it is back. */
  | { readonly kind: 'taken'; readonly usual: number; readonly fallbackPort: number }
  | { readonly kind: 'back'; readonly usual: number };

/** First and longest pause before the usual port is requested again, in ms; it doubles each time. */
const RETRY_MS = 1_000;
const MAX_RETRY_MS = 60_000;

/** Links that carry other ports stay open at so many of them. */
const OTHER_PORTS = 3;

interface Opened {
  /** By port; new links carry that of `port`. */
  readonly listeners: Map<number, Listener>;
  port: number;
}

/**
 * The listener that others reach: when it opens, at which port, and what its address is.
 *
 * The first port that a link carried is used for good. Where another program has it, pages are
 * served at a second one, which is saved beside it: the usual port is requested again until it is
 * free, and from then on both are served, so that links of the meantime still open.
 */
export class PagesListener {
  readonly #options: PagesListenerOptions;
  readonly #route = createRouteAddresses();
  #reach: PagesListenerOptions['reach'];
  #chosen: string | undefined;
  #opened: Promise<Opened> | undefined;
  #port = 0;
  #retry: NodeJS.Timeout | undefined;

  constructor(options: PagesListenerOptions) {
    this.#options = options;
    this.#reach = options.reach;
    this.#chosen = options.chosen;
    if (this.#reach === 'network') void this.#route.refresh();
  }

  /** Opens it, unless it is open. */
  async ensure(): Promise<void> {
    this.#opened ??= this.#open();
    await this.#opened.catch((error: unknown) => {
      this.#opened = undefined;
      throw error;
    });
  }

  /** What links begin with now. */
  baseUrl(): string {
    const { publicBaseUrl } = this.#options;
    if (publicBaseUrl !== undefined) return publicBaseUrl;
    const address =
      this.#reach === 'network'
        ? networkAddress({ routes: this.#route.current(), chosen: this.#chosen })
        : '127.0.0.1';
    return `http://${address.includes(':') ? `[${address}]` : address}:${this.#port}`;
  }

  /** What links begin with, after the system was asked for the current default routes. */
  async freshBaseUrl(): Promise<string> {
    if (this.#reach === 'network') await this.#route.refresh();
    return this.baseUrl();
  }

  async setReach(reach: PagesListenerOptions['reach']): Promise<void> {
    if (reach === this.#reach) return;
    this.#reach = reach;
    if (reach === 'network') await this.#route.refresh();
    if (this.#opened === undefined) return;
    // The ports stay, so the old listeners must be closed before the new ones open.
    await this.close(0);
    await this.ensure();
  }

  /** From now on links carry the address of this interface; `undefined`: of the likeliest one. */
  choose(name: string | undefined): void {
    if (name === this.#chosen) return;
    this.#chosen = name;
    this.#logIfAway();
  }

  /** The addresses that links can carry, the likeliest first. */
  addresses(): readonly OwnAddress[] {
    return networkAddresses({ routes: this.#route.current() });
  }

  async close(limitMs: number): Promise<void> {
    clearTimeout(this.#retry);
    const before = this.#opened;
    this.#opened = undefined;
    const { listeners } = (await before?.catch(() => undefined)) ?? { listeners: new Map() };
    clearTimeout(this.#retry);
    await closeAll(listeners, limitMs);
  }

  async #open(): Promise<Opened> {
    const { log } = this.#options;
    const fixed = this.#options.port;
    const saved = fixed === 0 ? await this.#options.savedPorts() : [fixed];
    const [usual = 0, ...others] = saved;
    const first = await this.#listenAtFirst(
      fixed !== 0 || usual === 0 ? [usual] : [usual, ...others, 0],
    );
    const { port } = first;
    this.#port = port;
    const opened: Opened = { listeners: new Map([[port, first]]), port };
    if (usual !== 0 && port !== usual) this.#retryUsualPort(opened, usual);
    // Links that carry another port are served there too, where it is free.
    for (const other of others.filter((one) => one !== port)) {
      const listener = await this.#listenAt(other).catch(() => undefined);
      if (listener !== undefined) opened.listeners.set(other, listener);
    }
    const all = unique([usual === 0 ? port : usual, port, ...others]).slice(0, 1 + OTHER_PORTS);
    if (all.join() !== saved.join() || fixed !== 0) await this.#savePorts(all, opened);
    log({ level: 'info', event: 'pages-open', port, reach: this.#reach });
    this.#logIfAway();
    return opened;
  }

  async #savePorts(ports: readonly number[], { listeners }: Opened): Promise<void> {
    try {
      await this.#options.savePorts(ports);
    } catch (error) {
      // A port that is not saved would be another one next time: no link may carry it.
      clearTimeout(this.#retry);
      await closeAll(listeners, 0);
      throw error;
    }
  }

  /** At the first of these ports that is free, 0 being any. @throws the system's error when none is */
  async #listenAtFirst(ports: readonly number[]): Promise<Listener> {
    let failure: unknown;
    for (const port of ports) {
      try {
        return await this.#listenAt(port);
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  }

  /** For the network by IPv4 and IPv6 at once; by IPv4 alone where the system has no IPv6. */
  async #listenAt(port: number): Promise<Listener> {
    if (this.#reach === 'loopback') return await this.#listenOn('127.0.0.1', port);
    try {
      return await this.#listenOn('::', port);
    } catch (error) {
      if (!hasNoIpv6(error)) throw error;
      return await this.#listenOn('0.0.0.0', port);
    }
  }

  #listenOn(host: string, port: number): Promise<Listener> {
    const { limits, proxies, handle } = this.#options;
    return listen({
      host,
      port,
      limits,
      acceptPeer: (peer) => isNearby(peer) || proxies.trusts(peer),
      hasManyVisitors: (peer) => isLoopback(peer) || proxies.trusts(peer),
      handle,
    });
  }

  /** Another program has the usual port: requests it again until it is free. */
  #retryUsualPort(opened: Opened, usual: number): void {
    const { log, onPort } = this.#options;
    log({ level: 'warn', event: 'pages-port-taken', port: usual, instead: opened.port });
    onPort({ kind: 'taken', usual, fallbackPort: opened.port });
    let pauseMs = RETRY_MS;
    const schedule = (): void => {
      this.#retry = setTimeout(async () => {
        if (await this.#tryUsualPort(opened, usual)) return;
        pauseMs = Math.min(pauseMs * 2, MAX_RETRY_MS);
        schedule();
      }, pauseMs);
      this.#retry.unref();
    };
    schedule();
  }

  /** Whether there is nothing more to try: the port is ours, or the listener was closed. */
  async #tryUsualPort(opened: Opened, usual: number): Promise<boolean> {
    const before = this.#opened;
    const listener = await this.#listenAt(usual).catch(() => undefined);
    if (this.#opened !== before) {
      // It was closed, or closed and opened again, meanwhile.
      await listener?.close(0);
      return true;
    }
    if (listener === undefined) return false;
    opened.listeners.set(usual, listener);
    opened.port = usual;
    this.#port = usual;
    this.#options.log({ level: 'info', event: 'pages-port-back', port: usual });
    this.#options.onPort({ kind: 'back', usual });
    return true;
  }

  #logIfAway(): void {
    const name = this.#chosen;
    if (name === undefined || this.#reach === 'loopback') return;
    if (networkAddresses().some((own) => own.name === name)) return;
    this.#options.log({ level: 'warn', event: 'interface-away', name });
  }
}

async function closeAll(listeners: ReadonlyMap<number, Listener>, limitMs: number): Promise<void> {
  await Promise.all([...listeners.values()].map((listener) => listener.close(limitMs)));
}

function unique(ports: readonly number[]): readonly number[] {
  return [...new Set(ports)];
}

function hasNoIpv6(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'EAFNOSUPPORT' || code === 'EADDRNOTAVAIL' || code === 'EINVAL';
}
