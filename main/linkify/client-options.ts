import type { RecoveryPace } from './account-flows.ts';
import type { PeerCheck } from './peer/verified-agent.ts';

/** How long an answer may take, in ms. */
export interface Patience {
  /** Calls that only look something up. */
  readonly quickMs: number;
  /** Creating an asset: the service stores it, and indexes it. */
  readonly createMs: number;
  /** Calls that go through the person's cloud: 10 s is normal. */
  readonly cloudMs: number;
  /** A person who signs in, in a browser. */
  readonly personMs: number;
  /** A service that uploads what a collection is made of, before it can link it. */
  readonly uploadMs: number;
  /** The first pause of that, which grows. */
  readonly uploadPauseMs: number;
  /** From an answer's first byte to its last. */
  readonly readMs: number;
}

/** What holds where nothing else is said. */
export const PATIENCE: Patience = {
  quickMs: 10_000,
  createMs: 60_000,
  cloudMs: 120_000,
  personMs: 10 * 60_000,
  uploadMs: 10 * 60_000,
  uploadPauseMs: 1_000,
  readMs: 20_000,
};

export interface ClientOptions {
  /** Such as `http://127.0.0.1:39300`. */
  readonly baseUrl: string;
  /** Bearer token of a service that asks for one; sent to this address only. */
  readonly token?: string;
  /** Ours, as `0.0.0`. */
  readonly appVersion: string;
  readonly platform: NodeJS.Platform;
  /** Verifies who is at the other end of each connection to this computer. */
  readonly peer?: PeerCheck;
  readonly patience?: Partial<Patience>;
  readonly recoveryPace?: Partial<RecoveryPace>;
  /** See `repeatOnce`, in ms. */
  readonly repeatAfterErrorMs?: number;
  /** Wall clock, in ms since 1970, for dates in `Retry-After`. */
  readonly now?: () => number;
}
