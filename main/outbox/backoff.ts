/** No service is asked more often than this while nothing says that it is there, in ms. */
export const MIN_BACKOFF_MS = 5_000;
export const MAX_BACKOFF_MS = 5 * 60_000;

/**
 * How long to wait after so many failures in a row, in ms: full jitter between the shortest and
 * a bound that doubles up to the longest.
 * @param random from 0 up to 1
 */
export function backoffMs(failures: number, random: number): number {
  const bound = Math.min(MAX_BACKOFF_MS, MIN_BACKOFF_MS * 2 ** Math.min(failures, 20));
  return MIN_BACKOFF_MS + random * (bound - MIN_BACKOFF_MS);
}
