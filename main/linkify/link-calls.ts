import {
  type AnswerContext,
  allShares,
  badResponse,
  firstShare,
  jsonOf,
  recordOf,
  shaped,
  toShare,
} from './answer.ts';
import type { Call, Calls } from './calls.ts';
import { LinkifyError } from './errors.ts';
import type { HttpAnswer } from './http/http.ts';
import { bodyOf, bodyOfValue, type JsonParts } from './http/json-body.ts';
import { readWhole, sizeOf, withoutProgress } from './http/upload.ts';
import { whenUploaded } from './http/when-uploaded.ts';
import type { Asset, CallOptions, LinkifyService, Share, ShareItem } from './model.ts';
import { type Application, seedOf } from './seed.ts';
import { assetSchema, isUsableId, shareSchema } from './wire.ts';

const MAX_LIST_BYTES = 16_000_000;
/** A file up to this size goes out in one request, as JSON. */
const STREAMED_FROM_BYTES = 16 * 1024;

export type LinkCalls = Pick<
  LinkifyService,
  | 'createAsset'
  | 'deleteAsset'
  | 'linkify'
  | 'linkifyAsset'
  | 'linkifyMultiple'
  | 'revoke'
  | 'shares'
  | 'share'
>;

/** The calls that create links, read and revoke them. */
export function createLinkCalls(calls: Calls): LinkCalls {
  const { application, asApplication, asUser, changes, patience, reads, send } = calls;

  const makeLink = (
    call: Pick<Call, 'name' | 'path' | 'body' | 'options' | 'collectionName'> & {
      readonly application: Application;
      readonly sizeBytes?: number;
    },
  ): Promise<Share> =>
    send({
      method: 'POST',
      responseMs: patience.cloudMs,
      ...call,
      ...repetition(call),
      onAbandoned: (answer) => void takeBackLink(answer),
    }).then((answer) => firstShare(jsonOf(answer, changes()), changes()));

  /** A link that came after the person cancelled is made dead at once. */
  const takeBackLink = async (answer: HttpAnswer): Promise<void> => {
    try {
      await links.revoke(firstShare(jsonOf(answer, changes()), changes()).id);
    } catch {
      // Nobody waits any more; the link stays in the service's own list.
    }
  };

  /** Our own server takes a file as it is: no number a byte, and nothing held in memory. */
  const streams = (
    { isOurServer }: Application,
    item: ShareItem,
  ): item is ShareItem & { readonly kind: 'file' } =>
    isOurServer && item.kind === 'file' && item.sizeBytes > STREAMED_FROM_BYTES;

  /** A member of our own, for our own server alone. */
  const optionsIn = ({ isOurServer }: Application, callOptions: CallOptions | undefined): object =>
    isOurServer && callOptions?.shareOptions !== undefined
      ? { 'x-linkify': callOptions.shareOptions }
      : {};

  /** With a key our own server can be asked again: it answers with the link that exists. */
  const repetition = ({
    application: { isOurServer },
    options,
  }: {
    readonly application: Application;
    readonly options: CallOptions | undefined;
  }): Pick<Call, 'idempotencyKey' | 'repeatable'> =>
    isOurServer && options?.idempotencyKey !== undefined
      ? { idempotencyKey: options.idempotencyKey, repeatable: true }
      : {};

  const linkifyStreamed = async (
    item: ShareItem,
    callOptions: CallOptions | undefined,
  ): Promise<Share> => {
    const asset = await links.createAsset(item, callOptions);
    try {
      return await links.linkifyAsset(asset, withoutProgress(callOptions));
    } catch (error) {
      await links.deleteAsset(asset.id).catch(() => undefined);
      throw error;
    }
  };

  const links: LinkCalls = {
    createAsset: (item, callOptions) =>
      asUser(callOptions, async (app) => {
        const answer = await send({
          name: 'create-asset',
          method: 'POST',
          ...(streams(app, item)
            ? {
                path: `x-linkify/assets?name=${encodeURIComponent(item.name)}`,
                body: { lengthBytes: item.sizeBytes, stream: () => readWhole(item) },
              }
            : {
                path: 'assets/create?transferables=false',
                body: bodyOf(await seedOf(item, app, callOptions?.signal)),
              }),
          application: app,
          responseMs: patience.createMs,
          options: callOptions,
          sizeBytes: sizeOf(item),
          onAbandoned: (late) => {
            const id = lateAssetId(late);
            if (id !== undefined) links.deleteAsset(id).catch(() => undefined);
          },
        });
        return toAsset(jsonOf(answer, changes()), changes());
      }),

    deleteAsset: (assetId, callOptions) =>
      asApplication(callOptions, async (app) => {
        await unlessGone(
          send({
            name: 'delete-asset',
            method: 'POST',
            path: `assets/${segment(assetId)}/delete`,
            application: app,
            repeatable: true,
            responseMs: patience.quickMs,
            options: callOptions,
          }),
        );
      }),

    async linkify(item, callOptions) {
      if (streams(await application(callOptions?.signal), item)) {
        return linkifyStreamed(item, callOptions);
      }
      return asUser(callOptions, async (app) =>
        makeLink({
          name: 'linkify',
          path: 'linkify',
          body: bodyOf(
            around(await seedOf(item, app, callOptions?.signal), optionsIn(app, callOptions)),
          ),
          application: app,
          options: callOptions,
          sizeBytes: sizeOf(item),
        }),
      );
    },

    linkifyAsset: (asset, callOptions) =>
      asUser(callOptions, (app) =>
        makeLink({
          name: 'linkify-asset',
          path: 'linkify',
          body: bodyOfValue({ access: 'PUBLIC', asset: asset.raw, ...optionsIn(app, callOptions) }),
          application: app,
          options: callOptions,
        }),
      ),

    linkifyMultiple: (assetIds, name, callOptions) =>
      asUser(callOptions, (app) =>
        whenUploaded(
          {
            limitMs: patience.uploadMs,
            pauseMs: patience.uploadPauseMs,
            signal: callOptions?.signal,
            onUploading: callOptions?.onUploading,
          },
          () =>
            makeLink({
              name: 'linkify-multiple',
              path: 'linkify/multiple',
              body: bodyOfValue({
                access: 'PUBLIC',
                assets: assetIds,
                ...(name === undefined ? {} : { name }),
                ...optionsIn(app, callOptions),
              }),
              application: app,
              options: callOptions,
              collectionName: name,
            }),
        ),
      ),

    revoke: (shareId, callOptions) =>
      asUser(callOptions, async (app) => {
        await unlessGone(
          send({
            name: 'revoke',
            method: 'POST',
            path: `linkify/${segment(shareId)}/revoke`,
            application: app,
            repeatable: true,
            responseMs: patience.cloudMs,
            options: callOptions,
          }),
        );
      }),

    shares: (callOptions) =>
      asUser(callOptions, async (app) => {
        const answer = await send({
          name: 'shares',
          method: 'GET',
          path: 'shares',
          application: app,
          responseMs: patience.quickMs,
          maxAnswerBytes: MAX_LIST_BYTES,
          options: callOptions,
        });
        return allShares(jsonOf(answer, reads()), reads());
      }),

    share: (shareId, callOptions) =>
      asApplication(callOptions, async (app) => {
        const answer = await send({
          name: 'share',
          method: 'GET',
          path: `share/${segment(shareId)}`,
          application: app,
          responseMs: patience.quickMs,
          options: callOptions,
        });
        return toShare(shaped(shareSchema, jsonOf(answer, reads()), reads()), reads());
      }),
  };
  return links;
}

/** What is gone already need not be made so. */
async function unlessGone(answer: Promise<unknown>): Promise<void> {
  try {
    await answer;
  } catch (error) {
    if (!(error instanceof LinkifyError && error.fault.kind === 'not-found')) throw error;
  }
}

/** An id as one segment of a path. */
function segment(id: string): string {
  if (!isUsableId(id)) throw badResponse('wrong-shape', false);
  return encodeURIComponent(id);
}

function around({ head, content, tail }: JsonParts, more: object): JsonParts {
  // `{}` adds nothing, `{"x":1}` adds `,"x":1`.
  const rest = JSON.stringify(more).slice(1, -1);
  return {
    head: `{"access":"PUBLIC","seed":${head}`,
    content,
    tail: `${tail}${rest === '' ? '' : `,${rest}`}}`,
  };
}

function toAsset(raw: unknown, context: AnswerContext): Asset {
  const { id, name } = shaped(assetSchema, raw, context);
  return { id, raw: recordOf(raw), ...(name === undefined ? {} : { name }) };
}

function lateAssetId(answer: HttpAnswer): string | undefined {
  try {
    const context: AnswerContext = { changes: true, serviceHost: '' };
    return shaped(assetSchema, jsonOf(answer, context), context).id;
  } catch {
    return undefined;
  }
}
