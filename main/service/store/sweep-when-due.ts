import type { ShareStore } from './share-store.ts';

/** Looked at least this often, in ms: also a share made later may end sooner. */
const LONGEST_MS = 60_000;

/** Removes shares from the disk within a second of their end, or a minute for the newest. */
export function sweepWhenDue(
  store: Pick<ShareStore, 'sweep' | 'nextEndMs'>,
  onFault: (cause: unknown) => void,
): { stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function again(): Promise<void> {
    try {
      await store.sweep();
      const next = (await store.nextEndMs()) ?? Number.POSITIVE_INFINITY;
      plan(Math.min(LONGEST_MS, Math.max(1_000, next - Date.now())));
    } catch (error) {
      if (stopped) return;
      onFault(error);
      plan(LONGEST_MS);
    }
  }

  function plan(ms: number): void {
    if (!stopped) timer = setTimeout(() => void again(), ms).unref();
  }

  plan(LONGEST_MS);
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
