import * as v from 'valibot';
import { type BadResponseReason, LinkifyError } from './errors.ts';
import type { HttpResponse } from './http/exchange.ts';
import type { Share } from './model.ts';
import { usableLink } from './usable-link.ts';
import { extensionOf, millisOf, shareSchema, sharesSchema, type WireShare } from './wire.ts';

/** What reading a response depends on. */
export interface ResponseContext {
  /** The call changes something, so an unreadable response leaves its outcome unknown. */
  readonly changes: boolean;
  readonly serviceHost: string;
}

export function badResponse(
  reason: BadResponseReason,
  outcomeUnknown: boolean,
  shareId?: string,
): LinkifyError {
  return new LinkifyError({
    kind: 'bad-response',
    reason,
    outcomeUnknown,
    ...(shareId === undefined ? {} : { shareId }),
  });
}

/** A web page comes from another program, or from a portal in between. */
export function isWebPage({ headers }: Pick<HttpResponse, 'headers'>): boolean {
  const type = headers['content-type'];
  return typeof type === 'string' && /^\s*(?:text\/html|application\/xhtml)/i.test(type);
}

/** The response's JSON, as received. */
export function jsonOf(response: HttpResponse, { changes }: ResponseContext): unknown {
  try {
    return JSON.parse(response.body.toString('utf8'));
  } catch {
    // Without the cause: its message quotes the text.
    throw badResponse('not-json', changes);
  }
}

/** Checks a value against a schema. @returns the part that is used */
export function validated<S extends v.GenericSchema>(
  schema: S,
  value: unknown,
  { changes }: ResponseContext,
): v.InferOutput<S> {
  const parsed = v.safeParse(schema, value, { abortEarly: true });
  if (!parsed.success) throw badResponse('wrong-shape', changes);
  return parsed.output;
}

/** A JSON object as received, after a schema has checked that it is one. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  // Only called on what an object schema accepted.
  return value as Readonly<Record<string, unknown>>;
}

/** The first share of a response, which was just created, with a link that may be used. */
export function firstShare(value: unknown, context: ResponseContext): Share {
  const [first] = validated(sharesSchema, value, context).iterable;
  if (first === undefined) throw badResponse('no-link', context.changes);
  return toShare(validated(shareSchema, first, context), context);
}

/** All usable shares of a list; the first of two with the same id. */
export function allShares(value: unknown, context: ResponseContext): readonly Share[] {
  const found = new Map<string, Share>();
  for (const item of validated(sharesSchema, value, context).iterable) {
    const parsed = v.safeParse(shareSchema, item, { abortEarly: true });
    if (!parsed.success || found.has(parsed.output.id)) continue;
    const link = usableLink(parsed.output.link ?? '', context.serviceHost);
    if (link !== undefined) found.set(parsed.output.id, withLink(parsed.output, link));
  }
  return [...found.values()];
}

export function toShare(share: WireShare, { changes, serviceHost }: ResponseContext): Share {
  if (share.link === undefined || share.link === '') {
    throw badResponse('no-link', changes, share.id);
  }
  const link = usableLink(share.link, serviceHost);
  if (link === undefined) throw badResponse('unusable-link', changes, share.id);
  return withLink(share, link);
}

function withLink(share: WireShare, link: string): Share {
  const createdAtMs = millisOf(share.created);
  const extension = extensionOf(share);
  const assetIds = share.asset
    ? [share.asset.id]
    : (share.assets?.iterable ?? []).map((asset) => asset.id);
  return {
    id: share.id,
    link,
    assetIds,
    ...(share.name === undefined ? {} : { name: share.name }),
    ...(createdAtMs === undefined ? {} : { createdAtMs }),
    ...(extension === undefined ? {} : { extension }),
  };
}
