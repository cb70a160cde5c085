import { get, post, type Route } from '../http/router.ts';
import type { Scope } from '../store/users.ts';
import { createAsset, deleteAsset, getAsset, uploadAsset } from './assets.ts';
import type { ApiHandler } from './call.ts';
import { refuseWithout } from './caller.ts';
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
import {
  addUser,
  disableUser,
  enableUser,
  getAudit,
  getMe,
  listUsers,
  removeUser,
  rotateToken,
} from './users.ts';

/** A handler for tokens with this scope, or more. Other handlers are for all tokens. */
const needs =
  (scope: Scope, handle: ApiHandler): ApiHandler =>
  (call, api) => {
    refuseWithout(scope, call.caller);
    return handle(call, api);
  };

const share = (handle: ApiHandler): ApiHandler => needs('share', handle);
const admin = (handle: ApiHandler): ApiHandler => needs('admin', handle);

/** The calls of the Linkify API, and those of our own under `/x-linkify` (docs/api). */
export const API_ROUTES: readonly Route<ApiHandler>[] = [
  post('/connect', connect),
  get('/user', getUser),
  post('/os/sign_in', signIn),
  post('/os/update/check', checkForUpdate),
  post('/allocations/connect', connectCloud),

  post('/assets/create', share(createAsset)),
  get('/asset/{asset}', getAsset),
  get('/assets/{asset}', getAsset),
  post('/assets/{asset}/delete', share(deleteAsset)),
  post('/x-linkify/assets', share(uploadAsset)),

  post('/linkify', share(linkify)),
  post('/linkify/multiple', share(linkifyMultiple)),
  post('/linkify/{share}/revoke', share(revokeShare)),
  get('/shares', listShares),
  get('/share/{share}', getShare),
  get('/shares/{share}', getShare),
  get('/x-linkify/shares/{share}', getShareState),
  post('/x-linkify/shares/{share}/options', share(changeOptions)),
  post('/x-linkify/shares/{share}/name', share(renameShare)),
  post('/x-linkify/shares/{share}/close', share(closeShare)),
  post('/x-linkify/shares/{share}/reopen', share(reopenShare)),

  get('/x-linkify/service', describeServer),
  get('/x-linkify/me', getMe),
  get('/metrics', admin(getMetrics)),

  get('/x-linkify/users', admin(listUsers)),
  post('/x-linkify/users', admin(addUser)),
  post('/x-linkify/users/{user}/disable', admin(disableUser)),
  post('/x-linkify/users/{user}/enable', admin(enableUser)),
  post('/x-linkify/users/{user}/rotate', admin(rotateToken)),
  post('/x-linkify/users/{user}/remove', admin(removeUser)),
  get('/x-linkify/audit', admin(getAudit)),
];
