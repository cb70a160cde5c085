import type { ShareStore } from './share-store.ts';
import type { StableClock } from './stable-clock.ts';

/** Looked at least this often, in ms: the clock may be set, the computer may sleep. */
const LONGEST_MS = 10 * 60_000;
const SHORTEST_MS = 250;

/**
 * Ends shares right after their time is over; first those whose time was over before the start.
 * @returns how to stop: resolves once what is being ended has ended
 */
export function sweepWhenDue(
  store: Pick<ShareStore, 'sweep' | 'nextEndMs' | 'events'>,
  clock: StableClock,
  onFault: (cause: unknown) => void,
): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  let timer: NodeJS.Timeout | undefined;
  let dueAtMs = Number.POSITIVE_INFINITY;
  let sweeping: Promise<void> = Promise.resolve();

  async function sweep(): Promise<void> {
    try {
      await store.sweep(signal);
      await clock.save();
      plan((await store.nextEndMs()) ?? Number.POSITIVE_INFINITY);
    } catch (error) {
      if (signal.aborted) return;
      onFault(error);
      plan(Number.POSITIVE_INFINITY);
    }
  }

  function plan(endsAtMs: number): void {
    if (signal.aborted) return;
    clearTimeout(timer);
    dueAtMs = endsAtMs;
    const ms = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, endsAtMs - clock.now()));
    timer = setTimeout(start, ms).unref();
  }

  function start(): void {
    sweeping = sweeping.then(sweep);
  }

  const onDue = (endsAtMs: number): void => {
    if (endsAtMs < dueAtMs) plan(endsAtMs);
  };
  store.events.on('due', onDue);
  start();
  return async () => {
    stopping.abort();
    store.events.off('due', onDue);
    clearTimeout(timer);
    await sweeping;
  };
}
