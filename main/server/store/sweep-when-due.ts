import type { SettledClock } from './settled-clock.ts';
import type { ShareStore } from './share-store.ts';

/** Looked at least this often, in ms: the clock may be set, the computer may sleep. */
const LONGEST_MS = 10 * 60_000;
const SHORTEST_MS = 250;

export interface Sweeper {
  /** Something ends at this time, in ms since 1970. */
  expect(endsAtMs: number): void;
  stop(): void;
}

/** Removes shares from the disk right after their end. */
export function sweepWhenDue(
  store: Pick<ShareStore, 'sweep' | 'nextEndMs'>,
  clock: SettledClock,
  onFault: (cause: unknown) => void,
): Sweeper {
  let timer: NodeJS.Timeout | undefined;
  let dueAtMs = Number.POSITIVE_INFINITY;
  let stopped = false;

  async function again(): Promise<void> {
    try {
      await store.sweep();
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
    timer = setTimeout(() => void again(), ms).unref();
  }

  void again();
  return {
    expect(endsAtMs) {
      if (endsAtMs < dueAtMs) plan(endsAtMs);
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
