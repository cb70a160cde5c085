import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { isTombstone, type ShareRecord, type Tombstone } from '../store/model.ts';
import { endDue, hasSameAccess } from '../store/share-life.ts';
import { type OpenCounter, VISIT_MS } from '../store/views.ts';
import { isBackgroundFetch, wantsPage } from './client-kind.ts';
import {
  changedMessage,
  endedMessage,
  notOpenYetMessage,
  unaskedMessage,
  unknownMessage,
} from './markup/messages.ts';
import type { RecentRecords } from './recent-records.ts';
import type { Exchange, Page } from './send.ts';

/** A page that was sent can be counted for so long: a tab may be looked at later. In ms. */
const TOKEN_MS = 6 * 60 * 60 * 1_000;

/** When there are more, the pages that were sent first count no more. */
const TOKENS = 20_000;

/** What a client asks for within this time after an open is part of it, in ms. */
const SAME_OPEN_MS = 60 * 60 * 1_000;
const RECENT_OPENS = 10_000;

/** A request for content of a share. */
export interface ContentRequest extends Exchange {
  readonly share: ShareRecord;
  /** Where the share is for this visitor, such as `/s/abc`. */
  readonly root: string;
}

/** `item`: the page of an item of a collection; `bytes`: content that is not a page. */
export type ContentKind = 'page' | 'item' | 'bytes';

export interface Admission {
  /** Sent in place of the content. */
  readonly refusal?: Page | undefined;
  /** Path that the page requests once it is visible; counts an open. */
  readonly seen?: string;
}

interface ContentGateDeps {
  readonly records: Pick<RecentRecords, 'share'>;
  readonly views: Pick<OpenCounter, 'add' | 'countLimited'>;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
  /** @see StableClock */
  readonly stableNow: () => number;
}

interface Token {
  readonly shareId: string;
  readonly kind: ContentKind;
  readonly atMs: number;
}

/** An open of a share with a maximum, also one that is being counted. */
interface LimitedOpen {
  readonly atMs: number;
  readonly counted: Promise<boolean>;
}

/**
 * All content of shares passes here right before it is sent, except that of one-time links, which
 * is removed from the store instead. Refuses what can't be opened, and counts how often people and
 * programs open a share: not what browsers and chats fetch in advance. A page counts when it is
 * shown, for previews load pages but do not run or render them.
 */
export class ContentGate {
  readonly #deps: ContentGateDeps;
  readonly #tokens = new LRUCache<string, Token>({ max: TOKENS });
  /** When a client was counted last, and when it was sent a page. */
  readonly #opened = new LRUCache<string, number>({ max: RECENT_OPENS });
  readonly #sent = new LRUCache<string, number>({ max: RECENT_OPENS });
  /** The last open of each client. */
  readonly #limited = new LRUCache<string, LimitedOpen>({ max: RECENT_OPENS });

  constructor(deps: ContentGateDeps) {
    this.#deps = deps;
  }

  /** Why a share can't be opened now, if so. */
  refusal(exchange: Exchange, share: ShareRecord | Tombstone): Page | undefined {
    const { messages } = exchange;
    if (isTombstone(share)) return endedMessage(messages, share.ended, share.options);
    const nowMs = this.#deps.now();
    // Neither a clock that was set ahead nor one that was set back opens it after its time.
    const over = endDue(share, nowMs) ?? endDue(share, this.#deps.stableNow());
    if (over !== undefined) return endedMessage(messages, over, share.options);
    if (share.closed?.how === 'used-up') {
      const isVisiting = this.#limitedOpenOf(clientOf(exchange, share.id)) !== undefined;
      return isVisiting ? undefined : endedMessage(messages, 'used-up', share.options);
    }
    if (share.closed !== undefined) return endedMessage(messages, 'closed');
    // Who shared it may check the link at once, and so may a chat program that makes a preview of it.
    if (share.opensAtMs !== undefined && share.opensAtMs > nowMs && !exchange.isOwnComputer) {
      return notOpenYetMessage(messages, share.opensAtMs, nowMs);
    }
    return undefined;
  }

  /** Whether content may be sent; its share may have ended since the request was received. */
  async admit(request: ContentRequest, kind: ContentKind): Promise<Admission> {
    const share = await this.#deps.records.share(request.share.id);
    if (share === undefined) return { refusal: unknownMessage(request.messages) };
    const refusal = this.refusal(request, share);
    if (refusal !== undefined) return { refusal };
    if (!isTombstone(share) && !hasSameAccess(share, request.share)) {
      return { refusal: changedMessage(request.messages) };
    }
    if (share.options?.maxOpens !== undefined) return await this.#admitLimited(request, kind);
    if (kind !== 'bytes') return { seen: `${request.root}/seen/${this.#tokenFor(request, kind)}` };
    this.#countBytes(request);
    return {};
  }

  /** Whether a browser may keep content, which asks each time whether it may still be shown. */
  isCacheable({ options }: ShareRecord): boolean {
    return options.password === undefined && options.maxOpens === undefined;
  }

  /** A page was visible. Tokens that are made up, used or too old count nothing. */
  pageViewed(viewed: ContentRequest, token: string): void {
    if (viewed.request.method !== 'GET' || isBackgroundFetch(viewed.request)) return;
    const found = this.#tokens.get(token);
    if (found?.shareId !== viewed.share.id) return;
    this.#tokens.delete(token);
    const { now } = this.#deps;
    if (now() - found.atMs > TOKEN_MS) return;
    const client = clientOf(viewed, viewed.share.id);
    this.#count(client, viewed, found.kind === 'item' && this.#isRecent(this.#opened, client));
  }

  /**
   * A token that counts one open of the page that it is sent with, once; an item only if the share
   * was not opened lately. What the client asks for from then on in ranges, or as a browser,
   * belongs to the page.
   */
  #tokenFor(request: ContentRequest, kind: ContentKind): string {
    const atMs = this.#deps.now();
    this.#sent.set(clientOf(request, request.share.id), atMs);
    const token = randomUUID();
    this.#tokens.set(token, { shareId: request.share.id, kind, atMs });
    return token;
  }

  /**
   * Counts for a program that gets the whole each time; ranges of one download, and what a browser
   * asks for after its page, count once.
   */
  #countBytes(exchange: ContentRequest): void {
    const { request } = exchange;
    if (request.method !== 'GET' || isBackgroundFetch(request)) return;
    const client = clientOf(exchange, exchange.share.id);
    const isPart = mayBePart(exchange);
    if (isPart && this.#isRecent(this.#sent, client)) return;
    this.#count(client, exchange, isPart && this.#isRecent(this.#opened, client));
  }

  /**
   * Counts an open of a share with a maximum before anything is sent, unless the request belongs to
   * one that was counted. What is fetched in advance gets no content: whoever pretends to be a
   * preview could read it without limit.
   */
  async #admitLimited(exchange: ContentRequest, kind: ContentKind): Promise<Admission> {
    const { request, messages, share } = exchange;
    if (request.method === 'HEAD') return {};
    if (isBackgroundFetch(request)) return { refusal: unaskedMessage(messages) };
    const client = clientOf(exchange, share.id);
    // A further part or another view of a page has a query.
    const isPart =
      kind === 'bytes' ? mayBePart(exchange) : kind === 'item' || request.url?.includes('?');
    if (isPart && (await this.#limitedOpenOf(client)?.counted)) return {};
    if (await this.#countLimited(client, share.id)) return {};
    return { refusal: endedMessage(messages, 'used-up', share.options) };
  }

  async #countLimited(client: string, shareId: string): Promise<boolean> {
    const { views, now } = this.#deps;
    const opens = this.#limited;
    const open = { atMs: now(), counted: views.countLimited(shareId) };
    // Parallel ranges of one download wait for the first. An earlier open stays if this one fails.
    if (this.#limitedOpenOf(client) === undefined) opens.set(client, open);
    const isCounted = await open.counted.catch((error: unknown) => {
      if (opens.get(client) === open) opens.delete(client);
      throw error;
    });
    if (isCounted) opens.set(client, open);
    else if (opens.get(client) === open) opens.delete(client);
    return isCounted;
  }

  #limitedOpenOf(client: string): LimitedOpen | undefined {
    const open = this.#limited.get(client);
    return open !== undefined && this.#deps.now() - open.atMs < VISIT_MS ? open : undefined;
  }

  #count(client: string, { share }: ContentRequest, isKnown: boolean): void {
    this.#opened.set(client, this.#deps.now());
    if (!isKnown) this.#deps.views.add(share.id);
  }

  #isRecent(times: LRUCache<string, number>, client: string): boolean {
    return this.#deps.now() - (times.get(client) ?? Number.NEGATIVE_INFINITY) < SAME_OPEN_MS;
  }
}

/** Pictures of a page are asked for as such, films in ranges, documents as pages are. */
function mayBePart({ request }: Exchange): boolean {
  const { range, accept = '' } = request.headers;
  return range !== undefined || accept.startsWith('image/') || wantsPage(request);
}

function clientOf({ request, visitor }: Exchange, shareId: string): string {
  return `${shareId} ${visitor} ${request.headers['user-agent']?.slice(0, 200) ?? ''}`;
}
