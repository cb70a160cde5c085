import type { RecoveryPace } from './account-flows.ts';
import type { PeerCheck } from './peer/verified-agent.ts';

/** How long a response may take, in ms. */
export interface Timeouts {
  /** Calls that only look something up. */
  readonly quickMs: number;
  /** Creating an asset, which the service also indexes. */
  readonly createMs: number;
  /** Calls that go through the user's cloud: 10 s is normal. */
  readonly cloudMs: number;
  /** A user who signs in, in a browser. */
  readonly signInMs: number;
  /** A service that uploads a collection's items before it can create the link. */
  readonly uploadMs: number;
  /** The first pause between the tries of that; each one is longer. */
  readonly uploadPauseMs: number;
  /** From a response's first byte to its last. */
  readonly readMs: number;
}

export const DEFAULT_TIMEOUTS: Timeouts = {
  quickMs: 10_000,
  createMs: 60_000,
  cloudMs: 120_000,
  signInMs: 10 * 60_000,
  uploadMs: 10 * 60_000,
  uploadPauseMs: 1_000,
  readMs: 20_000,
};

export interface ClientOptions {
  /** Such as `http://127.0.0.1:39300`. */
  readonly baseUrl: string;
  /** Bearer token of a service that requires one; sent to this address only. */
  readonly token?: string;
  /** Our version, such as `0.0.0`. */
  readonly appVersion: string;
  readonly platform: NodeJS.Platform;
  /** Verifies who is at the other end of each connection to this computer. */
  readonly peer?: PeerCheck;
  readonly timeouts?: Partial<Timeouts>;
  readonly recoveryPace?: Partial<RecoveryPace>;
  /** See `retryOnce`, in ms. */
  readonly retryAfterErrorMs?: number;
  /** Wall clock, in ms since 1970, for dates in `Retry-After`. */
  readonly now?: () => number;
}
