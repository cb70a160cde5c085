import type { IncomingMessage, RequestListener } from 'node:http';
import { pathBelow } from '../http/public-url.ts';
import { isReadyRequest, sendReadiness } from '../http/readiness.ts';
import { requestIdOf } from '../http/request-id.ts';
import { createRouter, pathOf } from '../http/router.ts';
import type { Passwords } from '../password.ts';
import type { ShareStore } from '../store/share-store.ts';
import type { OpenCounter } from '../store/views.ts';
import { Access } from './access/access.ts';
import { createFindShare } from './access/find-share.ts';
import type { FormKeys } from './access/form-keys.ts';
import type { Grants } from './access/grants.ts';
import type { PasswordCounters } from './access/password-counters.ts';
import { createVisitLimits } from './access/visit-limits.ts';
import { AssetBodies } from './asset-body.ts';
import { CollectionPages } from './collection-page.ts';
import { ContentGate } from './content-gate.ts';
import { messagesFor } from './i18n.ts';
import { tooManyMessage, unknownMessage, wrongMethodMessage } from './markup/messages.ts';
import { RecentRecords } from './recent-records.ts';
import { Renderer } from './render/renderer.ts';
import { pageRoutes } from './routes.ts';
import { type Exchange, sendPage } from './send.ts';
import { sendFailure } from './send-failure.ts';
import { SmallContents } from './small-contents.ts';
import { redirectTrailingSlash } from './trailing-slash.ts';

export interface PagesOptions {
  readonly store: ShareStore;
  readonly views: OpenCounter;
  readonly passwords: Passwords;
  readonly grants: Grants;
  readonly formKeys: FormKeys;
  readonly passwordCounters: PasswordCounters;
  /** Whether requests should come here, for a proxy that asks at `/readyz`. */
  readonly isReady: () => boolean;
  /** In ms since 1970. @see Database.now */
  readonly now: () => number;
  /** The time by which shares expire when the clock was set. @see StableClock */
  readonly stableNow: () => number;
  /** Path of the public URL, such as `/links`; absent at the root. */
  readonly basePath?: string;
  /** The visitor's address: the peer's, or what a trusted proxy forwards. */
  readonly visitorOf: (request: IncomingMessage) => string;
  /** Whether a program on this computer sent the request, for itself. */
  readonly isOwnComputer: (request: IncomingMessage) => boolean;
  /** What links begin with at the address that was requested, such as `http://192.168.1.2:4180`. */
  readonly originOf: (request: IncomingMessage) => string;
  readonly onFault: (cause: unknown, requestId: string | undefined) => void;
}

export interface Pages {
  readonly handle: RequestListener;
  /** A share has changed or ended: removes it from the caches. */
  remove(shareId: string): void;
  clearCaches(): void;
  /** Ends the thread that renders. */
  close(): Promise<void>;
}

/** The pages that links lead to. */
export function createPages(options: PagesOptions): Pages {
  const { store, views, passwords, grants, formKeys, now, stableNow, basePath = '' } = options;
  const { visitorOf, isOwnComputer, originOf, isReady, onFault } = options;
  const renderer = new Renderer();
  const bodies = new AssetBodies(store, renderer);
  const records = new RecentRecords(store);
  const contents = new SmallContents(store);
  const collections = new CollectionPages(bodies, records);
  const caches = [records, contents, bodies, collections];
  const limits = createVisitLimits(options.passwordCounters);
  const gate = new ContentGate({ records, views, now, stableNow });
  const find = createFindShare({ store, records, limits, gate, stableNow });
  const access = new Access({
    store,
    renderer,
    records,
    bodies,
    passwords,
    limits,
    grants,
    formKeys,
    now,
    find,
  });
  const context = { store, records, contents, bodies, collections, limits, gate, access, now };
  const routeAt = createRouter(pageRoutes(context));

  /** A proxy may pass the public URL's path on, or remove it. */
  const findRoute: typeof routeAt = (method, path) => {
    const below = pathBelow(basePath, path);
    const found = below === undefined ? undefined : routeAt(method, below);
    return found === undefined || found.kind === 'unknown' ? routeAt(method, path) : found;
  };

  async function answer(exchange: Exchange): Promise<void> {
    const { request, visitor, messages } = exchange;
    const allowed = await limits.request(visitor);
    if (!allowed.ok) return sendPage(exchange, tooManyMessage(messages, allowed.retryAfterS));
    if (isReadyRequest(request)) return sendReadiness(exchange.response, isReady());
    const { method = '' } = request;
    const routeOf = (path: string) => findRoute(method === 'HEAD' ? 'GET' : method, path);
    const found = routeOf(pathOf(request));
    switch (found.kind) {
      case 'unknown':
        if (redirectTrailingSlash(exchange, (path) => routeOf(path).kind === 'found')) return;
        return sendPage(exchange, unknownMessage(messages));
      case 'wrong-method':
        return sendPage(exchange, wrongMethodMessage(messages));
      case 'found':
        await found.handle(exchange, found.parameters);
    }
  }

  return {
    handle(request, response) {
      const messages = messagesFor(request.headers['accept-language']);
      const visitor = visitorOf(request);
      const origin = originOf(request);
      const exchange: Exchange = {
        request,
        response,
        messages,
        basePath,
        visitor,
        isOwnComputer: isOwnComputer(request),
        origin,
      };
      answer(exchange).catch((error: unknown) =>
        sendFailure(exchange, error, (cause) => onFault(cause, requestIdOf(response))),
      );
    },
    remove(shareId) {
      for (const cache of caches) cache.remove(shareId);
    },
    clearCaches() {
      for (const cache of caches) cache.clear();
    },
    close: () => renderer.close(),
  };
}
