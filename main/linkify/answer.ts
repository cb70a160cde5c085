import * as v from 'valibot';
import { type BadResponseReason, LinkifyError } from './errors.ts';
import type { HttpAnswer } from './http/http.ts';
import type { Share } from './model.ts';
import { usableLink } from './usable-link.ts';
import { millisOf, shareSchema, sharesSchema, termsOf, type WireShare } from './wire.ts';

/** Where an answer came from, as far as reading it depends on that. */
export interface AnswerContext {
  /** The call asked the service to do something, so an unreadable answer leaves a doubt. */
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

/** A web page is never an answer: another program, or a portal in between. */
export function isWebPage({ headers }: Pick<HttpAnswer, 'headers'>): boolean {
  const type = headers['content-type'];
  return typeof type === 'string' && /^\s*(?:text\/html|application\/xhtml)/i.test(type);
}

/** The answer's JSON, as it came. */
export function jsonOf(answer: HttpAnswer, { changes }: AnswerContext): unknown {
  try {
    return JSON.parse(answer.body.toString('utf8'));
  } catch {
    // Without the cause: its message quotes the text.
    throw badResponse('not-json', changes);
  }
}

/** Checks a value against a schema and answers what of it is used. */
export function shaped<S extends v.GenericSchema>(
  schema: S,
  value: unknown,
  { changes }: AnswerContext,
): v.InferOutput<S> {
  const parsed = v.safeParse(schema, value, { abortEarly: true });
  if (!parsed.success) throw badResponse('wrong-shape', changes);
  return parsed.output;
}

/** A JSON object as it came, once a schema said that it is one. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  // Only called on what an object schema accepted.
  return value as Readonly<Record<string, unknown>>;
}

/** The first share of an answer, the one just made, with a link that may be used. */
export function firstShare(value: unknown, context: AnswerContext): Share {
  const [first] = shaped(sharesSchema, value, context).iterable;
  if (first === undefined) throw badResponse('no-link', context.changes);
  return toShare(shaped(shareSchema, first, context), context);
}

/** All shares of a list that can be used; of two with one id the first. */
export function allShares(value: unknown, context: AnswerContext): readonly Share[] {
  const found = new Map<string, Share>();
  for (const item of shaped(sharesSchema, value, context).iterable) {
    const parsed = v.safeParse(shareSchema, item, { abortEarly: true });
    if (!parsed.success || found.has(parsed.output.id)) continue;
    const link = usableLink(parsed.output.link ?? '', context.serviceHost);
    if (link !== undefined) found.set(parsed.output.id, withLink(parsed.output, link));
  }
  return [...found.values()];
}

export function toShare(share: WireShare, { changes, serviceHost }: AnswerContext): Share {
  if (share.link === undefined || share.link === '') {
    throw badResponse('no-link', changes, share.id);
  }
  const link = usableLink(share.link, serviceHost);
  if (link === undefined) throw badResponse('unusable-link', changes, share.id);
  return withLink(share, link);
}

function withLink(share: WireShare, link: string): Share {
  const createdAtMs = millisOf(share.created);
  const terms = termsOf(share);
  const assetIds = share.asset
    ? [share.asset.id]
    : (share.assets?.iterable ?? []).map((asset) => asset.id);
  return {
    id: share.id,
    link,
    assetIds,
    ...(share.name === undefined ? {} : { name: share.name }),
    ...(createdAtMs === undefined ? {} : { createdAtMs }),
    ...(terms === undefined ? {} : { terms }),
  };
}
