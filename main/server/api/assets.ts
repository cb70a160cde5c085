import { HttpFault } from '../http/fault.ts';
import { sendJson, sendText } from '../http/response.ts';
import { isTombstone } from '../store/model.ts';
import { type ApiHandler, found, jsonBodyOf } from './call.ts';
import { assetOfSeed, parse, seedSchema } from './requests.ts';
import { assetOfUpload } from './upload.ts';
import { ownApplication, wireAssetOf } from './wire.ts';

export const createAsset: ApiHandler = async (call, { store, installation }) => {
  const seed = parse(seedSchema, await jsonBodyOf(call));
  const created = await store.createAsset(assetOfSeed(seed));
  sendJson(call.response, 200, wireAssetOf(created, ownApplication(installation)));
};

/** The body is the content itself. */
export const uploadAsset: ApiHandler = async ({ request, response }, api) => {
  const created = await api.store.createAsset(assetOfUpload(request, api.maxContentBytes));
  sendJson(response, 200, wireAssetOf(created, ownApplication(api.installation)));
};

export const getAsset: ApiHandler = async ({ parameters, response }, { store, installation }) => {
  const asset = await store.asset(parameters.asset ?? '');
  if (asset === undefined) throw new HttpFault(404, 'Asset not found.');
  if (isTombstone(asset)) throw new HttpFault(410, 'Asset deleted.');
  sendJson(response, 200, wireAssetOf(asset, ownApplication(installation)));
};

export const deleteAsset: ApiHandler = async ({ parameters, response }, { store }) => {
  const id = parameters.asset ?? '';
  found(await store.deleteAsset(id), 'Asset', 'already deleted');
  sendText(response, 200, id);
};
