import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { isLoopback, visitorOf } from '../../http/ip-address.ts';
import {
  createMemoryCounters,
  type Limiter,
  PASSWORDS_PER_MINUTE,
  type PasswordCounters,
  SHARE_TRIES,
} from './password-counters.ts';

export type Allowed = { readonly ok: true } | { readonly ok: false; readonly retryAfterS: number };

export interface VisitLimits {
  /** Before any request is answered, whatever it asks for. Visitors on this computer are not counted. */
  request(address: string): Promise<Allowed>;
  /** Before a page, a form or an archive is made. Visitors on this computer (a proxy, too) are not counted. */
  page(address: string): Promise<Allowed>;
  /** After an id turned out to be unknown. */
  unknown(address: string): Promise<Allowed>;
  /**
   * Before a password is tried. Wrong tries are limited for each visitor of a share, and for all of
   * its visitors together; that limit still lets in visitors who have not guessed.
   */
  password(shareId: string, address: string): Promise<Allowed>;
  /** After a right password: the try does not count, and the visitor is known to this share. */
  opened(shareId: string, address: string): Promise<void>;
}

const MINUTE_S = 60;
const DAY_S = 24 * 60 * MINUTE_S;
/** The page of a collection of 500 pictures asks for each of them. */
const REQUESTS_PER_MINUTE = 1_200;
/** Beyond `SHARE_TRIES`, each visitor has so many in a day. */
const FRESH_TRIES = 2;

/**
 * Requests 1,200 a minute, pages, forms and archives 120 of them; unknown ids 20 a minute, then none for 10. Passwords: see docs/contributing/security-controls.md
 * for what these limits leave to someone who guesses.
 */
export function createVisitLimits(
  { perVisitor, pairMinute, pairDay, shareDay, known }: PasswordCounters = createMemoryCounters(),
): VisitLimits {
  const requests = new RateLimiterMemory({ points: REQUESTS_PER_MINUTE, duration: MINUTE_S });
  const pages = new RateLimiterMemory({ points: 120, duration: MINUTE_S });
  const unknown = new RateLimiterMemory({ points: 20, duration: MINUTE_S, blockDuration: 600 });

  const pairOf = (shareId: string, address: string): string =>
    `${shareId} ${isLoopback(address) ? 'this computer' : visitorOf(address)}`;

  /** Not limited: users of this computer, and visitors who have entered the right password. */
  const isExempt = async (pair: string, address: string): Promise<boolean> =>
    isLoopback(address) || (await known.has(pair));

  async function share(shareId: string, pair: string): Promise<Allowed> {
    const all = await shareDay.get(shareId);
    // With the one that is asked for.
    const own = (await pairDay.get(pair))?.consumedPoints ?? 0;
    if (all !== null && all.consumedPoints >= SHARE_TRIES && own > FRESH_TRIES) {
      return refused(all);
    }
    return await consume(shareDay, shareId);
  }

  return {
    request: async (address) =>
      isLoopback(address) ? { ok: true } : await consume(requests, visitorOf(address)),
    page: async (address) =>
      isLoopback(address) ? { ok: true } : await consume(pages, visitorOf(address)),
    unknown: (address) => consume(unknown, visitorOf(address)),
    async password(shareId, address) {
      if (!isLoopback(address)) {
        const visitor = await consume(perVisitor, visitorOf(address));
        if (!visitor.ok) return visitor;
      }
      const pair = pairOf(shareId, address);
      const isWaiting = await pairMinute.get(pair);
      if (isWaiting !== null && isWaiting.consumedPoints > PASSWORDS_PER_MINUTE) {
        return refused(isWaiting);
      }
      const day = await consume(pairDay, pair);
      if (!day.ok) return day;
      const minute = await consume(pairMinute, pair);
      if (!minute.ok) {
        // Each round of misses waits twice as long as the one before.
        const tries = (await pairDay.get(pair))?.consumedPoints ?? 0;
        const rounds = Math.floor(tries / (PASSWORDS_PER_MINUTE + 1));
        const waitS = Math.min(DAY_S, MINUTE_S * 2 ** Math.max(0, rounds - 1));
        await pairMinute.block(pair, waitS);
        return { ok: false, retryAfterS: waitS };
      }
      return (await isExempt(pair, address)) ? minute : await share(shareId, pair);
    },
    async opened(shareId, address) {
      const pair = pairOf(shareId, address);
      if (!(await isExempt(pair, address))) await shareDay.reward(shareId);
      await known.add(pair);
      await Promise.all([pairMinute.delete(pair), pairDay.delete(pair)]);
    },
  };
}

async function consume(limiter: Pick<Limiter, 'consume'>, key: string): Promise<Allowed> {
  try {
    await limiter.consume(key);
    return { ok: true };
  } catch (cause) {
    if (!(cause instanceof RateLimiterRes)) throw cause;
    return refused(cause);
  }
}

function refused({ msBeforeNext }: RateLimiterRes): Allowed {
  return { ok: false, retryAfterS: Math.max(1, Math.ceil(msBeforeNext / 1_000)) };
}
