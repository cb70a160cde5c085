import { LinkifyError } from '../errors.ts';
import { wait } from '../wait.ts';

export interface Repeatable {
  /** Harmless when the service gets it twice: reading, connecting, revoking, deleting. */
  readonly repeatable: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** How long a service that answered 500 is left alone before it is asked once more, in ms. */
export const AFTER_ERROR_MS = 2_000;

/**
 * The one place that decides about sending a request again, and it does so once at most:
 * after a broken connection, when the request was not delivered whole or is repeatable; after
 * a 500, when it is repeatable. All else waits for someone who can find out what happened.
 */
export async function repeatOnce<Answer extends { readonly status: number }>(
  send: () => Promise<Answer>,
  { repeatable, signal }: Repeatable,
  afterErrorMs = AFTER_ERROR_MS,
): Promise<Answer> {
  let answer: Answer;
  try {
    answer = await send();
  } catch (error) {
    if (!(error instanceof LinkifyError) || signal?.aborted) throw error;
    const { fault } = error;
    if (fault.kind !== 'connection-lost' || (fault.outcomeUnknown && !repeatable)) throw error;
    return send();
  }
  if (answer.status !== 500 || !repeatable) return answer;
  await wait(afterErrorMs, signal).catch(() => {
    throw new LinkifyError({ kind: 'cancelled' });
  });
  return send();
}
