import type { RequestListener } from 'node:http';
import { type Listener, listen } from '../http/listen.ts';
import type { ListenerLimits } from '../http/listener-limits.ts';
import type { ServiceEvent } from '../options.ts';
import { isNearby, networkAddress } from './address.ts';
import { createRouteAddress } from './route-address.ts';

export interface PagesListenerNeeds {
  /** 0: the port of the last time, or a free one. */
  readonly port: number;
  readonly reach: 'network' | 'loopback';
  readonly publicBaseUrl?: string;
  readonly limits: ListenerLimits;
  readonly handle: RequestListener;
  /** The port of the last time; 0 when there was none. */
  readonly keptPort: () => Promise<number>;
  readonly keepPort: (port: number) => Promise<void>;
  readonly log: (event: ServiceEvent) => void;
}

export interface PagesListener {
  /** Opens it, unless it is open. */
  ensure(): Promise<void>;
  /** What links begin with now. */
  baseUrl(): string;
  /** The same, after asking the system which way leads out by now. */
  freshBaseUrl(): Promise<string>;
  setReach(reach: 'network' | 'loopback'): Promise<void>;
  close(graceMs: number): Promise<void>;
}

/** The listener that others reach: when it opens, at which port, and what its address is. */
export function createPagesListener(needs: PagesListenerNeeds): PagesListener {
  const { log } = needs;
  const route = createRouteAddress();
  let { reach } = needs;
  let listener: Promise<Listener> | undefined;
  let port = 0;
  if (reach === 'network') void route.refresh();

  const listenAt = (wanted: number): Promise<Listener> =>
    listen({
      host: reach === 'network' ? '0.0.0.0' : '127.0.0.1',
      port: wanted,
      limits: needs.limits,
      acceptPeer: isNearby,
      handle: needs.handle,
    });

  /** The port of the last time where it is free, so that old links still open; else another. */
  async function open(): Promise<Listener> {
    const kept = await needs.keptPort();
    const wanted = needs.port || kept;
    let opened: Listener;
    try {
      opened = await listenAt(wanted);
    } catch (error) {
      if (needs.port !== 0 || wanted === 0) throw error;
      log({ level: 'warn', event: 'pages-port-taken', port: wanted });
      opened = await listenAt(0);
    }
    port = opened.port;
    if (port !== kept) await needs.keepPort(port);
    log({ level: 'info', event: 'pages-open', port, reach });
    return opened;
  }

  async function ensure(): Promise<void> {
    listener ??= open();
    await listener.catch((error: unknown) => {
      listener = undefined;
      throw error;
    });
  }

  function baseUrl(): string {
    if (needs.publicBaseUrl !== undefined) return needs.publicBaseUrl.replace(/\/+$/, '');
    const address = reach === 'network' ? networkAddress(route.current()) : '127.0.0.1';
    return `http://${address}:${port}`;
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
      const before = listener;
      if (before === undefined) return;
      listener = undefined;
      // The port stays, so the old listener must be gone before the new one opens.
      await (await before).close(0);
      await ensure();
    },
    async close(graceMs) {
      await (await listener)?.close(graceMs);
    },
  };
}
