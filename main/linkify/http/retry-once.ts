import { LinkifyError } from '../errors.ts';
import { wait } from '../wait.ts';

export interface Retryable {
  /** The service may get it twice without harm: reading, connecting, revoking, deleting. */
  readonly retryable: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** The pause after status 500, in ms. */
export const AFTER_ERROR_MS = 2_000;

/**
 * The only place that sends a request a second time: after a lost connection, when the request
 * was not delivered whole or is retryable; after a 500, when it is retryable. Never a third time.
 */
export async function retryOnce<Response extends { readonly status: number }>(
  send: () => Promise<Response>,
  { retryable, signal }: Retryable,
  afterErrorMs = AFTER_ERROR_MS,
): Promise<Response> {
  let response: Response;
  try {
    response = await send();
  } catch (error) {
    if (!(error instanceof LinkifyError) || signal?.aborted) throw error;
    const { fault } = error;
    if (fault.kind !== 'connection-lost' || (fault.outcomeUnknown && !retryable)) throw error;
    return send();
  }
  if (response.status !== 500 || !retryable) return response;
  await wait(afterErrorMs, signal).catch(() => {
    throw new LinkifyError({ kind: 'cancelled' });
  });
  return send();
}
