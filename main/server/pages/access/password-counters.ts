import { LRUCache } from 'lru-cache';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import type { Database } from '../../store/sql/database.ts';
import { StoredLimiter } from '../../store/stored-limiter.ts';

export interface Limiter {
  get(key: string): Promise<RateLimiterRes | null>;
  /** Counts one try. @throws RateLimiterRes when there were more than allowed */
  consume(key: string): Promise<unknown>;
  /** @param seconds how long no more are allowed */
  block(key: string, seconds: number): Promise<unknown>;
  /** Takes one try back. */
  reward(key: string): Promise<unknown>;
  delete(key: string): Promise<unknown>;
}

/** What is known of tries of passwords. @see createVisitLimits */
export interface PasswordCounters {
  readonly perVisitor: Limiter;
  readonly pairMinute: Limiter;
  readonly pairDay: Limiter;
  readonly shareDay: Limiter;
  /** Visitors of shares who have entered the right password, for a day. */
  readonly known: { has(pair: string): Promise<boolean>; add(pair: string): Promise<void> };
}

const MINUTE_S = 60;
const DAY_S = 24 * 60 * MINUTE_S;

/** Tries of one visitor at all shares in a minute. */
const VISITOR_TRIES_PER_MINUTE = 20;
export const PASSWORDS_PER_MINUTE = 5;
/** Wrong tries in a day: of one visitor at one share, and of all visitors at one share. */
const VISITOR_TRIES = 20;
export const SHARE_TRIES = 50;
/** Beyond `SHARE_TRIES`, in a day: so many more, `FRESH_TRIES` for each visitor. */
const SHARE_TRIES_OF_FRESH = 50;
/** Visitors who have opened a share with its password, at most. */
const KNOWN_VISITORS = 10_000;

const LIMITS = {
  perVisitor: { points: VISITOR_TRIES_PER_MINUTE, duration: MINUTE_S },
  pairMinute: { points: PASSWORDS_PER_MINUTE, duration: MINUTE_S },
  pairDay: { points: VISITOR_TRIES, duration: DAY_S },
  shareDay: { points: SHARE_TRIES + SHARE_TRIES_OF_FRESH, duration: DAY_S },
} as const;

/** Of this process, until it ends. */
export function createMemoryCounters(): PasswordCounters {
  const known = new LRUCache<string, true>({ max: KNOWN_VISITORS, ttl: DAY_S * 1_000 });
  return {
    perVisitor: new RateLimiterMemory(LIMITS.perVisitor),
    pairMinute: new RateLimiterMemory(LIMITS.pairMinute),
    pairDay: new RateLimiterMemory(LIMITS.pairDay),
    shareDay: new RateLimiterMemory(LIMITS.shareDay),
    known: {
      has: async (pair) => known.has(pair),
      add: async (pair) => {
        known.set(pair, true);
      },
    },
  };
}

/**
 * Of all processes of a database: no password is tried while it is away.
 * @param database with a table `limits`
 */
export function createSharedCounters(database: Database): PasswordCounters {
  const limiter = (name: keyof typeof LIMITS): StoredLimiter =>
    new StoredLimiter(database, { name, ...LIMITS[name] });
  const known = new StoredLimiter(database, {
    name: 'known',
    points: Number.MAX_SAFE_INTEGER,
    duration: DAY_S,
  });
  return {
    perVisitor: limiter('perVisitor'),
    pairMinute: limiter('pairMinute'),
    pairDay: limiter('pairDay'),
    shareDay: limiter('shareDay'),
    known: {
      has: async (pair) => (await known.get(pair)) !== null,
      add: async (pair) => {
        await known.consume(pair);
      },
    },
  };
}
