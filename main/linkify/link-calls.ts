import type { Call, Connection } from './connection.ts';
import { LinkifyError } from './errors.ts';
import type { HttpResponse } from './http/exchange.ts';
import { bodyOf, bodyOfValue, type JsonParts } from './http/json-body.ts';
import { retryUntilUploaded } from './http/retry-until-uploaded.ts';
import { readWhole, sizeOf, withoutProgress } from './http/upload.ts';
import type { Asset, CallOptions, Share, ShareItem } from './model.ts';
import {
  allShares,
  badResponse,
  firstShare,
  jsonOf,
  type ResponseContext,
  recordOf,
  toShare,
  validated,
} from './response.ts';
import { type Application, seedOf } from './seed.ts';
import { assetSchema, isUsableId, shareSchema } from './wire.ts';

const MAX_LIST_BYTES = 16_000_000;
/** A file up to this size goes out in one request, as JSON. */
const STREAMED_FROM_BYTES = 16 * 1024;

/** Stores an item on the service, without a link. */
export function createAsset(
  connection: Connection,
  item: ShareItem,
  options?: CallOptions,
): Promise<Asset> {
  return connection.asUser(options, async (app) => {
    const response = await connection.send({
      name: 'create-asset',
      method: 'POST',
      ...(isStreamed(app, item)
        ? {
            path: `x-linkify/assets?name=${encodeURIComponent(item.name)}`,
            body: { lengthBytes: item.sizeBytes, stream: () => readWhole(item) },
          }
        : {
            path: 'assets/create?transferables=false',
            body: bodyOf(await seedOf(item, app, options?.signal)),
          }),
      application: app,
      responseMs: connection.timeouts.createMs,
      options,
      sizeBytes: sizeOf(item),
      onAbandoned: (late) => {
        const id = lateAssetId(late);
        if (id !== undefined) deleteAsset(connection, id).catch(() => undefined);
      },
    });
    return toAsset(jsonOf(response, connection.changes), connection.changes);
  });
}

export function deleteAsset(
  connection: Connection,
  assetId: string,
  options?: CallOptions,
): Promise<void> {
  return connection.asApplication(options, async (app) => {
    await unlessGone(
      connection.send({
        name: 'delete-asset',
        method: 'POST',
        path: `assets/${segment(assetId)}/delete`,
        application: app,
        retryable: true,
        responseMs: connection.timeouts.quickMs,
        options,
      }),
    );
  });
}

/** Creates a link for one item; a large file goes to our own server as a stream first. */
export async function linkify(
  connection: Connection,
  item: ShareItem,
  options?: CallOptions,
): Promise<Share> {
  if (isStreamed(await connection.application(options?.signal), item)) {
    return linkifyStreamed(connection, item, options);
  }
  return connection.asUser(options, async (app) =>
    createLink(connection, {
      name: 'linkify',
      path: 'linkify',
      body: bodyOf(seedBody(await seedOf(item, app, options?.signal), extension(app, options))),
      application: app,
      options,
      sizeBytes: sizeOf(item),
    }),
  );
}

/** Creates a link for an asset that exists. */
export function linkifyAsset(
  connection: Connection,
  asset: Asset,
  options?: CallOptions,
): Promise<Share> {
  return connection.asUser(options, (app) =>
    createLink(connection, {
      name: 'linkify-asset',
      path: 'linkify',
      body: bodyOfValue({ access: 'PUBLIC', asset: asset.raw, ...extension(app, options) }),
      application: app,
      options,
    }),
  );
}

/** Creates one link for assets that exist, in this order. */
export function linkifyMultiple(
  connection: Connection,
  assetIds: readonly string[],
  name: string | undefined,
  options?: CallOptions,
): Promise<Share> {
  const { uploadMs, uploadPauseMs } = connection.timeouts;
  const upload = {
    limitMs: uploadMs,
    pauseMs: uploadPauseMs,
    signal: options?.signal,
    onUploading: options?.onUploading,
  };
  return connection.asUser(options, (app) =>
    retryUntilUploaded(upload, () =>
      createLink(connection, {
        name: 'linkify-multiple',
        path: 'linkify/multiple',
        body: bodyOfValue({
          access: 'PUBLIC',
          assets: assetIds,
          ...(name === undefined ? {} : { name }),
          ...extension(app, options),
        }),
        application: app,
        options,
        collectionName: name,
      }),
    ),
  );
}

/** Revokes a link. A link that the service doesn't know counts as revoked. */
export function revoke(
  connection: Connection,
  shareId: string,
  options?: CallOptions,
): Promise<void> {
  return connection.asUser(options, async (app) => {
    await unlessGone(
      connection.send({
        name: 'revoke',
        method: 'POST',
        path: `linkify/${segment(shareId)}/revoke`,
        application: app,
        retryable: true,
        responseMs: connection.timeouts.cloudMs,
        options,
      }),
    );
  });
}

/** All shares of the service, 16 MB of JSON at most. */
export function listShares(
  connection: Connection,
  options?: CallOptions,
): Promise<readonly Share[]> {
  return connection.asUser(options, async (app) => {
    const response = await connection.send({
      name: 'shares',
      method: 'GET',
      path: 'shares',
      application: app,
      responseMs: connection.timeouts.quickMs,
      maxResponseBytes: MAX_LIST_BYTES,
      options,
    });
    return allShares(jsonOf(response, connection.reads), connection.reads);
  });
}

/** One share as it is now. @throws LinkifyError `not-found` */
export function readShare(
  connection: Connection,
  shareId: string,
  options?: CallOptions,
): Promise<Share> {
  return connection.asApplication(options, async (app) => {
    const response = await connection.send({
      name: 'share',
      method: 'GET',
      path: `share/${segment(shareId)}`,
      application: app,
      responseMs: connection.timeouts.quickMs,
      options,
    });
    const raw = jsonOf(response, connection.reads);
    return toShare(validated(shareSchema, raw, connection.reads), connection.reads);
  });
}

type CreateLinkCall = Pick<Call, 'name' | 'path' | 'body' | 'options' | 'collectionName'> & {
  readonly application: Application;
  readonly sizeBytes?: number;
};

async function createLink(connection: Connection, call: CreateLinkCall): Promise<Share> {
  const response = await connection.send({
    method: 'POST',
    responseMs: connection.timeouts.cloudMs,
    ...call,
    ...idempotency(call),
    onAbandoned: (late) => void revokeAbandoned(connection, late),
  });
  return firstShare(jsonOf(response, connection.changes), connection.changes);
}

/** Revokes a link that was created after its call had been cancelled. */
async function revokeAbandoned(connection: Connection, response: HttpResponse): Promise<void> {
  try {
    const { id } = firstShare(jsonOf(response, connection.changes), connection.changes);
    await revoke(connection, id);
  } catch {
    // No caller is left to tell; the link stays in the service's own list.
  }
}

async function linkifyStreamed(
  connection: Connection,
  item: ShareItem,
  options: CallOptions | undefined,
): Promise<Share> {
  const asset = await createAsset(connection, item, options);
  try {
    return await linkifyAsset(connection, asset, withoutProgress(options));
  } catch (error) {
    await deleteAsset(connection, asset.id).catch(() => undefined);
    throw error;
  }
}

/** Our own server takes a file as it is: not as a JSON array of numbers, and not held in memory. */
function isStreamed(
  { isOurServer }: Application,
  item: ShareItem,
): item is ShareItem & { readonly kind: 'file' } {
  return isOurServer && item.kind === 'file' && item.sizeBytes > STREAMED_FROM_BYTES;
}

/** The member with the share options, which only our own server knows. */
function extension({ isOurServer }: Application, options: CallOptions | undefined): object {
  return isOurServer && options?.shareOptions !== undefined
    ? { 'x-linkify': options.shareOptions }
    : {};
}

/** A request with a key can be repeated: our own server responds with the link that exists. */
function idempotency({
  application: { isOurServer },
  options,
}: CreateLinkCall): Pick<Call, 'idempotencyKey' | 'retryable'> {
  return isOurServer && options?.idempotencyKey !== undefined
    ? { idempotencyKey: options.idempotencyKey, retryable: true }
    : {};
}

/** What is gone already counts as deleted. */
async function unlessGone(response: Promise<unknown>): Promise<void> {
  try {
    await response;
  } catch (error) {
    if (!(error instanceof LinkifyError && error.fault.kind === 'not-found')) throw error;
  }
}

/** An id as one segment of a path. */
function segment(id: string): string {
  if (!isUsableId(id)) throw badResponse('wrong-shape', false);
  return encodeURIComponent(id);
}

/** The body of a create: the seed, and further members next to it. */
function seedBody({ head, content, tail }: JsonParts, more: object): JsonParts {
  // `{}` adds nothing, `{"x":1}` adds `,"x":1`.
  const rest = JSON.stringify(more).slice(1, -1);
  return {
    head: `{"access":"PUBLIC","seed":${head}`,
    content,
    tail: `${tail}${rest === '' ? '' : `,${rest}`}}`,
  };
}

function toAsset(raw: unknown, context: ResponseContext): Asset {
  const { id, name } = validated(assetSchema, raw, context);
  return { id, raw: recordOf(raw), ...(name === undefined ? {} : { name }) };
}

function lateAssetId(response: HttpResponse): string | undefined {
  try {
    const context: ResponseContext = { changes: true, serviceHost: '' };
    return validated(assetSchema, jsonOf(response, context), context).id;
  } catch {
    return undefined;
  }
}
