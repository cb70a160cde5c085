import { HttpFault } from '../http/fault.ts';
import { sendJson, sendText } from '../http/response.ts';
import type { NewAsset } from '../store/add-asset.ts';
import { isTombstone } from '../store/model.ts';
import { type ApiDeps, type ApiHandler, assetIdOf, type Call, found, jsonBodyOf } from './call.ts';
import { largestContent, ownerOf } from './caller.ts';
import { assetOfSeed, parse, seedSchema } from './requests.ts';
import { assetOfUpload, tooLarge } from './upload.ts';
import { ownApplication, wireAssetOf } from './wire.ts';

export const createAsset: ApiHandler = async (call, api) => {
  const { store, installation } = api;
  const seed = parse(seedSchema, await jsonBodyOf(call));
  const created = await store.createAsset(newAssetOf(seed, call, api));
  sendJson(call.response, 200, wireAssetOf(created, ownApplication(installation)));
};

/** The body is the content itself. */
export const uploadAsset: ApiHandler = async ({ caller, request, response }, api) => {
  const asset = assetOfUpload(request, largestContent(caller, api.maxContentBytes));
  const created = await api.store.createAsset({ ...asset, owner: ownerOf(caller) });
  sendJson(response, 200, wireAssetOf(created, ownApplication(api.installation)));
};

export const getAsset: ApiHandler = async (call, api) => {
  const { response } = call;
  const { store, installation } = api;
  const asset = await store.asset(await assetIdOf(call, api));
  if (asset === undefined) throw new HttpFault(404, 'Asset not found.');
  if (isTombstone(asset)) throw new HttpFault(410, 'Asset deleted.');
  sendJson(response, 200, wireAssetOf(asset, ownApplication(installation)));
};

export const deleteAsset: ApiHandler = async (call, api) => {
  const id = await assetIdOf(call, api);
  found(await api.store.deleteAsset(id), 'Asset', 'already deleted');
  sendText(call.response, 200, id);
};

/** A seed as the caller's asset. @throws HttpFault 413 above the limit of the user */
export function newAssetOf(
  seed: Parameters<typeof assetOfSeed>[0],
  { caller }: Call,
  { maxContentBytes }: ApiDeps,
): NewAsset {
  const asset = assetOfSeed(seed);
  const limitBytes = largestContent(caller, maxContentBytes);
  if (asset.content instanceof Uint8Array && asset.content.byteLength > limitBytes) {
    throw tooLarge(limitBytes);
  }
  return { ...asset, owner: ownerOf(caller) };
}
