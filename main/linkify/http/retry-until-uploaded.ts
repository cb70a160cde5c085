import { LinkifyError } from '../errors.ts';
import { wait } from '../wait.ts';

/** The longest pause between two tries, as a multiple of the first. */
const MAX_PAUSE_FACTOR = 30;

export interface UploadRetryOptions {
  /** The first pause, in ms; doubled each time, up to thirty times as long. */
  readonly pauseMs: number;
  /**
   * All the waiting together, in ms: an id that the service does not know looks the same as one on
   * its way.
   */
  readonly limitMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Told when the service says for the first time that it is not done yet. */
  readonly onUploading?: (() => void) | undefined;
}

/**
 * Asks for a collection's link until the service has uploaded what is in it: no call tells how far
 * that is, so it is asked again after a growing pause.
 * @throws LinkifyError what `ask` throws; `not-uploaded-yet` at the limit, `cancelled`
 */
export async function retryUntilUploaded<T>(
  timeouts: UploadRetryOptions,
  ask: () => Promise<T>,
): Promise<T> {
  const { limitMs, signal, onUploading } = timeouts;
  const mostMs = timeouts.pauseMs * MAX_PAUSE_FACTOR;
  let waitedMs = 0;
  for (let { pauseMs } = timeouts; ; pauseMs = Math.min(pauseMs * 2, mostMs)) {
    try {
      return await ask();
    } catch (error) {
      const isUploading = error instanceof LinkifyError && error.fault.kind === 'not-uploaded-yet';
      if (!isUploading || waitedMs + pauseMs > limitMs) throw error;
    }
    if (waitedMs === 0) onUploading?.();
    await wait(pauseMs, signal).catch(() => {
      throw new LinkifyError({ kind: 'cancelled' });
    });
    waitedMs += pauseMs;
  }
}
