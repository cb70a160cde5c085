import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { COMMON_HEADERS } from '../http/answer.ts';
import { HttpFault } from '../http/fault.ts';
import { createRouter, type PathParameters, type Route } from '../http/router.ts';
import type { Passwords } from '../password.ts';
import { type AssetRecord, isGone, type ShareRecord } from '../store/model.ts';
import { type ShareStore, StoreError } from '../store/share-store.ts';
import type { ViewCounts } from '../store/views.ts';
import { createAssetBodies } from './asset-body.ts';
import { readForm } from './form-body.ts';
import { cleanName } from './html.ts';
import { createVisitLimits } from './limits.ts';
import {
  BROKEN,
  goneMessage,
  onceForm,
  passwordForm,
  refusedForm,
  soonMessage,
  tooManyMessage,
  UNKNOWN,
  WRONG_METHOD,
} from './messages.ts';
import { titleOf } from './names.ts';
import { openOnce } from './open-once.ts';
import { createRecentRecords } from './recent-records.ts';
import { bytesHeaders, type Exchange, isTerminal, type Page, sendBytes, sendPage } from './send.ts';
import { createShortLived } from './short-lived.ts';
import { collectionView } from './views.ts';
import { zipOf } from './zip.ts';

export interface PagesNeeds {
  readonly store: ShareStore;
  readonly views: ViewCounts;
  readonly passwords: Passwords;
  readonly now: () => number;
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
  readonly collection?: string;
}

const HOUR_MS = 60 * 60 * 1_000;

/**
 * The pages that links lead to. GET and HEAD change nothing; the one POST opens what asks for a
 * password or opens once. There is no list, and no way to make or take back a share.
 */
export function createPages({ store, views, passwords, now, onFault }: PagesNeeds): Pages {
  const bodies = createAssetBodies(store);
  const records = createRecentRecords(store);
  const limits = createVisitLimits();
  /** Given with the form of an open-once share, and used up by it. */
  const onceKeys = createShortLived(HOUR_MS, 10_000, now);
  /** Given for a right password: the way to the share for an hour. */
  const grants = createShortLived(HOUR_MS, 10_000, now);

  /** Why a share cannot be shown, if it cannot: no byte of it is sent before its time. */
  function closed(share: ShareRecord): Page | undefined {
    if (share.expiresAtMs !== undefined && share.expiresAtMs <= now())
      return goneMessage('expired');
    if (share.opensAtMs !== undefined && share.opensAtMs > now()) {
      return soonMessage(share.opensAtMs, now());
    }
    return undefined;
  }

  async function find(exchange: Exchange, id: string): Promise<ShareRecord | undefined> {
    const share = await records.share(id);
    if (share === undefined) {
      const allowed = await limits.unknown(exchange.request.socket.remoteAddress ?? '');
      sendPage(exchange, allowed.ok ? UNKNOWN : tooManyMessage(allowed.retryAfterS));
      return undefined;
    }
    const page = isGone(share) ? goneMessage(share.gone) : closed(share);
    // Written down at once: a clock that is set back must not bring it to life again.
    if (page?.status === 410 && !isGone(share)) await store.end(id, 'expired');
    if (page !== undefined) sendPage(exchange, page);
    return isGone(share) || page !== undefined ? undefined : share;
  }

  function askFirst(exchange: Exchange, share: ShareRecord, wrong: boolean): void {
    const path = `/s/${share.id}`;
    sendPage(
      exchange,
      share.once
        ? onceForm(path, onceKeys.give(share.id), share.password !== undefined, wrong)
        : passwordForm(path, wrong),
    );
  }

  /** At the link itself: only what asks nothing is shown. */
  const atLink =
    (show: Show) =>
    async (exchange: Exchange, parameters: PathParameters): Promise<void> => {
      const share = await find(exchange, parameters.share ?? '');
      if (share === undefined) return;
      if (share.once || share.password) return askFirst(exchange, share, false);
      await show({ ...exchange, parameters, share, root: `/s/${share.id}` });
    };

  /** Behind a password that was right within the last hour. */
  const atGrant =
    (show: Show) =>
    async (exchange: Exchange, parameters: PathParameters): Promise<void> => {
      const grant = parameters.grant ?? '';
      const share = await find(exchange, grants.look(grant) ?? '');
      if (share !== undefined) await show({ ...exchange, parameters, share, root: `/o/${grant}` });
    };

  async function open(exchange: Exchange, parameters: PathParameters): Promise<void> {
    const share = await find(exchange, parameters.share ?? '');
    if (share === undefined) return;
    const form = await readForm(exchange.request);
    if (share.once && onceKeys.take(form.get('key') ?? '') !== share.id) {
      return askFirst(exchange, share, false);
    }
    if (share.password) {
      const allowed = await limits.password(share.id);
      if (!allowed.ok) return sendPage(exchange, tooManyMessage(allowed.retryAfterS));
      const right = await passwords.matches(
        (form.get('password') ?? '').slice(0, 200),
        share.password,
      );
      if (!right) return askFirst(exchange, share, true);
    }
    if (share.once) return openOnce(exchange, store, share.id);
    exchange.response.writeHead(303, {
      ...COMMON_HEADERS,
      Location: `/o/${grants.give(share.id)}`,
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
      : { asset, path: `${root}/${item}`, collection: root };
  }

  const ofItem =
    (show: (visit: Visit, item: Item) => Promise<void>): Show =>
    async (visit) => {
      const item = await itemOf(visit);
      if (item === undefined) sendPage(visit, UNKNOWN);
      else await show(visit, item);
    };

  const showItem = ofItem(async (visit, { asset, ...place }) => {
    const { request } = visit;
    if (isTerminal(request) && (await bodies.kindOf(asset)).kind === 'text') {
      return sendBytes(visit, store, asset, 'text/plain; charset=utf-8', 'inline');
    }
    const source = (request.url ?? '').endsWith('?source');
    const { html, script } = await bodies.bodyOf(asset, place, source);
    sendPage(visit, { status: 200, title: titleOf(asset), body: html, script });
  });

  const showShare: Show = async (visit) => {
    const { share, root, request } = visit;
    const allowed = await limits.page(request.socket.remoteAddress ?? '');
    if (!allowed.ok) return sendPage(visit, tooManyMessage(allowed.retryAfterS));
    if (request.method === 'GET') views.add(share.id);
    if (!share.collection) return showItem(visit);
    const items = await Promise.all(
      share.assetIds.map(async (id) => {
        const asset = await records.asset(id);
        return asset === undefined || isGone(asset)
          ? { title: 'Deleted', sizeBytes: 0, gone: true }
          : { title: titleOf(asset), sizeBytes: asset.sizeBytes, gone: false };
      }),
    );
    const title = cleanName(share.name ?? '') || 'Collection';
    const plain = items.map((item, index) => `${root}/${index + 1}/raw\t${item.title}`).join('\n');
    sendPage(visit, { status: 200, title, body: collectionView(title, root, items), plain });
  };

  /** The bytes as they are: inline for what can do no harm, as plain text or as a download else. */
  const showRaw = ofItem(async (visit, { asset }) => {
    const kind = await bodies.kindOf(asset);
    const type = kind.kind === 'text' ? 'text/plain; charset=utf-8' : kind.mime;
    await sendBytes(visit, store, asset, type, kind.kind === 'file' ? 'attachment' : 'inline');
  });

  const download = ofItem((visit, { asset }) =>
    sendBytes(visit, store, asset, 'application/octet-stream', 'attachment'),
  );

  const zip: Show = async (visit) => {
    const { share, request, response } = visit;
    if (!share.collection) return sendPage(visit, UNKNOWN);
    const name = `${cleanName(share.name ?? '').replace(/[^\p{L}\p{N}._ -]/gu, '_') || 'Collection'}.zip`;
    response.writeHead(200, bytesHeaders('application/zip', name, 'attachment'));
    if (request.method === 'HEAD') response.end();
    else await pipeline(await zipOf(await store.assets(share.assetIds), store), response);
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
  ];
  const route = createRouter(routes);

  async function answer(exchange: Exchange): Promise<void> {
    const { method = '', url = '' } = exchange.request;
    const found = route(method === 'HEAD' ? 'GET' : method, url.split('?', 1)[0] ?? '');
    if (found.kind === 'unknown') return sendPage(exchange, UNKNOWN);
    if (found.kind === 'wrong-method') return sendPage(exchange, WRONG_METHOD);
    await found.handle(exchange, found.parameters);
  }

  return {
    handle(request, response) {
      const exchange = { request, response };
      answer(exchange).catch((error: unknown) => {
        // A visitor who left in the middle of a download is no fault.
        if (response.destroyed || response.headersSent) {
          response.destroy();
          return;
        }
        if (error instanceof HttpFault) return sendPage(exchange, refusedForm(error.status));
        // It went between our look at it and now.
        if (error instanceof StoreError || (error as NodeJS.ErrnoException).code === 'ENOENT') {
          return sendPage(exchange, goneMessage('deleted'));
        }
        onFault(error);
        sendPage(exchange, BROKEN);
      });
    },
    forget() {
      bodies.forget();
      records.forget();
    },
  };
}
