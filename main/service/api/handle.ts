import type { IncomingMessage, ServerResponse } from 'node:http';
import { send, sendJson, sendText } from '../http/answer.ts';
import { HttpFault } from '../http/fault.ts';
import { readJsonBody } from '../http/json-body.ts';
import { createRouter, type PathParameters } from '../http/router.ts';
import type { ShareStore } from '../share-store.ts';
import { type AssetRecord, isGone, type ShareRecord } from '../store/model.ts';
import type { createGuard } from './guard.ts';
import {
  assetOfSeed,
  connectSchema,
  linkifyMultipleSchema,
  linkifySchema,
  parse,
  seedSchema,
} from './requests.ts';
import {
  allocation,
  applicationOf,
  assetOf,
  contextOf,
  SERVICE_VERSION,
  shareOf,
  userProfile,
} from './wire.ts';

/** About 17 MB of file as an array of numbers; parsing takes several times that in memory. */
export const MAX_JSON_BYTES = 64 * 1024 * 1024;

/** How many shares one list holds. */
const LIST_LIMIT = 10_000;

export interface ApiNeeds {
  readonly store: ShareStore;
  readonly guard: ReturnType<typeof createGuard>;
  /** An id of this data folder. */
  readonly installation: string;
  /** The address of a share's page; opens the listener of the pages when it is not open yet. */
  readonly linkTo: (share: ShareRecord) => Promise<string>;
  readonly onFault: (status: number, cause: unknown) => void;
}

interface Call {
  readonly parameters: PathParameters;
  body(): Promise<unknown>;
  readonly response: ServerResponse;
}

type Handle = (call: Call) => Promise<void>;

/** Answers the API's requests: who asks is checked first, then the route, then the body. */
export function createApi(
  needs: ApiNeeds,
): (request: IncomingMessage, response: ServerResponse) => void {
  const { store, installation, linkTo } = needs;
  const application = applicationOf(installation, {
    name: 'OPEN_SOURCE',
    version: SERVICE_VERSION,
    platform: 'UNKNOWN',
  });

  const assetHere = async (id: string): Promise<AssetRecord> => {
    const asset = await store.asset(id);
    if (asset === undefined) throw new HttpFault(404, 'There is no such asset.');
    if (isGone(asset)) throw new HttpFault(410, 'That asset was deleted.');
    return asset;
  };
  const shareHere = async (id: string): Promise<ShareRecord> => {
    const share = await store.share(id);
    if (share === undefined) throw new HttpFault(404, 'There is no such share.');
    if (isGone(share)) throw new HttpFault(410, 'That share is gone.');
    return share;
  };
  const wireShare = async (share: ShareRecord, made?: AssetRecord) => {
    const first = share.assetIds[0];
    const asset =
      made ?? (share.collection || first === undefined ? undefined : await store.asset(first));
    return shareOf(share, await linkTo(share), asset && !isGone(asset) ? asset : undefined);
  };

  const linkify: Handle = async ({ body, response }) => {
    const { seed, asset } = parse(linkifySchema, await body());
    if (Boolean(seed) === Boolean(asset)) {
      throw new HttpFault(400, 'Send one seed or one asset.');
    }
    if (seed) {
      const made = await store.createShareOf(assetOfSeed(seed));
      return sendJson(response, 200, { iterable: [await wireShare(made.share, made.asset)] });
    }
    const share = await store.createShare([asset?.id ?? ''], false);
    sendJson(response, 200, { iterable: [await wireShare(share)] });
  };

  const linkifyMultiple: Handle = async ({ body, response }) => {
    const { assets, name } = parse(linkifyMultipleSchema, await body());
    const share = await store.createShare(assets, true, name ?? undefined);
    sendJson(response, 200, { iterable: [await wireShare(share)] });
  };

  const revoke: Handle = async ({ parameters, response }) => {
    const id = parameters.share ?? '';
    if ((await store.share(id)) === undefined) throw new HttpFault(404, 'There is no such share.');
    await store.endShare(id, 'revoked');
    sendText(response, 200, id);
  };

  const oneShare: Handle = async ({ parameters, response }) =>
    sendJson(response, 200, await wireShare(await shareHere(parameters.share ?? '')));

  const find = createRouter<Handle>([
    {
      method: 'POST',
      path: '/connect',
      handle: async ({ body, response }) => {
        const { application: given } = parse(connectSchema, await body());
        const { privacy, ...rest } = given;
        const known = applicationOf(installation, { ...rest, privacy: privacy ?? undefined });
        sendJson(response, 200, contextOf(installation, known, Date.now()));
      },
    },
    {
      method: 'GET',
      path: '/user',
      handle: async ({ response }) => sendJson(response, 200, { user: userProfile(Date.now()) }),
    },
    {
      method: 'POST',
      path: '/os/sign_in',
      handle: async ({ response }) => sendJson(response, 200, userProfile(Date.now())),
    },
    {
      method: 'POST',
      path: '/allocations/connect',
      handle: async ({ response }) => sendJson(response, 200, allocation()),
    },
    {
      method: 'POST',
      path: '/os/update/check',
      handle: async ({ response }) => sendJson(response, 200, { status: 'UP_TO_DATE' }),
    },
    {
      method: 'POST',
      path: '/assets/create',
      handle: async ({ body, response }) => {
        const asset = await store.createAsset(assetOfSeed(parse(seedSchema, await body())));
        sendJson(response, 200, assetOf(asset, application));
      },
    },
    {
      method: 'GET',
      path: '/asset/{asset}',
      handle: async ({ parameters, response }) =>
        sendJson(response, 200, assetOf(await assetHere(parameters.asset ?? ''), application)),
    },
    {
      method: 'POST',
      path: '/assets/{asset}/delete',
      handle: async ({ parameters, response }) => {
        const id = parameters.asset ?? '';
        if ((await store.asset(id)) === undefined) {
          throw new HttpFault(404, 'There is no such asset.');
        }
        await store.deleteAsset(id);
        sendText(response, 200, id);
      },
    },
    { method: 'POST', path: '/linkify', handle: linkify },
    { method: 'POST', path: '/linkify/multiple', handle: linkifyMultiple },
    { method: 'POST', path: '/linkify/{share}/revoke', handle: revoke },
    {
      method: 'GET',
      path: '/shares',
      handle: async ({ response }) => {
        const shares = await store.shares(LIST_LIMIT);
        sendJson(response, 200, { iterable: await Promise.all(shares.map((s) => wireShare(s))) });
      },
    },
    { method: 'GET', path: '/share/{share}', handle: oneShare },
    { method: 'GET', path: '/shares/{share}', handle: oneShare },
  ]);

  /** Told to anyone on this machine: that a service is here, and how old it is. */
  const open: Readonly<Record<string, string>> = {
    '/.well-known/health': `ok:${installation}`,
    '/.well-known/version': SERVICE_VERSION,
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const target = request.url ?? '';
    const path = target.split('?', 1)[0] ?? '';
    const said = Object.hasOwn(open, path) ? open[path] : undefined;
    const verdict = needs.guard({ headers: request.headersDistinct, target }, said === undefined);
    if (verdict.kind === 'refuse') throw new HttpFault(verdict.status, verdict.sentence);
    const method = request.method ?? '';
    if (said !== undefined) {
      if (method !== 'GET' && method !== 'HEAD')
        throw new HttpFault(405, 'Only GET here.', { Allow: 'GET, HEAD' });
      return sendText(response, 200, said);
    }
    const found = find(method, path);
    switch (found.kind) {
      case 'unknown':
        throw new HttpFault(404, 'There is nothing here.');
      case 'wrong-method':
        throw new HttpFault(405, 'Not with this method.', { Allow: found.allow.join(', ') });
      case 'found':
        return found.handle({
          parameters: found.parameters,
          body: () => readJsonBody(request, MAX_JSON_BYTES),
          response,
        });
    }
  };

  return (request, response) => {
    answer(request, response).catch((error: unknown) => {
      const fault = faultFor(error);
      if (fault.status >= 500) needs.onFault(fault.status, error);
      // What is left of a body that was not read must not be taken for the next request.
      const close = request.complete ? {} : { Connection: 'close' };
      send(response, fault.status, 'text/plain; charset=utf-8', fault.sentence, {
        ...close,
        ...fault.headers,
      });
    });
  };
}

/** What is answered for an error: our own faults as they are, a full disk as 507, the rest as 500. */
export function faultFor(error: unknown): HttpFault {
  if (error instanceof HttpFault) return error;
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = 'code' in cause ? String(cause.code) : '';
    if (
      /^(ENOSPC|EDQUOT|EIO|EROFS|EMFILE|ENFILE|LEVEL_IO_ERROR)$/.test(code) ||
      /No space left/.test(cause.message)
    ) {
      return new HttpFault(507, 'The disk does not take it.', {}, { cause: error });
    }
  }
  return new HttpFault(500, 'Something went wrong inside this service.', {}, { cause: error });
}
