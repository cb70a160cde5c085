import type { Listeners } from './listeners.ts';

export interface AwaitListenerOptions {
  /** Such as `http://127.0.0.1:39300`. */
  readonly baseUrl: string;
  /** See `readListeners`: the kernel's own list, so that no port is touched. */
  readonly listeners: () => Promise<Listeners | undefined>;
  /** Whether a port takes a connection, for systems without such a list; nothing is sent. */
  readonly isOpen: (port: number, withinMs: number) => Promise<boolean>;
  /** How long to the next look, in ms; asked before each. */
  readonly pauseMs: () => number;
  readonly onListening: () => void;
}

/** A port itself is not touched more often than this, in ms. */
const PROBE_INTERVAL_MS = 5_000;
const CONNECT_MS = 250;
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Calls back when a program begins to listen on a port of this machine, without asking it
 * anything; answers how to stop. `undefined` for an address elsewhere: there is no such list of it.
 */
export function awaitListener(deps: AwaitListenerOptions): (() => void) | undefined {
  if (!URL.canParse(deps.baseUrl)) return undefined;
  const { hostname, port, protocol } = new URL(deps.baseUrl);
  if (!LOOPBACK.has(hostname)) return undefined;
  const wanted = port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  // One that listens and does not answer as it should is asked again in the usual rhythm.
  let wasThere: boolean | undefined;

  const look = async (): Promise<void> => {
    const listeners = await deps.listeners();
    const isThere = listeners?.has(wanted) ?? (await deps.isOpen(wanted, CONNECT_MS));
    if (stopped) return;
    if (isThere && wasThere === false) deps.onListening();
    wasThere = isThere;
    const pauseMs = listeners === undefined ? PROBE_INTERVAL_MS : 0;
    timer = setTimeout(() => void look(), Math.max(pauseMs, deps.pauseMs()));
  };
  void look();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
