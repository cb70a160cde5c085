import { safeFileName } from '../../files/file-names.ts';
import { COMMON_HEADERS } from '../http/response.ts';
import { queryOf } from '../http/router.ts';
import { type AssetRecord, isTombstone } from '../store/model.ts';
import type { ShareStore } from '../store/share-store.ts';
import { type Access, expiryNote, type Visit } from './access/access.ts';
import type { VisitLimits } from './access/visit-limits.ts';
import type { AssetBodies } from './asset-body.ts';
import { VARY, wantsList, wantsPage } from './client-kind.ts';
import type { CollectionPages } from './collection-page.ts';
import { encodingOfLabel } from './content/encoding.ts';
import { MAX_NAME_BYTES, titleOf } from './content/names.ts';
import type { ContentGate, ContentKind } from './content-gate.ts';
import { zipOf } from './download/zip.ts';
import { type InCollection, senderOf } from './markup/frame.ts';
import { cleanName } from './markup/html.ts';
import { tooManyMessage, unknownMessage } from './markup/messages.ts';
import type { RecentRecords } from './recent-records.ts';
import { linkedItems } from './render/item-links.ts';
import { type Content, type Page, sendBytes, sendContent, sendPage } from './send.ts';
import type { SmallContents } from './small-contents.ts';

/** What the pages of shares are made from. */
export interface PagesContext {
  readonly store: ShareStore;
  readonly records: RecentRecords;
  readonly contents: SmallContents;
  readonly bodies: AssetBodies;
  readonly collections: CollectionPages;
  readonly limits: VisitLimits;
  readonly gate: ContentGate;
  readonly access: Access;
  /** In ms since 1970. */
  readonly now: () => number;
}

/** Answers a visitor who may see the share. */
export type ShowHandler = (visit: Visit, context: PagesContext) => Promise<void>;

/** One item of a share, and its path for this visitor. */
interface Item {
  readonly asset: AssetRecord;
  readonly path: string;
  readonly collection?: InCollection;
}

/** Limits how often a visitor may ask for what has to be rendered. */
export const limited =
  (show: ShowHandler): ShowHandler =>
  async (visit, context) => {
    const allowed = await context.limits.page(visit.visitor);
    if (allowed.ok) await show(visit, context);
    else sendPage(visit, tooManyMessage(visit.messages, allowed.retryAfterS));
  };

export const showShare: ShowHandler = async (visit, context) => {
  const { share, root, request, messages } = visit;
  if (!share.collection) return showItem(visit, context);
  // A program saves what it gets: the archive is what the link leads to.
  if (!wantsPage(request) && !wantsList(request)) {
    visit.response.setHeader('Vary', VARY);
    return downloadAll(visit, context);
  }
  await sendSharePage(
    visit,
    context,
    'page',
    await context.collections.pageOf(share, root, messages),
  );
};

export const showItem: ShowHandler = async (visit, context) => {
  const item = await itemOf(visit, context);
  if (item === undefined) return sendPage(visit, unknownMessage(visit.messages));
  const { asset, path, collection } = item;
  const { request, messages, share, root } = visit;
  if (!wantsPage(request)) {
    // A page says so by itself.
    visit.response.setHeader('Vary', VARY);
    return sendInline(visit, context, asset);
  }
  const { bodies, records } = context;
  const query = queryOf(request);
  const wanted = query.get('part') ?? '1';
  const shown = await bodies.bodyOf(asset, {
    shareId: share.id,
    messages,
    path,
    collection,
    sender: senderOf(share),
    source: query.has('source'),
    part: /^[1-9]\d{0,5}$/.test(wanted) ? Number(wanted) : 0,
    encoding: encodingOfLabel(query.get('encoding') ?? ''),
    items: collection && (() => linkedItems(share, root, records, bodies)),
  });
  if (shown === undefined) return sendPage(visit, unknownMessage(messages));
  await sendSharePage(visit, context, collection === undefined ? 'page' : 'item', {
    ...shown,
    status: 200,
    title: titleOf(asset, messages),
  });
};

/** The bytes as they are. */
export const showRaw: ShowHandler = async (visit, context) => {
  const item = await itemOf(visit, context);
  if (item === undefined) sendPage(visit, unknownMessage(visit.messages));
  else await sendInline(visit, context, item.asset);
};

export const download: ShowHandler = async (visit, context) => {
  const item = await itemOf(visit, context);
  if (item === undefined) return sendPage(visit, unknownMessage(visit.messages));
  await sendBytes(visit, {
    ...guarded(visit, context),
    ...contentOf(visit, context, item.asset),
    type: 'application/octet-stream',
    disposition: 'attachment',
  });
};

/** A collection as one archive. */
export const downloadAll: ShowHandler = async (visit, context) => {
  const { share, response } = visit;
  const { store } = context;
  if (!share.collection) return sendPage(visit, unknownMessage(visit.messages));
  const name = safeFileName(`${cleanName(share.name ?? '') || 'Collection'}.zip`, MAX_NAME_BYTES);
  const { open, ...archive } = await zipOf(await store.assets(share.assetIds), store);
  await sendContent(visit, {
    ...guarded(visit, context),
    ...archive,
    type: 'application/zip',
    name,
    disposition: 'attachment',
    open: (range) => open(response, range),
  });
};

/** The page itself asks for it once it is visible: that counts as an open. */
export const countOpen: ShowHandler = async (visit, { gate }) => {
  gate.pageViewed(visit, visit.parameters.token ?? '');
  visit.response.writeHead(204, COMMON_HEADERS).end();
};

/** The items of a collection are numbered from 1; a single share has no numbers. */
async function itemOf(
  { share, root, parameters: { item } }: Visit,
  { records }: PagesContext,
): Promise<Item | undefined> {
  const fits = share.collection ? /^[1-9]\d{0,3}$/.test(item ?? '') : item === undefined;
  const id = fits ? share.assetIds[item === undefined ? 0 : Number(item) - 1] : undefined;
  const asset = id === undefined ? undefined : await records.asset(share.id, id);
  if (asset === undefined || isTombstone(asset)) return undefined;
  if (item === undefined) return { asset, path: root };
  const collection = { path: root, number: Number(item), count: share.assetIds.length };
  return { asset, path: `${root}/${item}`, collection };
}

/** Inline for what can do no harm, as plain text or as a download otherwise. */
async function sendInline(visit: Visit, context: PagesContext, asset: AssetRecord): Promise<void> {
  const { bodies } = context;
  const { kind } = await bodies.kindOf(asset);
  await sendBytes(visit, {
    ...guarded(visit, context),
    ...contentOf(visit, context, asset),
    type: await bodies.typeOf(asset),
    disposition: kind === 'file' ? 'attachment' : 'inline',
  });
}

function contentOf(
  { share }: Visit,
  { contents, store }: PagesContext,
  asset: AssetRecord,
): Pick<Content, 'open'> & { readonly asset: AssetRecord } {
  return {
    asset,
    async open(range) {
      const small = await contents.read(share.id, asset);
      if (small === undefined) return await store.open(asset, range);
      return range === undefined ? small : small.subarray(range.start, range.end + 1);
    },
  };
}

/** Sends a page of a share, unless it is refused. */
async function sendSharePage(
  visit: Visit,
  { gate, now }: PagesContext,
  kind: ContentKind,
  page: Page,
): Promise<void> {
  const { refusal, ...seen } = await gate.admit(visit, kind);
  const note = expiryNote(visit.messages, visit.share, now());
  sendPage(visit, refusal ?? { ...page, note, ...seen });
}

/** What holds for all bytes of a share. */
function guarded(visit: Visit, { gate }: PagesContext): Pick<Content, 'isCacheable' | 'admit'> {
  return {
    isCacheable: gate.isCacheable(visit.share),
    admit: async () => (await gate.admit(visit, 'bytes')).refusal,
  };
}
