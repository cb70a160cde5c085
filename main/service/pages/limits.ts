import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { isLoopback, visitorOf } from '../http/visitor.ts';

export type Allowed = { readonly ok: true } | { readonly ok: false; readonly retryAfterS: number };

export interface VisitLimits {
  /** Before a page is made. Visitors on this computer (a proxy, too) are not counted. */
  page(address: string): Promise<Allowed>;
  /** After an id turned out to be unknown. */
  unknown(address: string): Promise<Allowed>;
  /** Before a password is tried: each try of anybody counts for the share, and for who tries. */
  password(shareId: string, address: string): Promise<Allowed>;
}

const MINUTE_S = 60;
const DAY_S = 24 * 60 * MINUTE_S;
const PASSWORDS_PER_MINUTE = 5;

/**
 * Pages 120 a minute; unknown ids 20 a minute, then none for 10; passwords 5 a minute and 50 a day
 * for a share, 20 a minute for a visitor, whatever shares they are for: each costs us work.
 */
export function createVisitLimits(): VisitLimits {
  const pages = new RateLimiterMemory({ points: 120, duration: MINUTE_S });
  const unknown = new RateLimiterMemory({ points: 20, duration: MINUTE_S, blockDuration: 600 });
  const perVisitor = new RateLimiterMemory({ points: 20, duration: MINUTE_S });
  const perMinute = new RateLimiterMemory({ points: PASSWORDS_PER_MINUTE, duration: MINUTE_S });
  const perDay = new RateLimiterMemory({ points: 50, duration: DAY_S });

  return {
    page: async (address) =>
      isLoopback(address) ? { ok: true } : await consume(pages, visitorOf(address)),
    unknown: (address) => consume(unknown, visitorOf(address)),
    async password(shareId, address) {
      if (!isLoopback(address)) {
        const visitor = await consume(perVisitor, visitorOf(address));
        if (!visitor.ok) return visitor;
      }
      const day = await consume(perDay, shareId);
      if (!day.ok) return day;
      const minute = await consume(perMinute, shareId);
      if (minute.ok) return minute;
      // Each round of misses waits twice as long as the one before.
      const tries = (await perDay.get(shareId))?.consumedPoints ?? 0;
      const rounds = Math.floor(tries / (PASSWORDS_PER_MINUTE + 1));
      const waitS = Math.min(DAY_S, MINUTE_S * 2 ** Math.max(0, rounds - 1));
      await perMinute.block(shareId, waitS);
      return { ok: false, retryAfterS: waitS };
    },
  };
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<Allowed> {
  try {
    await limiter.consume(key);
    return { ok: true };
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    return { ok: false, retryAfterS: Math.max(1, Math.ceil(refused.msBeforeNext / 1_000)) };
  }
}
