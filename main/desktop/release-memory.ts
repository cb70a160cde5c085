import { collectGarbage } from '../collect-garbage.ts';

/** Collected once nothing happened for this long, in ms. */
const QUIET_MS = 2_000;

/**
 * Collects what a burst of work left behind (the start, a window that was given up): 5 to 6 MB
 * after a start. Not after a share: the next one would have to compile its code again.
 * @returns to be called after such a burst
 */
export function createMemoryRelease(): () => void {
  let timer: NodeJS.Timeout | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(collectGarbage, QUIET_MS);
  };
}
