import type { IncomingMessage, ServerResponse } from 'node:http';
import { COMMON_HEADERS } from '../http/answer.ts';
import { HttpFault } from '../http/fault.ts';
import { pathBelow } from '../http/public-url.ts';
import { createRouter, type PathParameters, type Route } from '../http/router.ts';
import type { Passwords } from '../password.ts';
import { type AssetRecord, isGone, type ShareRecord } from '../store/model.ts';
import type { ShareStore } from '../store/share-store.ts';
import { StoreError } from '../store/store-error.ts';
import type { ViewCounts } from '../store/views.ts';
import { createAssetBodies } from './asset-body.ts';
import { createCollectionPages } from './collection-page.ts';
import { encodingOfLabel } from './encoding.ts';
import { createFindShare } from './find-share.ts';
import { readForm } from './form-body.ts';
import { createFormKeys } from './form-keys.ts';
import type { InCollection } from './frame.ts';
import { cleanName } from './html.ts';
import { ICON_PATH, sendIcon } from './icon.ts';
import { createFindItem } from './item-links.ts';
import { createVisitLimits } from './limits.ts';
import {
  brokenMessage,
  goneMessage,
  onceForm,
  passwordForm,
  refusedForm,
  tooManyMessage,
  unknownMessage,
  wrongMethodMessage,
} from './messages.ts';
import { titleOf } from './names.ts';
import { openOnce } from './open-once.ts';
import { createRecentRecords } from './recent-records.ts';
import { type Exchange, isTerminal, sendBytes, sendContent, sendPage } from './send.ts';
import { createShortLived } from './short-lived.ts';
import { redirectTrailingSlash } from './trailing-slash.ts';
import { expiryText, wordsFor } from './words/choose.ts';
import { zipOf } from './zip.ts';

export interface PagesNeeds {
  readonly store: ShareStore;
  readonly views: ViewCounts;
  readonly passwords: Passwords;
  readonly now: () => number;
  /** Path of the public URL, such as `/links`; absent at the root. */
  readonly basePath?: string;
  /** Who asks: the peer, or whom a proxy asks for. */
  readonly visitorOf: (request: IncomingMessage) => string;
  readonly onFault: (cause: unknown) => void;
}

export interface Pages {
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
  /** Forgets pages that were made: something has changed or gone. */
  forget(): void;
}

/** A visitor who may see the share: at the link itself, or behind its password. */
interface Visit extends Exchange {
  readonly parameters: PathParameters;
  readonly share: ShareRecord;
  /** Where the share is for this visitor, such as `/s/abc`. */
  readonly root: string;
}

type Show = (visit: Visit) => Promise<void>;

/** One thing of a share, and where it is. */
interface Item {
  readonly asset: AssetRecord;
  readonly path: string;
  readonly collection?: InCollection;
}

const HOUR_MS = 60 * 60 * 1_000;

/**
 * The pages that links lead to. GET and HEAD change nothing; the one POST opens what asks for a
 * password or opens once. There is no list, and no way to make or take back a share.
 */
export function createPages({
  store,
  views,
  passwords,
  now,
  onFault,
  visitorOf,
  basePath = '',
}: PagesNeeds): Pages {
  const bodies = createAssetBodies(store);
  const { kindOf } = bodies;
  const records = createRecentRecords(store);
  const collections = createCollectionPages({ bodies, assetOf: records.asset });
  const limits = createVisitLimits();
  const formKeys = createFormKeys();
  const find = createFindShare({ store, records, limits, now });
  /** Given with the form of an open-once share, and used up by it. */
  const onceKeys = createShortLived(HOUR_MS, 10_000, now);
  /** Given for a right password: the way to the share for an hour. */
  const grants = createShortLived(HOUR_MS, 10_000, now);

  function askFirst(exchange: Exchange, share: ShareRecord, wrong: boolean): void {
    const path = `${basePath}/s/${share.id}`;
    const { words } = exchange;
    const password = share.password !== undefined;
    sendPage(exchange, {
      ...(share.once
        ? onceForm(words, path, { key: onceKeys.give(share.id), password, wrong })
        : passwordForm(words, path, { key: formKeys.keyFor(share.id), wrong })),
      note: noteOf(exchange, share),
    });
  }

  function noteOf({ words }: Exchange, { expiresAtMs }: ShareRecord): string | undefined {
    return expiresAtMs === undefined ? undefined : expiryText(words, expiresAtMs - now());
  }

  /** At the link itself: only what asks nothing is shown. */
  const atLink =
    (show: Show) =>
    async (exchange: Exchange, parameters: PathParameters): Promise<void> => {
      const share = await find(exchange, parameters.share ?? '');
      if (share === undefined) return;
      if (share.once || share.password) return askFirst(exchange, share, false);
      const root = `${basePath}/s/${share.id}`;
      await show({ ...exchange, parameters, share, root });
    };

  /** Behind a password that was right within the last hour. */
  const atGrant =
    (show: Show) =>
    async (exchange: Exchange, parameters: PathParameters): Promise<void> => {
      const grant = parameters.grant ?? '';
      const share = await find(exchange, grants.look(grant) ?? '');
      const root = `${basePath}/o/${grant}`;
      if (share !== undefined) await show({ ...exchange, parameters, share, root });
    };

  async function open(exchange: Exchange, parameters: PathParameters): Promise<void> {
    const share = await find(exchange, parameters.share ?? '');
    if (share === undefined) return;
    const { fields: form, ours } = await readForm(exchange.request);
    if (share.once && onceKeys.take(form.get('key') ?? '') !== share.id) {
      return askFirst(exchange, share, false);
    }
    // The form of an open-once share has proven itself by now. A try that may be another page's
    // doing does not count as one.
    const proven = ours || share.once || formKeys.fits(share.id, form.get('key') ?? '');
    if (!proven) return askFirst(exchange, share, false);
    if (share.password) {
      const allowed = await limits.password(share.id, exchange.visitor);
      if (!allowed.ok)
        return sendPage(exchange, tooManyMessage(exchange.words, allowed.retryAfterS));
      const right = await passwords.matches(
        (form.get('password') ?? '').slice(0, 200),
        share.password,
      );
      if (!right) return askFirst(exchange, share, true);
    }
    if (share.once) return openOnce(exchange, store, share.id);
    exchange.response.writeHead(303, {
      ...COMMON_HEADERS,
      Location: `${basePath}/o/${grants.give(share.id)}`,
      'Content-Length': 0,
    });
    exchange.response.end();
  }

  async function itemOf({ share, root, parameters }: Visit): Promise<Item | undefined> {
    const { item } = parameters;
    // A collection's items are numbered from 1; a single share has no numbers.
    const fits = share.collection ? /^[1-9]\d{0,3}$/.test(item ?? '') : item === undefined;
    const id = fits ? share.assetIds[item === undefined ? 0 : Number(item) - 1] : undefined;
    const asset = id === undefined ? undefined : await records.asset(id);
    if (asset === undefined || isGone(asset)) return undefined;
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
    const terminal = isTerminal(request);
    if (terminal && (await bodies.kindOf(asset)).kind === 'text') {
      const as = { type: await bodies.typeOf(asset), disposition: 'inline' } as const;
      const headers = { Vary: 'Accept, User-Agent' };
      return sendBytes(visit, store, { asset, share, ...as, headers });
    }
    const query = new URLSearchParams((request.url ?? '').split('?')[1]);
    const asked = query.get('part') ?? '1';
    const part = /^[1-9]\d{0,5}$/.test(asked) ? Number(asked) : 0;
    const encoding = encodingOfLabel(query.get('encoding') ?? '');
    const findItem =
      collection &&
      createFindItem({ share, root, from: asset.name, assetOf: records.asset, kindOf });
    const view = { words, path, collection, source: query.has('source'), part, encoding, findItem };
    const body = await bodies.bodyOf(asset, view);
    if (body === undefined) return sendPage(visit, unknownMessage(words));
    const title = titleOf(asset, words);
    const plain = `${title}, ${words.size(asset.sizeBytes)}\n${path}/raw`;
    const note = noteOf(visit, share);
    sendPage(visit, { ...body, status: 200, title, body: body.html, note, plain });
  });

  const showShare: Show = async (visit) => {
    const { share, root, request, words } = visit;
    const allowed = await limits.page(visit.visitor);
    if (!allowed.ok) return sendPage(visit, tooManyMessage(words, allowed.retryAfterS));
    if (request.method === 'GET') views.add(share.id);
    if (!share.collection) return showItem(visit);
    sendPage(visit, {
      ...(await collections.pageOf(share, root, words)),
      note: noteOf(visit, share),
    });
  };

  /** The bytes as they are: inline for what can do no harm, as plain text or as a download else. */
  const showRaw = ofItem(async (visit, { asset }) => {
    const { share } = visit;
    const kind = await bodies.kindOf(asset);
    const type = await bodies.typeOf(asset);
    const disposition = kind.kind === 'file' ? 'attachment' : 'inline';
    await sendBytes(visit, store, { asset, share, type, disposition });
  });

  const download = ofItem((visit, { asset }) =>
    sendBytes(visit, store, {
      asset,
      share: visit.share,
      type: 'application/octet-stream',
      disposition: 'attachment',
    }),
  );

  const zip: Show = async (visit) => {
    const { share, response } = visit;
    if (!share.collection) return sendPage(visit, unknownMessage(visit.words));
    const name = `${cleanName(share.name ?? '').replace(/[^\p{L}\p{N}._ -]/gu, '_') || 'Collection'}.zip`;
    const { open, ...archive } = await zipOf(await store.assets(share.assetIds), store);
    await sendContent(visit, {
      ...archive,
      type: 'application/zip',
      name,
      disposition: 'attachment',
      isProtected: share.password !== undefined,
      open: (range) => open(response, range),
    });
  };

  type Handle = (exchange: Exchange, parameters: PathParameters) => Promise<void>;
  const places: readonly (readonly [string, Show])[] = [
    ['', showShare],
    ['/raw', showRaw],
    ['/download', download],
    ['/zip', zip],
    ['/{item}', showItem],
    ['/{item}/raw', showRaw],
    ['/{item}/download', download],
  ];
  const routes: readonly Route<Handle>[] = [
    ...places.flatMap(([path, show]) => [
      { method: 'GET', path: `/s/{share}${path}`, handle: atLink(show) },
      { method: 'GET', path: `/o/{grant}${path}`, handle: atGrant(show) },
    ]),
    { method: 'POST', path: '/s/{share}/open', handle: open },
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
      const exchange = { request, response, words, basePath, visitor: visitorOf(request) };
      answer(exchange).catch((error: unknown) => {
        // A visitor who left in the middle of a download is no fault.
        if (response.destroyed || response.headersSent) {
          response.destroy();
          return;
        }
        if (error instanceof HttpFault) return sendPage(exchange, refusedForm(words, error.status));
        // It went between our look at it and now.
        if (error instanceof StoreError || (error as NodeJS.ErrnoException).code === 'ENOENT') {
          return sendPage(exchange, goneMessage(words, 'deleted'));
        }
        onFault(error);
        sendPage(exchange, brokenMessage(words));
      });
    },
    forget() {
      bodies.forget();
      collections.forget();
      records.forget();
    },
  };
}
