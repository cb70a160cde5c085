import { LinkifyError } from '../linkify/errors.ts';
import { wait } from '../linkify/wait.ts';
import { USUAL_URL } from './find-pieces.ts';
import type { PiecesSession } from './session.ts';

/** Time limit for its start, and the interval between checks, in ms. */
const START_PACE = { limitMs: 90_000, pollIntervalMs: 1_000 };

/**
 * Waits until Pieces OS, which was just launched, responds.
 * @throws LinkifyError `unreachable` if it didn't start in time, `cancelled`
 */
export async function awaitPieces(
  session: Pick<PiecesSession, 'refresh'>,
  signal: AbortSignal,
  { limitMs, pollIntervalMs } = START_PACE,
): Promise<void> {
  for (let waitedMs = 0; waitedMs < limitMs; waitedMs += pollIntervalMs) {
    const { kind } = await session.refresh();
    if (kind !== 'not-running' && kind !== 'not-responding') return;
    await wait(pollIntervalMs, signal).catch(() => {
      throw new LinkifyError({ kind: 'cancelled' });
    });
  }
  throw new LinkifyError({ kind: 'unreachable', baseUrl: USUAL_URL });
}
