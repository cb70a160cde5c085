import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { HttpFault } from '../http/fault.ts';
import { visitorOf } from '../http/ip-address.ts';
import type { User } from '../store/users.ts';

const MINUTE_S = 60;

/** Of a user without a limit of their own. */
const REQUESTS_PER_MINUTE = 600;

/** Requests with a wrong token that one address may make in a minute, at the public URL. */
const WRONG_TOKENS = 20;

/** Limits of the API at its public URL: requests of each user, and wrong tokens of each address. */
export class TokenLimits {
  /** By the number of requests that are allowed. */
  readonly #byLimit = new Map<number, RateLimiterMemory>();
  readonly #wrong = new RateLimiterMemory({ points: WRONG_TOKENS, duration: MINUTE_S });

  /** Before a user's request is answered. @throws HttpFault 429 */
  async request({ id, requestsPerMinute = REQUESTS_PER_MINUTE }: User): Promise<void> {
    let limiter = this.#byLimit.get(requestsPerMinute);
    if (limiter === undefined) {
      limiter = new RateLimiterMemory({ points: requestsPerMinute, duration: MINUTE_S });
      this.#byLimit.set(requestsPerMinute, limiter);
    }
    await consume(limiter, id);
  }

  /** After a token turned out to be wrong. @throws HttpFault 429 */
  async wrongToken(address: string): Promise<void> {
    await consume(this.#wrong, visitorOf(address));
  }

  /** Before a token is looked up. @throws HttpFault 429 */
  async refuseAfterWrongTokens(address: string): Promise<void> {
    const tries = await this.#wrong.get(visitorOf(address));
    if (tries !== null && tries.consumedPoints > WRONG_TOKENS) throw tooMany(tries);
  }
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (error) {
    throw error instanceof RateLimiterRes ? tooMany(error) : error;
  }
}

function tooMany({ msBeforeNext }: RateLimiterRes): HttpFault {
  const seconds = Math.max(1, Math.ceil(msBeforeNext / 1_000));
  return new HttpFault(429, 'Too many requests.', { 'Retry-After': String(seconds) });
}
