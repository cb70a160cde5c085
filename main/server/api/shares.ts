import { optionsChangeSchema } from '../../share-options.ts';
import { HttpFault } from '../http/fault.ts';
import { sendJson, sendText } from '../http/response.ts';
import { queryOf } from '../http/router.ts';
import { type AssetRecord, isTombstone, type ShareRecord } from '../store/model.ts';
import { StoreError } from '../store/store-error.ts';
import { newAssetOf } from './assets.ts';
import { type ApiDeps, type ApiHandler, found, jsonBodyOf, shareIdOf } from './call.ts';
import { ownerOf } from './caller.ts';
import {
  linkifyMultipleSchema,
  linkifySchema,
  nameSchema,
  parse,
  refuseUnsupportedSharing,
} from './requests.ts';
import { storedChange, storedOptions } from './share-options.ts';
import { wireShareOf } from './wire.ts';

/** How many shares one list holds, unless fewer are asked for. */
const LIST_LIMIT = 500;

/** Creates a link to one item. */
export const linkify: ApiHandler = async (call, api) => {
  const { store } = api;
  const body = parse(linkifySchema, await jsonBodyOf(call));
  const { seed, asset } = body;
  refuseUnsupportedSharing(body);
  if (Boolean(seed) === Boolean(asset))
    throw new HttpFault(400, 'Provide exactly one of "seed" or "asset".');
  const owner = ownerOf(call.caller);
  const created = await api.createOnce(call.request, { body, owner }, async (identity) => {
    const options = {
      ...(await storedOptions(body['x-linkify'], false, api)),
      ...identity,
      ...(owner === undefined ? {} : { owner }),
    };
    if (seed) return store.shareNew(newAssetOf(seed, call, api), options);
    return {
      share: await store.shareExisting([asset?.id ?? ''], { collection: false }, options),
    };
  });
  sendJson(call.response, 200, { iterable: [await toWire(api, created.share, created.asset)] });
};

/** Creates a link to a collection. */
export const linkifyMultiple: ApiHandler = async (call, api) => {
  const body = parse(linkifyMultipleSchema, await jsonBodyOf(call));
  refuseUnsupportedSharing({ access: body.access, distributions: undefined });
  const { assets, name } = body;
  const kind = { collection: true, ...(name ? { name } : {}) };
  const owner = ownerOf(call.caller);
  const { share } = await api.createOnce(call.request, { body, owner }, async (identity) => {
    const options = {
      ...(await storedOptions(body['x-linkify'], true, api)),
      ...identity,
      ...(owner === undefined ? {} : { owner }),
    };
    const created = await api.store
      .shareExisting([...new Set(assets)], kind, options)
      .catch((error: unknown) => {
        // As the API has it: an asset may still be uploading, and the caller asks again.
        if (!(error instanceof StoreError) || error.fault.kind !== 'unknown-asset') throw error;
        const sentence = 'An asset is unknown, or not uploaded yet.';
        throw new HttpFault(417, sentence, {}, { cause: error });
      });
    return { share: created };
  });
  sendJson(call.response, 200, { iterable: [await toWire(api, share)] });
};

export const listShares: ApiHandler = async (call, api) => {
  const query = queryOf(call.request);
  const limit = Number(query.get('limit') ?? LIST_LIMIT);
  const before = query.get('before');
  const shares = await api.store.list({
    owner: ownerOf(call.caller),
    limit: Number.isInteger(limit) && limit > 0 ? Math.min(limit, LIST_LIMIT) : LIST_LIMIT,
    ...(before !== null && /^\d{1,15}$/.test(before) ? { beforeMs: Number(before) } : {}),
  });
  const iterable = await Promise.all(shares.map((share) => toWire(api, share)));
  sendJson(call.response, 200, { iterable });
};

export const getShare: ApiHandler = async (call, api) => {
  const { response } = call;
  const share = await api.store.share(await shareIdOf(call, api));
  if (share === undefined) throw new HttpFault(404, 'Share not found.');
  if (isTombstone(share)) throw new HttpFault(410, `Share is ${share.ended}.`);
  if (share.closed !== undefined) throw new HttpFault(410, `Share is ${share.closed.how}.`);
  sendJson(response, 200, await toWire(api, share));
};

/** The state of a share, also after its end: the sender sees when it was opened. */
export const getShareState: ApiHandler = async (call, api) => {
  const { response } = call;
  const share = await api.store.share(await shareIdOf(call, api));
  if (share === undefined) throw new HttpFault(404, 'Share not found.');
  const { id } = share;
  if (isTombstone(share)) {
    const endedAt = new Date(share.endedAtMs).toISOString();
    return sendJson(response, 200, { id, state: share.ended, endedAt });
  }
  if (share.closed !== undefined && share.closed.how !== 'revoked') {
    const endedAt = new Date(share.closed.fromMs).toISOString();
    return sendJson(response, 200, { id, state: share.closed.how, endedAt });
  }
  if (share.closed !== undefined) {
    const closedUntil = new Date(share.closed.untilMs).toISOString();
    return sendJson(response, 200, { id, state: 'closed', closedUntil });
  }
  sendJson(response, 200, { id, state: 'active', share: await toWire(api, share) });
};

/** Revokes for good. */
export const revokeShare: ApiHandler = async (call, api) => {
  const id = await shareIdOf(call, api);
  found(await api.store.end(id, 'revoked'), 'Share', 'already revoked');
  sendText(call.response, 200, id);
};

/** Revokes a share that can be restored within some seconds. */
export const closeShare: ApiHandler = async (call, api) => {
  const id = await shareIdOf(call, api);
  const { untilMs } = found(await api.store.close(id), 'Share', 'already revoked');
  sendJson(call.response, 200, { id, closedUntil: new Date(untilMs).toISOString() });
};

export const reopenShare: ApiHandler = async (call, api) => {
  const share = await api.store.reopen(await shareIdOf(call, api));
  sendJson(call.response, 200, await toWire(api, found(share, 'Share', 'permanently deleted')));
};

/** Responds once the change is on disk; what was rendered and who had access before is void by then. */
export const changeOptions: ApiHandler = async (call, api) => {
  const { store, views } = api;
  const id = await shareIdOf(call, api);
  const change = await storedChange(parse(optionsChangeSchema, await jsonBodyOf(call)), api);
  // A maximum counts the opens of the last seconds, too.
  await views.flush();
  const share = await store.changeOptions(id, change);
  sendJson(call.response, 200, await toWire(api, found(share, 'Share', 'already revoked')));
};

export const renameShare: ApiHandler = async (call, api) => {
  const id = await shareIdOf(call, api);
  const { name } = parse(nameSchema, await jsonBodyOf(call));
  const renamed = found(await api.store.rename(id, name), 'Share', 'already revoked');
  sendJson(call.response, 200, { id, ...renamed });
};

/** @param created the asset of a share that was created just now: nobody has opened it */
async function toWire({ store, views, pages }: ApiDeps, share: ShareRecord, created?: AssetRecord) {
  const asset = share.collection
    ? undefined
    : (created ?? (await store.assets(share.assetIds.slice(0, 1)))[0]);
  const opens = created === undefined ? await views.of(share.id) : { count: 0 };
  await pages.ensure();
  return wireShareOf(share, `${pages.baseUrl()}/s/${share.id}`, asset, opens);
}
