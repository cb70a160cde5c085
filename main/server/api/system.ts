import { send, sendJson } from '../http/response.ts';
import { queryOf } from '../http/router.ts';
import { type ApiHandler, jsonBodyOf, MAX_JSON_BYTES } from './call.ts';
import { largestContent, ownerOf } from './caller.ts';
import { connectSchema, parse } from './requests.ts';
import {
  allocation,
  applicationOf,
  contextOf,
  SERVER_VERSION,
  userProfile,
  wireLargeShareOf,
} from './wire.ts';

/** How many of the largest shares are listed, at most. */
const LARGEST_LIMIT = 100;

export const connect: ApiHandler = async (call, { installation }) => {
  const { application } = parse(connectSchema, await jsonBodyOf(call));
  const known = applicationOf(installation, {
    ...application,
    privacy: application.privacy ?? undefined,
  });
  sendJson(call.response, 200, contextOf(installation, known));
};

export const getUser: ApiHandler = async ({ response }) =>
  sendJson(response, 200, { user: userProfile() });

export const signIn: ApiHandler = async ({ response }) => sendJson(response, 200, userProfile());

export const connectCloud: ApiHandler = async ({ response }) =>
  sendJson(response, 200, allocation());

export const checkForUpdate: ApiHandler = async ({ response }) =>
  sendJson(response, 200, { status: 'UP_TO_DATE' });

/** The server itself; of its storage a user sees their own part. The largest shares only if asked for: finding them reads all shares. */
export const describeServer: ApiHandler = async (call, api) => {
  const { store, quotaBytes, maxContentBytes } = api;
  const { caller } = call;
  const largest = queryOf(call.request).get('largest');
  const count = largest !== null && /^\d{1,3}$/.test(largest) ? Number(largest) : 0;
  const shares =
    count === 0 ? undefined : await store.largest(Math.min(count, LARGEST_LIMIT), ownerOf(caller));
  sendJson(call.response, 200, {
    service: 'linkify-tray',
    version: SERVER_VERSION,
    ...(caller.kind === 'user'
      ? { usedBytes: caller.user.usedBytes, quotaBytes: caller.user.quotaBytes }
      : { usedBytes: await store.readUsedBytes(), quotaBytes: quotaBytes() }),
    maxContentBytes: largestContent(caller, maxContentBytes),
    maxJsonBytes: MAX_JSON_BYTES,
    ...(shares && { largest: shares.map(wireLargeShareOf) }),
  });
};

export const getMetrics: ApiHandler = async ({ response }, { metrics }) => {
  const { contentType, text } = await metrics();
  send(response, 200, contentType, text);
};
