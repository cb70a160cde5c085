import { networkInterfaces } from 'node:os';

/** How often the machine's addresses are compared, in ms; nothing is sent, it takes 0.03 ms. */
const EVERY_MS = 5_000;

export interface NetworkWatchOptions {
  /** This machine's interfaces; absent: as the system tells them. */
  readonly interfaces?: typeof networkInterfaces;
  readonly everyMs?: number;
  /** Tells when a look is due at once, as after sleep; answers how to stop. */
  readonly onEvents?: (look: () => void) => () => void;
}

/** Tells of a change of network. */
export interface NetworkWatch {
  /**
   * Calls back when the machine's addresses change.
   * @param everyMs how often they are compared at least, in ms: each time wakes the processor
   * @returns how to stop
   */
  subscribe(onChange: () => void, everyMs?: number): () => void;
}

/** Node has no event for it, so the addresses are compared; while nobody asks, nothing runs. */
export function createNetworkWatch(deps: NetworkWatchOptions = {}): NetworkWatch {
  const { interfaces = networkInterfaces, everyMs = EVERY_MS } = deps;
  /** With how often each of them needs a comparison, in ms. */
  const listeners = new Map<() => void, number>();
  let before = '';
  let stopEvents: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;

  const seen = (): string =>
    Object.entries(interfaces())
      .flatMap(([name, addresses]) => (addresses ?? []).map(({ address }) => `${name} ${address}`))
      .sort()
      .join('\n');

  const look = (): void => {
    const now = seen();
    if (now === before) return;
    before = now;
    for (const listener of [...listeners.keys()]) listener();
  };

  const schedule = (): void => {
    clearInterval(timer);
    if (listeners.size > 0) timer = setInterval(look, Math.min(...listeners.values()));
  };

  return {
    subscribe(onChange, wantedMs = everyMs) {
      if (listeners.size === 0) {
        before = seen();
        stopEvents = deps.onEvents?.(look);
      }
      // A wrapper for each call, so that the same function can subscribe twice.
      const listener = (): void => onChange();
      listeners.set(listener, wantedMs);
      schedule();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) stopEvents?.();
        // Who asks for rare comparisons must not miss them while others come and go.
        else look();
        schedule();
      };
    },
  };
}
