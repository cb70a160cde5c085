import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Collected once nothing happened for this long, in ms. */
const QUIET_MS = 2_000;

/**
 * Has V8 collect what a burst of work left behind (the start, a window that was given up). An idle
 * app allocates nothing, so V8 would keep that garbage for hours; collecting it takes some 10 ms
 * and gives back 5 to 6 MB after a start. Not after a share: compiled code is discarded too, and
 * the next share would have to compile it again.
 * @returns to be called after such a burst
 */
export function createMemoryRelease(): () => void {
  let timer: NodeJS.Timeout | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(collect, QUIET_MS);
  };
}

function collect(): void {
  // Setting this flag for a moment is the only way to trigger garbage collection from within.
  setFlagsFromString('--expose-gc');
  const gc: unknown = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  // The last resort also gives the emptied pages back to the system.
  if (typeof gc === 'function') gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
