import type { ShareStore } from './share-store.ts';
import type { StableClock } from './stable-clock.ts';

/** Looked at least this often, in ms: the clock may be set, the computer may sleep. */
const LONGEST_MS = 10 * 60_000;
const SHORTEST_MS = 250;

/**
 * Removes shares from the disk right after their end, from the next end on: what was over before,
 * `openStorage` has removed. @returns how to stop
 */
export function sweepWhenDue(
  store: Pick<ShareStore, 'sweep' | 'nextEndMs' | 'events'>,
  clock: StableClock,
  onFault: (cause: unknown) => void,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  let dueAtMs = Number.POSITIVE_INFINITY;
  let stopped = false;

  async function run(sweep: () => Promise<void>): Promise<void> {
    try {
      await sweep();
      await clock.save();
      plan((await store.nextEndMs()) ?? Number.POSITIVE_INFINITY);
    } catch (error) {
      if (stopped) return;
      onFault(error);
      plan(Number.POSITIVE_INFINITY);
    }
  }

  function plan(endsAtMs: number): void {
    if (stopped) return;
    clearTimeout(timer);
    dueAtMs = endsAtMs;
    const ms = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, endsAtMs - clock.now()));
    timer = setTimeout(() => void run(() => store.sweep()), ms).unref();
  }

  const onDue = (endsAtMs: number): void => {
    if (endsAtMs < dueAtMs) plan(endsAtMs);
  };
  store.events.on('due', onDue);
  void run(async () => {});
  return () => {
    stopped = true;
    store.events.off('due', onDue);
    clearTimeout(timer);
  };
}
