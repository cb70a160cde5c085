import type { ShareEnd } from '../share-options.ts';

export type Listener = 'api' | 'pages';

export type DatabaseOperation = 'query' | 'transaction';

export type BlobOperation = 'put' | 'open' | 'remove';

/** Upper bounds of the buckets of all durations, in ms. */
const BOUNDS_MS = [1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000, 30_000, 120_000];

/**
 * How long something took, as a histogram of Prometheus: adding a duration is some comparisons and
 * two additions, without the look-up of labels that a library would do for each request.
 */
export class Durations {
  readonly #counts = Array.from({ length: BOUNDS_MS.length + 1 }, () => 0);
  #sumMs = 0;

  add(ms: number): void {
    let bucket = 0;
    while (bucket < BOUNDS_MS.length && ms > (BOUNDS_MS[bucket] ?? 0)) bucket++;
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#sumMs += ms;
  }

  /** The buckets with their upper bounds in seconds, each including those before it. */
  read(): {
    readonly buckets: readonly { readonly upToS: number; readonly count: number }[];
    readonly sumS: number;
  } {
    let count = 0;
    const buckets = this.#counts.map((ofBucket, index) => {
      count += ofBucket;
      return { upToS: (BOUNDS_MS[index] ?? Number.POSITIVE_INFINITY) / 1_000, count };
    });
    return { buckets, sumS: this.#sumMs / 1_000 };
  }
}

/** The requests of one listener. */
class Requests {
  readonly durations = new Durations();
  inFlight = 0;
  readonly #byStatus = new Map<number, number>();

  answered(status: number, ms: number): void {
    this.durations.add(ms);
    this.#byStatus.set(status, (this.#byStatus.get(status) ?? 0) + 1);
  }

  byStatus(): ReadonlyMap<number, number> {
    return this.#byStatus;
  }
}

/** Calls of one kind to the database or the store of contents. */
class Calls {
  readonly durations = new Durations();
  errors = 0;

  /**
   * Measures a call.
   * @param isFailure whether what it threw counts as an error, and isn't merely a "no"
   */
  async measure<T>(call: () => Promise<T>, isFailure: (error: unknown) => boolean): Promise<T> {
    const startedAtMs = performance.now();
    try {
      return await call();
    } catch (error) {
      if (isFailure(error)) this.errors++;
      throw error;
    } finally {
      this.durations.add(performance.now() - startedAtMs);
    }
  }
}

/** What the server has done since its start. `api/metrics.ts` reports it to Prometheus. */
export class Counts {
  readonly requests: Readonly<Record<Listener, Requests>> = {
    api: new Requests(),
    pages: new Requests(),
  };
  readonly database: Readonly<Record<DatabaseOperation, Calls>> = {
    query: new Calls(),
    transaction: new Calls(),
  };
  readonly blobs: Readonly<Record<BlobOperation, Calls>> = {
    put: new Calls(),
    open: new Calls(),
    remove: new Calls(),
  };
  sharesCreated = 0;
  opens = 0;
  readonly sharesEnded: Record<ShareEnd, number> = {
    revoked: 0,
    expired: 0,
    'used-up': 0,
  };
}
