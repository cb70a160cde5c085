import { LinkifyError } from './errors.ts';
import { wait } from './wait.ts';

/** Pauses between two tries, in ms: doubled each time. */
const FIRST_MS = 1_000;
const MOST_MS = 30_000;

/**
 * Asks for a collection's link until the service has uploaded what is in it: no call tells how far
 * that is, so it is asked again after a growing pause.
 * @param limitMs all the waiting together: an id that the service does not know looks the same as one
 *   on its way
 * @throws LinkifyError what `ask` throws; `not-uploaded-yet` at the limit, `cancelled`
 */
export async function whenUploaded<T>(
  limitMs: number,
  signal: AbortSignal | undefined,
  ask: () => Promise<T>,
): Promise<T> {
  let waitedMs = 0;
  for (let pauseMs = FIRST_MS; ; pauseMs = Math.min(pauseMs * 2, MOST_MS)) {
    try {
      return await ask();
    } catch (error) {
      const isUploading = error instanceof LinkifyError && error.fault.kind === 'not-uploaded-yet';
      if (!isUploading || waitedMs + pauseMs > limitMs) throw error;
    }
    await wait(pauseMs, signal).catch(() => {
      throw new LinkifyError({ kind: 'cancelled' });
    });
    waitedMs += pauseMs;
  }
}
