import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { ViewCounts } from '../store/views.ts';
import { isUnasked, wantsPage } from './client.ts';
import type { Exchange } from './send.ts';

/** A page that was sent can be counted for so long: a tab may be looked at later. In ms. */
const TOKEN_MS = 6 * 60 * 60 * 1_000;

/** More than one visitor is given within `TOKEN_MS` (120 pages a minute), so none counts twice. */
const USED_TOKENS = 50_000;

/** What a client asks for within this time after an open is part of it, in ms. */
const SAME_OPEN_MS = 60 * 60 * 1_000;
const RECENT_OPENS = 10_000;

export interface Opens {
  /**
   * A token that counts one open of the page that it is sent with, once. What the client asks for
   * from then on in ranges, or as a browser, belongs to the page.
   * @param page `share`: counts each time; `item`: only if the share was not opened lately
   */
  tokenFor(exchange: Exchange, shareId: string, page: 'share' | 'item'): string;
  /** A page was in front of someone. Tokens that are made up, used or too old count nothing. */
  pageViewed(exchange: Exchange, shareId: string, token: string): void;
  /**
   * Content is sent that is not a page. Counts for a program that gets the whole each time; ranges
   * of one download, and what a browser asks for after its page, count once.
   */
  contentSent(exchange: Exchange, shareId: string): void;
}

/**
 * Counts how often people and programs open a share: not what browsers and chats fetch in advance.
 * A page counts when it is shown, for previews load pages but do not run or render them.
 */
export function createOpens(views: Pick<ViewCounts, 'add'>, now: () => number): Opens {
  const secret = randomBytes(32);
  const used = new LRUCache<string, true>({ max: USED_TOKENS });
  /** When a client was counted last, and when it was sent a page. */
  const opened = new LRUCache<string, number>({ max: RECENT_OPENS });
  const sent = new LRUCache<string, number>({ max: RECENT_OPENS });

  const macOf = (shareId: string, unsigned: string): string =>
    createHmac('sha256', secret).update(`${unsigned} ${shareId}`).digest('base64url').slice(0, 22);

  function isGood(shareId: string, token: string): boolean {
    const expected = Buffer.from(macOf(shareId, token.slice(0, -22)));
    const given = Buffer.from(token.slice(-22));
    if (given.byteLength !== expected.byteLength || !timingSafeEqual(given, expected)) return false;
    const age = now() - Number.parseInt(token.slice(1, 10), 36);
    if (age > TOKEN_MS || used.has(token)) return false;
    used.set(token, true);
    return true;
  }

  function clientOf({ request, visitor }: Exchange, shareId: string): string {
    return `${shareId} ${visitor} ${request.headers['user-agent']?.slice(0, 200) ?? ''}`;
  }

  const isLately = (times: LRUCache<string, number>, client: string): boolean =>
    now() - (times.get(client) ?? Number.NEGATIVE_INFINITY) < SAME_OPEN_MS;

  function count(client: string, shareId: string, isKnown: boolean): void {
    opened.set(client, now());
    if (!isKnown) views.add(shareId);
  }

  return {
    tokenFor(exchange, shareId, page) {
      sent.set(clientOf(exchange, shareId), now());
      const time = now().toString(36).padStart(9, '0');
      const unsigned = `${page === 'share' ? 's' : 'i'}${time}${randomBytes(9).toString('base64url')}`;
      return unsigned + macOf(shareId, unsigned);
    },
    pageViewed(exchange, shareId, token) {
      if (exchange.request.method !== 'GET' || isUnasked(exchange.request)) return;
      if (!isGood(shareId, token)) return;
      const client = clientOf(exchange, shareId);
      count(client, shareId, token.startsWith('i') && isLately(opened, client));
    },
    contentSent(exchange, shareId) {
      const { request } = exchange;
      if (request.method !== 'GET' || isUnasked(request)) return;
      const { range, accept = '' } = request.headers;
      // Pictures of a page are asked for as such, films in ranges, documents as pages are.
      const isPart = range !== undefined || accept.startsWith('image/') || wantsPage(request);
      const client = clientOf(exchange, shareId);
      if (isPart && isLately(sent, client)) return;
      count(client, shareId, isPart && isLately(opened, client));
    },
  };
}
