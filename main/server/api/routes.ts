import { get, post, type Route } from '../http/router.ts';
import { createAsset, deleteAsset, getAsset, uploadAsset } from './assets.ts';
import type { ApiHandler } from './call.ts';
import {
  changeOptions,
  closeShare,
  getShare,
  getShareState,
  linkify,
  linkifyMultiple,
  listShares,
  renameShare,
  reopenShare,
  revokeShare,
} from './shares.ts';
import {
  checkForUpdate,
  connect,
  connectCloud,
  describeServer,
  getMetrics,
  getUser,
  signIn,
} from './system.ts';

/** The calls of the Linkify API, and those of our own under `/x-linkify` (docs/api). */
export const API_ROUTES: readonly Route<ApiHandler>[] = [
  post('/connect', connect),
  get('/user', getUser),
  post('/os/sign_in', signIn),
  post('/os/update/check', checkForUpdate),
  post('/allocations/connect', connectCloud),

  post('/assets/create', createAsset),
  get('/asset/{asset}', getAsset),
  get('/assets/{asset}', getAsset),
  post('/assets/{asset}/delete', deleteAsset),
  post('/x-linkify/assets', uploadAsset),

  post('/linkify', linkify),
  post('/linkify/multiple', linkifyMultiple),
  post('/linkify/{share}/revoke', revokeShare),
  get('/shares', listShares),
  get('/share/{share}', getShare),
  get('/shares/{share}', getShare),
  get('/x-linkify/shares/{share}', getShareState),
  post('/x-linkify/shares/{share}/options', changeOptions),
  post('/x-linkify/shares/{share}/name', renameShare),
  post('/x-linkify/shares/{share}/close', closeShare),
  post('/x-linkify/shares/{share}/reopen', reopenShare),

  get('/x-linkify/service', describeServer),
  get('/metrics', getMetrics),
];
