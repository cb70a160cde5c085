import type { Listeners } from './listeners.ts';

export interface AwaitListenerNeeds {
  /** Such as `http://127.0.0.1:39300`. */
  readonly baseUrl: string;
  /** See `readListeners`: the kernel's own list, so that no port is touched. */
  readonly listeners: () => Promise<Listeners | undefined>;
  /** How long to the next look, in ms; asked before each. */
  readonly pauseMs: () => number;
  readonly onThere: () => void;
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Calls back when a program begins to listen on a port of this machine, without asking it
 * anything; answers how to stop. `undefined` for an address elsewhere: there is no such list of it.
 */
export function awaitListener(needs: AwaitListenerNeeds): (() => void) | undefined {
  if (!URL.canParse(needs.baseUrl)) return undefined;
  const { hostname, port, protocol } = new URL(needs.baseUrl);
  if (!LOOPBACK.has(hostname)) return undefined;
  const wanted = port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  // One that listens and does not answer as it should is asked again in the usual rhythm.
  let wasThere: boolean | undefined;

  const look = async (): Promise<void> => {
    const listeners = await needs.listeners();
    if (stopped || listeners === undefined) return;
    const isThere = listeners.has(wanted);
    if (isThere && wasThere === false) needs.onThere();
    wasThere = isThere;
    timer = setTimeout(() => void look(), needs.pauseMs());
  };
  void look();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
