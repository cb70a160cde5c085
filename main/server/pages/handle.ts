import type { IncomingMessage, ServerResponse } from 'node:http';
import { safeFileName } from '../../files/file-names.ts';
import { pathBelow } from '../http/public-url.ts';
import { COMMON_HEADERS } from '../http/response.ts';
import { createRouter, type Route } from '../http/router.ts';
import type { Passwords } from '../password.ts';
import { type AssetRecord, isTombstone } from '../store/model.ts';
import type { ShareStore } from '../store/share-store.ts';
import type { ViewCounts } from '../store/views.ts';
import { createAccess, type Handle, type Show, type Visit } from './access/access.ts';
import { createFindShare } from './access/find-share.ts';
import type { Grants } from './access/grants.ts';
import { createVisitLimits } from './access/visit-limits.ts';
import { createAssetBodies } from './asset-body.ts';
import { VARY, wantsList, wantsPage } from './client-kind.ts';
import { createCollectionPages } from './collection-page.ts';
import { encodingOfLabel } from './content/encoding.ts';
import { MAX_NAME_BYTES, titleOf } from './content/names.ts';
import { zipOf } from './download/zip.ts';
import { wordsFor } from './i18n.ts';
import type { InCollection } from './markup/frame.ts';
import { cleanName } from './markup/html.ts';
import { ICON_PATH, sendIcon } from './markup/icon.ts';
import { tooManyMessage, unknownMessage, wrongMethodMessage } from './markup/messages.ts';
import { createOpens } from './opens.ts';
import { createRecentRecords } from './recent-records.ts';
import { linkedItems } from './render/item-links.ts';
import { createRenderer } from './render/renderer.ts';
import { type Exchange, sendBytes, sendContent, sendPage } from './send.ts';
import { sendFailure } from './send-failure.ts';
import { redirectTrailingSlash } from './trailing-slash.ts';

export interface PagesNeeds {
  readonly store: ShareStore;
  readonly views: ViewCounts;
  readonly passwords: Passwords;
  readonly grants: Grants;
  readonly now: () => number;
  /** The time by which shares expire when the clock was set. @see SettledClock */
  readonly settledNow: () => number;
  /** Path of the public URL, such as `/links`; absent at the root. */
  readonly basePath?: string;
  /** Who asks: the peer, or whom a proxy asks for. */
  readonly visitorOf: (request: IncomingMessage) => string;
  /** What links begin with at the address that was asked, such as `http://192.168.1.2:4180`. */
  readonly originOf: (request: IncomingMessage) => string;
  readonly onFault: (cause: unknown) => void;
}

export interface Pages {
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
  /** Forgets pages that were made: something has changed or gone. */
  forget(): void;
  /** Ends the thread that renders. */
  close(): Promise<void>;
}

/** One thing of a share, and where it is. */
interface Item {
  readonly asset: AssetRecord;
  readonly path: string;
  readonly collection?: InCollection;
}

/**
 * The pages that links lead to. GET and HEAD change nothing; the one POST opens what asks for a
 * password or opens once. There is no list, and no way to make or take back a share.
 */
export function createPages({
  store,
  views,
  passwords,
  grants,
  now,
  settledNow,
  onFault,
  visitorOf,
  originOf,
  basePath = '',
}: PagesNeeds): Pages {
  const renderer = createRenderer();
  const bodies = createAssetBodies(store, renderer);
  const { kindOf } = bodies;
  const records = createRecentRecords(store);
  const collections = createCollectionPages({ bodies, assetOf: records.asset });
  const limits = createVisitLimits();
  const find = createFindShare({ store, records, limits, now, settledNow });
  const opens = createOpens(views, now);
  const access = createAccess({
    store,
    renderer,
    records,
    bodies,
    passwords,
    limits,
    grants,
    find,
    now,
  });
  const { atLink, atGrant, noteOf } = access;

  /** For what has to be made: the visitor may have so many a minute. */
  const asPage =
    (show: Show): Show =>
    async (visit) => {
      const allowed = await limits.page(visit.visitor);
      if (allowed.ok) await show(visit);
      else sendPage(visit, tooManyMessage(visit.words, allowed.retryAfterS));
    };

  async function itemOf({ share, root, parameters }: Visit): Promise<Item | undefined> {
    const { item } = parameters;
    // A collection's items are numbered from 1; a single share has no numbers.
    const fits = share.collection ? /^[1-9]\d{0,3}$/.test(item ?? '') : item === undefined;
    const id = fits ? share.assetIds[item === undefined ? 0 : Number(item) - 1] : undefined;
    const asset = id === undefined ? undefined : await records.asset(id);
    if (asset === undefined || isTombstone(asset)) return undefined;
    return item === undefined
      ? { asset, path: root }
      : {
          asset,
          path: `${root}/${item}`,
          collection: { path: root, number: Number(item), count: share.assetIds.length },
        };
  }

  const ofItem =
    (show: (visit: Visit, item: Item) => Promise<void>): Show =>
    async (visit) => {
      const item = await itemOf(visit);
      if (item === undefined) sendPage(visit, unknownMessage(visit.words));
      else await show(visit, item);
    };

  const showItem = ofItem(async (visit, { asset, path, collection }) => {
    const { request, words, share, root } = visit;
    if (!wantsPage(request)) {
      // A page says so by itself.
      visit.response.setHeader('Vary', VARY);
      return sendRaw(visit, asset);
    }
    const query = new URLSearchParams((request.url ?? '').split('?')[1]);
    const asked = query.get('part') ?? '1';
    const part = /^[1-9]\d{0,5}$/.test(asked) ? Number(asked) : 0;
    const encoding = encodingOfLabel(query.get('encoding') ?? '');
    const items =
      collection && (() => linkedItems({ share, root, assetOf: records.asset, kindOf }));
    const view = { words, path, collection, source: query.has('source'), part, encoding, items };
    const body = await bodies.bodyOf(asset, view);
    if (body === undefined) return sendPage(visit, unknownMessage(words));
    const title = titleOf(asset, words);
    const note = noteOf(words, share);
    const seen = seenPath(visit, collection === undefined ? 'share' : 'item');
    sendPage(visit, { ...body, status: 200, title, body: body.html, note, seen });
  });

  const showShare: Show = async (visit) => {
    const { share, root, request, words } = visit;
    if (!share.collection) return showItem(visit);
    // A program saves what it gets: the archive is what the link leads to.
    if (!wantsPage(request) && !wantsList(request)) {
      visit.response.setHeader('Vary', VARY);
      return zip(visit);
    }
    sendPage(visit, {
      ...(await collections.pageOf(share, root, words)),
      note: noteOf(words, share),
      seen: seenPath(visit, 'share'),
    });
  };

  /** The page was seen: asked for by itself, once it is in front of someone. */
  const seen: Show = async (visit) => {
    opens.pageViewed(visit, visit.share.id, visit.parameters.token ?? '');
    visit.response.writeHead(204, COMMON_HEADERS).end();
  };

  function seenPath(visit: Visit, page: 'share' | 'item'): string {
    return `${visit.root}/seen/${opens.tokenFor(visit, visit.share.id, page)}`;
  }

  /** The visit whose content counts as an open when it is sent. */
  function counted(visit: Visit): Visit {
    return { ...visit, onContent: () => opens.contentSent(visit, visit.share.id) };
  }

  /** The bytes as they are: inline for what can do no harm, as plain text or as a download else. */
  async function sendRaw(visit: Visit, asset: AssetRecord): Promise<void> {
    const { share } = visit;
    const kind = await bodies.kindOf(asset);
    const type = await bodies.typeOf(asset);
    const disposition = kind.kind === 'file' ? 'attachment' : 'inline';
    await sendBytes(counted(visit), store, { asset, share, type, disposition });
  }

  const showRaw = ofItem((visit, { asset }) => sendRaw(visit, asset));

  const download = ofItem((visit, { asset }) =>
    sendBytes(counted(visit), store, {
      asset,
      share: visit.share,
      type: 'application/octet-stream',
      disposition: 'attachment',
    }),
  );

  const zip: Show = async (visit) => {
    const { share, response } = visit;
    if (!share.collection) return sendPage(visit, unknownMessage(visit.words));
    const name = safeFileName(`${cleanName(share.name ?? '') || 'Collection'}.zip`, MAX_NAME_BYTES);
    const { open, ...archive } = await zipOf(await store.assets(share.assetIds), store);
    await sendContent(counted(visit), {
      ...archive,
      type: 'application/zip',
      name,
      disposition: 'attachment',
      isProtected: share.password !== undefined,
      open: (range) => open(response, range),
    });
  };

  const places: readonly (readonly [string, Show])[] = [
    ['', asPage(showShare)],
    ['/raw', showRaw],
    ['/download', download],
    ['/zip', asPage(zip)],
    ['/seen/{token}', seen],
    ['/{item}', asPage(showItem)],
    ['/{item}/raw', showRaw],
    ['/{item}/download', download],
  ];
  const routes: readonly Route<Handle>[] = [
    ...places.flatMap(([path, show]) => [
      { method: 'GET', path: `/s/{share}${path}`, handle: atLink(show) },
      { method: 'GET', path: `/o/{grant}${path}`, handle: atGrant(show) },
    ]),
    { method: 'POST', path: '/s/{share}/open', handle: access.open },
    {
      method: 'GET',
      path: ICON_PATH,
      handle: async ({ request, response }) => sendIcon(request, response),
    },
  ];
  const routeAt = createRouter(routes);
  /** A proxy may pass the public URL's path on, or take it away. */
  const route: typeof routeAt = (method, path) => {
    const below = pathBelow(basePath, path);
    const found = below === undefined ? undefined : routeAt(method, below);
    return found === undefined || found.kind === 'unknown' ? routeAt(method, path) : found;
  };

  async function answer(exchange: Exchange): Promise<void> {
    const allowed = await limits.request(exchange.visitor);
    if (!allowed.ok) {
      return sendPage(exchange, tooManyMessage(exchange.words, allowed.retryAfterS));
    }
    const { method = '', url = '' } = exchange.request;
    const routeOf = (path: string) => route(method === 'HEAD' ? 'GET' : method, path);
    const found = routeOf(url.split('?', 1)[0] ?? '');
    if (found.kind === 'unknown') {
      if (redirectTrailingSlash(exchange, (path) => routeOf(path).kind === 'found')) return;
      return sendPage(exchange, unknownMessage(exchange.words));
    }
    if (found.kind === 'wrong-method')
      return sendPage(exchange, wrongMethodMessage(exchange.words));
    await found.handle(exchange, found.parameters);
  }

  return {
    handle(request, response) {
      const words = wordsFor(request.headers['accept-language']);
      const exchange = {
        request,
        response,
        words,
        basePath,
        visitor: visitorOf(request),
        origin: originOf(request),
      };
      answer(exchange).catch((error: unknown) => sendFailure(exchange, error, onFault));
    },
    forget() {
      bodies.forget();
      collections.forget();
      records.forget();
    },
    close: renderer.close,
  };
}
