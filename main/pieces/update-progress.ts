import { LinkifyError } from '../linkify/errors.ts';
import type { LinkifyClient, UpdateState } from '../linkify/model.ts';
import { wait } from '../linkify/wait.ts';

const PACE = { limitMs: 10 * 60_000, pollIntervalMs: 3_000 };

/**
 * Has the service look for an update and waits while it downloads one; answers where that ended.
 * @throws LinkifyError what the calls throw, and `cancelled`
 */
export async function followUpdate(
  client: Pick<LinkifyClient, 'checkForUpdate'>,
  {
    signal,
    report,
  }: { readonly signal: AbortSignal; report(progress: { percentage?: number }): void },
  { limitMs, pollIntervalMs } = PACE,
): Promise<UpdateState['status']> {
  for (let waitedMs = 0; ; waitedMs += pollIntervalMs) {
    const { status, percentage } = await client.checkForUpdate({ signal });
    const isUnderWay = status === 'available' || status === 'downloading';
    if (!isUnderWay || waitedMs >= limitMs) return status;
    report(percentage === undefined ? {} : { percentage });
    await wait(pollIntervalMs, signal).catch(() => {
      throw new LinkifyError({ kind: 'cancelled' });
    });
  }
}
