import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { ViewCounts } from '../store/views.ts';
import { isUnasked, wantsPage } from './client-kind.ts';
import type { Exchange } from './send.ts';

/** A page that was sent can be counted for so long: a tab may be looked at later. In ms. */
const TOKEN_MS = 6 * 60 * 60 * 1_000;

/** When there are more, the pages that were sent first count no more. */
const TOKENS = 20_000;

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
  const tokens = new LRUCache<
    string,
    { readonly shareId: string; readonly page: 'share' | 'item'; readonly atMs: number }
  >({ max: TOKENS });
  /** When a client was counted last, and when it was sent a page. */
  const opened = new LRUCache<string, number>({ max: RECENT_OPENS });
  const sent = new LRUCache<string, number>({ max: RECENT_OPENS });

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
      const atMs = now();
      sent.set(clientOf(exchange, shareId), atMs);
      const token = randomUUID();
      tokens.set(token, { shareId, page, atMs });
      return token;
    },
    pageViewed(exchange, shareId, token) {
      if (exchange.request.method !== 'GET' || isUnasked(exchange.request)) return;
      const found = tokens.get(token);
      if (found?.shareId !== shareId) return;
      tokens.delete(token);
      if (now() - found.atMs > TOKEN_MS) return;
      const client = clientOf(exchange, shareId);
      count(client, shareId, found.page === 'item' && isLately(opened, client));
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
