import type { IncomingMessage, ServerResponse } from 'node:http';
import { HttpFault } from '../http/fault.ts';
import { readJsonBody } from '../http/json-body.ts';
import { send, sendJson, sendText } from '../http/response.ts';
import type { PathParameters, Route } from '../http/router.ts';
import { type AssetRecord, isGone, type ShareRecord } from '../store/model.ts';
import type { ShareStore } from '../store/share-store.ts';
import { StoreError } from '../store/store-error.ts';
import type { ViewCounts } from '../store/views.ts';
import type { createIdempotency } from './idempotency.ts';
import type { createMetrics } from './metrics.ts';
import {
  assetOfSeed,
  connectSchema,
  linkifyMultipleSchema,
  linkifySchema,
  parse,
  refusePromises,
  seedSchema,
} from './requests.ts';
import { expirySchema, nameSchema, type TermsNeeds, termsOf } from './terms.ts';
import { assetOfUpload } from './upload.ts';
import {
  allocation,
  applicationOf,
  assetOf,
  contextOf,
  largeShareOf,
  SERVICE_VERSION,
  shareOf,
  userProfile,
} from './wire.ts';

/** About 17 MB of file as an array of numbers; parsing takes several times that in memory. */
export const MAX_JSON_BYTES = 64 * 1024 * 1024;

/** How many shares one list holds, unless fewer are asked for. */
const LIST_LIMIT = 500;

/** How many of the largest shares are told, at most. */
const LARGEST_LIMIT = 100;

export interface RouteNeeds {
  readonly store: ShareStore;
  readonly views: ViewCounts;
  readonly terms: TermsNeeds;
  /** An id of this data folder. */
  readonly installation: string;
  readonly quotaBytes: () => number;
  readonly maxContentBytes: number;
  readonly metrics: ReturnType<typeof createMetrics>;
  readonly createOnce: ReturnType<typeof createIdempotency>;
  /** The address of a share's page; opens the listener of the pages when it is not open yet. */
  readonly linkTo: (share: ShareRecord) => Promise<string>;
}

export interface Call {
  readonly parameters: PathParameters;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

export type Handle = (call: Call) => Promise<void>;

/** The API's calls, and those of our own under `/x-linkify`. */
export function createRoutes(needs: RouteNeeds): readonly Route<Handle>[] {
  const { store, installation } = needs;
  const application = applicationOf(installation, {
    name: 'OPEN_SOURCE',
    version: SERVICE_VERSION,
    platform: 'UNKNOWN',
  });

  const bodyOf = ({ request }: Call): Promise<unknown> => readJsonBody(request, MAX_JSON_BYTES);
  const get = (path: string, handle: Handle): Route<Handle> => ({ method: 'GET', path, handle });
  const post = (path: string, handle: Handle): Route<Handle> => ({ method: 'POST', path, handle });

  async function shareHere(id: string): Promise<ShareRecord> {
    const share = await store.share(id);
    if (share === undefined) throw new HttpFault(404, 'Share not found.');
    if (isGone(share)) throw new HttpFault(410, `Share is ${share.gone}.`);
    if (share.closed !== undefined) throw new HttpFault(410, 'Share is revoked.');
    return share;
  }

  /** @param made the asset of a share that was made just now */
  async function wireShare(share: ShareRecord, made?: AssetRecord) {
    const asset = share.collection
      ? undefined
      : (made ?? (await store.assets(share.assetIds.slice(0, 1)))[0]);
    const views = made === undefined ? await needs.views.of(share.id) : { count: 0 };
    return shareOf(share, await needs.linkTo(share), asset, views);
  }

  async function linkify(call: Call): Promise<void> {
    const asked = parse(linkifySchema, await bodyOf(call));
    const { seed, asset } = asked;
    refusePromises(asked);
    if (Boolean(seed) === Boolean(asset)) {
      throw new HttpFault(400, 'Provide exactly one of "seed" or "asset".');
    }
    const made = await needs.createOnce(call.request, asked, async (identity) => {
      const terms = { ...(await termsOf(asked['x-linkify'], false, needs.terms)), ...identity };
      if (seed) return store.shareNew(assetOfSeed(seed), terms);
      return {
        share: await store.shareExisting([asset?.id ?? ''], { collection: false }, terms),
      };
    });
    sendJson(call.response, 200, { iterable: [await wireShare(made.share, made.asset)] });
  }

  async function linkifyMultiple(call: Call): Promise<void> {
    const asked = parse(linkifyMultipleSchema, await bodyOf(call));
    refusePromises({ access: asked.access, distributions: undefined });
    const { assets, name } = asked;
    const kind = { collection: true, ...(name ? { name } : {}) };
    const { share } = await needs.createOnce(call.request, asked, async (identity) => {
      const terms = { ...(await termsOf(asked['x-linkify'], true, needs.terms)), ...identity };
      const created = await store
        .shareExisting([...new Set(assets)], kind, terms)
        .catch((error: unknown) => {
          // As the API has it: an asset may be on its way still, and the caller asks again.
          if (!(error instanceof StoreError) || error.fault.kind !== 'unknown-asset') throw error;
          const sentence = 'An asset is unknown, or not uploaded yet.';
          throw new HttpFault(417, sentence, {}, { cause: error });
        });
      return { share: created };
    });
    sendJson(call.response, 200, { iterable: [await wireShare(share)] });
  }

  async function revoke({ parameters, response }: Call): Promise<void> {
    const id = parameters.share ?? '';
    const outcome = await store.end(id, 'revoked');
    if (outcome === 'unknown') throw new HttpFault(404, 'Share not found.');
    if (outcome === 'was-gone') throw new HttpFault(410, 'Share already revoked.');
    sendText(response, 200, id);
  }

  /** Revokes with a way back, for whoever offers an undo. */
  async function close({ parameters, response }: Call): Promise<void> {
    const id = parameters.share ?? '';
    const closed = await store.close(id);
    if (closed === 'unknown') throw new HttpFault(404, 'Share not found.');
    if (closed === 'was-gone') throw new HttpFault(410, 'Share already revoked.');
    sendJson(response, 200, { id, closedUntil: new Date(closed.untilMs).toISOString() });
  }

  async function reopen({ parameters, response }: Call): Promise<void> {
    const share = await store.reopen(parameters.share ?? '');
    if (share === 'unknown') throw new HttpFault(404, 'Share not found.');
    if (share === 'was-gone') throw new HttpFault(410, 'Share permanently deleted.');
    sendJson(response, 200, await wireShare(share));
  }

  async function list({ request, response }: Call): Promise<void> {
    const query = new URLSearchParams(request.url?.split('?', 2)[1] ?? '');
    const limit = Number(query.get('limit') ?? LIST_LIMIT);
    const before = query.get('before');
    const shares = await store.list({
      limit: Number.isInteger(limit) && limit > 0 ? Math.min(limit, LIST_LIMIT) : LIST_LIMIT,
      ...(before !== null && /^\d{1,15}$/.test(before) ? { beforeMs: Number(before) } : {}),
    });
    sendJson(response, 200, { iterable: await Promise.all(shares.map((s) => wireShare(s))) });
  }

  async function asset({ parameters, response }: Call): Promise<void> {
    const found = await store.asset(parameters.asset ?? '');
    if (found === undefined) throw new HttpFault(404, 'Asset not found.');
    if (isGone(found)) throw new HttpFault(410, 'Asset deleted.');
    sendJson(response, 200, assetOf(found, application));
  }

  async function deleteAsset({ parameters, response }: Call): Promise<void> {
    const id = parameters.asset ?? '';
    const outcome = await store.deleteAsset(id);
    if (outcome === 'unknown') throw new HttpFault(404, 'Asset not found.');
    if (outcome === 'was-gone') throw new HttpFault(410, 'Asset already deleted.');
    sendText(response, 200, id);
  }

  /** What became of a share, also after its end: the sender sees when it was opened. */
  async function fate({ parameters, response }: Call): Promise<void> {
    const share = await store.share(parameters.share ?? '');
    if (share === undefined) throw new HttpFault(404, 'Share not found.');
    const { id } = share;
    if (isGone(share)) {
      const endedAt = new Date(share.goneAtMs).toISOString();
      return sendJson(response, 200, { id, state: share.gone, endedAt });
    }
    if (share.closed !== undefined) {
      const closedUntil = new Date(share.closed.untilMs).toISOString();
      return sendJson(response, 200, { id, state: 'closed', closedUntil });
    }
    sendJson(response, 200, { id, state: 'live', share: await wireShare(share) });
  }

  /** Ends a share earlier or later than was said when it was made. */
  async function changeExpiry(call: Call): Promise<void> {
    const id = call.parameters.share ?? '';
    const { expiresInSeconds } = parse(expirySchema, await bodyOf(call));
    const share = await store.changeEnd(
      id,
      expiresInSeconds === null ? undefined : needs.terms.now() + expiresInSeconds * 1_000,
    );
    if (share === 'unknown') throw new HttpFault(404, 'Share not found.');
    if (share === 'was-gone') throw new HttpFault(410, 'Share already revoked.');
    sendJson(call.response, 200, await wireShare(share));
  }

  async function rename(call: Call): Promise<void> {
    const id = call.parameters.share ?? '';
    const renamed = await store.rename(id, parse(nameSchema, await bodyOf(call)).name);
    if (renamed === 'unknown') throw new HttpFault(404, 'Share not found.');
    if (renamed === 'was-gone') throw new HttpFault(410, 'Share already revoked.');
    sendJson(call.response, 200, { id, ...renamed });
  }

  /** The service itself; what fills it only for who asks, for that looks at each share. */
  async function service({ request, response }: Call): Promise<void> {
    const largest = new URLSearchParams(request.url?.split('?', 2)[1] ?? '').get('largest');
    const count = largest !== null && /^\d{1,3}$/.test(largest) ? Number(largest) : 0;
    sendJson(response, 200, {
      service: 'linkify-tray',
      version: SERVICE_VERSION,
      usedBytes: store.usedBytes(),
      quotaBytes: needs.quotaBytes(),
      maxContentBytes: needs.maxContentBytes,
      maxJsonBytes: MAX_JSON_BYTES,
      ...(count > 0
        ? { largest: (await store.largest(Math.min(count, LARGEST_LIMIT))).map(largeShareOf) }
        : {}),
    });
  }

  const oneShare: Handle = async ({ parameters, response }) =>
    sendJson(response, 200, await wireShare(await shareHere(parameters.share ?? '')));

  return [
    post('/connect', async (call) => {
      const { application: given } = parse(connectSchema, await bodyOf(call));
      const known = applicationOf(installation, { ...given, privacy: given.privacy ?? undefined });
      sendJson(call.response, 200, contextOf(installation, known));
    }),
    get('/user', async ({ response }) => sendJson(response, 200, { user: userProfile() })),
    post('/os/sign_in', async ({ response }) => sendJson(response, 200, userProfile())),
    post('/allocations/connect', async ({ response }) => sendJson(response, 200, allocation())),
    post('/os/update/check', async ({ response }) =>
      sendJson(response, 200, { status: 'UP_TO_DATE' }),
    ),
    post('/assets/create', async (call) => {
      const seed = parse(seedSchema, await bodyOf(call));
      const made = await store.createAsset(assetOfSeed(seed));
      sendJson(call.response, 200, assetOf(made, application));
    }),
    get('/asset/{asset}', asset),
    get('/assets/{asset}', asset),
    post('/assets/{asset}/delete', deleteAsset),
    post('/linkify', linkify),
    post('/linkify/multiple', linkifyMultiple),
    post('/linkify/{share}/revoke', revoke),
    get('/shares', list),
    get('/share/{share}', oneShare),
    get('/shares/{share}', oneShare),
    post('/x-linkify/assets', async ({ request, response }) => {
      const made = await store.createAsset(assetOfUpload(request, needs.maxContentBytes));
      sendJson(response, 200, assetOf(made, application));
    }),
    get('/x-linkify/shares/{share}', fate),
    post('/x-linkify/shares/{share}/expiry', changeExpiry),
    post('/x-linkify/shares/{share}/name', rename),
    post('/x-linkify/shares/{share}/close', close),
    post('/x-linkify/shares/{share}/reopen', reopen),
    get('/metrics', async ({ response }) => {
      const { contentType, text } = await needs.metrics();
      send(response, 200, contentType, text);
    }),
    get('/x-linkify/service', service),
  ];
}
