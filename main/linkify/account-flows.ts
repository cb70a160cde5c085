import { LinkifyError } from './errors.ts';
import type { CallOptions, CloudState, SignedInUser } from './model.ts';
import { wait } from './wait.ts';

/** The calls that the flows below are made of. */
export interface RecoveryCalls {
  readonly baseUrl: string;
  user(options: CallOptions): Promise<SignedInUser | null>;
  /** Opens the sign-in page; may never answer, for the user may close it. */
  startSignIn(options: CallOptions): Promise<void>;
  /** May answer before the cloud is up. */
  startCloud(user: SignedInUser, options: CallOptions): Promise<CloudState>;
}

/** How patient the flows are, in ms. */
export interface RecoveryPace {
  readonly limitMs: number;
  readonly pollIntervalMs: number;
}

export const RECOVERY_PACE: RecoveryPace = { limitMs: 120_000, pollIntervalMs: 2_000 };

/**
 * Has the user sign in, and answers once the service knows them. The service's own answer may
 * never come, and right after it `GET /user` may still say nobody: so both are watched.
 * @throws LinkifyError `timed-out` when nobody signed in within the limit
 */
export function signIn(
  { user, startSignIn, baseUrl }: RecoveryCalls,
  { signal }: CallOptions,
  pace = RECOVERY_PACE,
): Promise<void> {
  return withinLimit(baseUrl, signal, pace.limitMs, async (until) => {
    const options = { signal: until };
    const failed = startSignIn(options).then(
      () => never(until),
      (error: unknown) => {
        throw error;
      },
    );
    const known = poll(pace.pollIntervalMs, until, async () => (await user(options)) !== null);
    await Promise.race([known, failed]);
  });
}

/**
 * Connects the cloud of who is signed in, and waits until it runs.
 * @throws LinkifyError `sign-in-required`, `cloud-not-connected` when it failed, `timed-out`
 */
export function connectCloud(
  { user, startCloud, baseUrl }: RecoveryCalls,
  { signal }: CallOptions,
  pace = RECOVERY_PACE,
): Promise<void> {
  return withinLimit(baseUrl, signal, pace.limitMs, async (until) => {
    const options = { signal: until };
    const found = await user(options);
    if (found === null) throw new LinkifyError({ kind: 'sign-in-required' });
    if (isUp(found.cloud)) return;
    if (found.cloud !== 'pending') await startCloudTwice(startCloud, found, options, pace);
    await poll(pace.pollIntervalMs, until, async () => {
      const now = await user(options);
      if (now === null) throw new LinkifyError({ kind: 'sign-in-required' });
      if (now.cloud === 'failed') {
        throw new LinkifyError({ kind: 'cloud-not-connected', cloud: now.cloud });
      }
      return isUp(now.cloud);
    });
  });
}

export function isUp(cloud: CloudState): boolean {
  return cloud === 'running' || cloud === 'succeeded';
}

/** Services were seen to answer 500 to the first try only. */
async function startCloudTwice(
  startCloud: RecoveryCalls['startCloud'],
  found: SignedInUser,
  options: { readonly signal: AbortSignal },
  { pollIntervalMs }: RecoveryPace,
): Promise<void> {
  try {
    await startCloud(found, options);
  } catch (error) {
    if (!(error instanceof LinkifyError) || error.fault.kind !== 'service-error') throw error;
    await wait(pollIntervalMs, options.signal);
    await startCloud(found, options);
  }
}

async function poll(
  everyMs: number,
  signal: AbortSignal,
  look: () => Promise<boolean>,
): Promise<void> {
  while (!(await look())) await wait(everyMs, signal);
}

/** Settles only when the signal goes. */
function never(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const onAbort = (): void => reject(new LinkifyError({ kind: 'cancelled' }));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}

/** Runs a flow that ends with `cancelled` when the caller goes, and with `timed-out` at the limit. */
async function withinLimit(
  baseUrl: string,
  signal: AbortSignal | undefined,
  limitMs: number,
  run: (until: AbortSignal) => Promise<void>,
): Promise<void> {
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), limitMs);
  const until = AbortSignal.any(signal === undefined ? [over.signal] : [signal, over.signal]);
  try {
    await run(until);
  } catch (error) {
    if (signal?.aborted) throw new LinkifyError({ kind: 'cancelled' });
    if (over.signal.aborted) {
      throw new LinkifyError({ kind: 'timed-out', baseUrl, outcomeUnknown: true });
    }
    throw error;
  } finally {
    clearTimeout(timer);
    // Cancels requests that still wait for a response.
    over.abort();
  }
}
