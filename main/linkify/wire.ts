import * as v from 'valibot';
import { confirmedOptionsOf } from '../share-options.ts';
import type { CloudState, ShareExtension } from './model.ts';

/**
 * The answers of the Linkify API, as far as they are used: fields that we don't know are ignored,
 * and null is the same as absent. Nothing past this file knows the wire's shapes.
 */

/** Longest id taken, in characters; the API's own are UUIDs. */
const MAX_ID_LENGTH = 200;

/**
 * Whether an id can stand in a path. `.` and `..` would climb out of it even when encoded, and
 * lone surrogates cannot be encoded; all else is.
 */
export function isUsableId(text: string): boolean {
  return (
    text.length > 0 &&
    text.length <= MAX_ID_LENGTH &&
    text !== '.' &&
    text !== '..' &&
    !/[\p{Cc}\p{Cs}]/u.test(text)
  );
}

const id = v.pipe(v.string(), v.check(isUsableId));
/** A value that is only shown or only helps: a wrong one is as good as none. */
const lenient = <T extends v.GenericSchema>(schema: T) =>
  v.fallback(v.optional(schema), () => undefined);

const timestamp = v.object({ value: v.string() });

const application = v.object({
  id,
  name: v.string(),
  version: v.string(),
  platform: v.string(),
  onboarded: v.boolean(),
  privacy: v.string(),
});

/** How our own server identifies itself (docs/api/linkify.md). */
const identity = v.object({ service: v.literal('linkify-tray') });

export const contextSchema = v.object({ application, 'x-linkify': lenient(identity) });

const CLOUD_STATES: ReadonlyMap<string, CloudState> = new Map([
  ['PENDING', 'pending'],
  ['RUNNING', 'running'],
  ['FAILED', 'failed'],
  ['SUCCEEDED', 'succeeded'],
  ['DISCONNECTED', 'disconnected'],
]);

const allocation = v.object({ status: lenient(v.object({ cloud: lenient(v.string()) })) });

const profile = v.object({
  id,
  name: lenient(v.string()),
  email: lenient(v.string()),
  allocation: v.nullish(allocation),
});

export const userSchema = v.object({ user: v.nullish(profile) });

export const allocationSchema = allocation;

export function cloudStateOf(
  found: v.InferOutput<typeof allocation> | null | undefined,
): CloudState {
  if (found === null || found === undefined) return 'never-connected';
  const word = found.status?.cloud;
  return CLOUD_STATES.get(word ?? '') ?? 'unknown';
}

export const assetSchema = v.object({ id, name: lenient(v.string()) });

const assetRefs = v.object({ iterable: lenient(v.array(v.object({ id }))) });

/** What our own server sends of a share beyond the API. Its options are read by their own schema. */
const extensionSchema = v.looseObject({
  expiresAt: lenient(v.string()),
  opensAt: lenient(v.string()),
  views: v.fallback(v.pipe(v.number(), v.safeInteger(), v.minValue(0)), 0),
  lastViewedAt: lenient(v.string()),
});

export const shareSchema = v.object({
  id,
  link: lenient(v.string()),
  name: lenient(v.string()),
  created: lenient(timestamp),
  asset: lenient(v.object({ id })),
  assets: lenient(assetRefs),
  'x-linkify': lenient(extensionSchema),
});

export type WireShare = v.InferOutput<typeof shareSchema>;

export const sharesSchema = v.object({ iterable: v.array(v.unknown()) });

export const updateStatusSchema = v.object({
  status: lenient(v.string()),
  percentage: lenient(v.pipe(v.number(), v.minValue(0), v.maxValue(100))),
});

/** `ok:` and a UUID. */
export const HEALTH = /^"?ok:([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})"?\s*$/i;

/** A version at the start of a text; what follows it is not looked at. */
const VERSION = /^"?v?(\d{1,6}\.\d{1,6}\.\d{1,6}(?:[-+][0-9A-Za-z.+-]{1,40})?)/;

export function versionIn(text: string): string | undefined {
  return VERSION.exec(text)?.[1];
}

/** ms since 1970; `undefined` for what is no date. */
export function millisOf(time: { readonly value: string } | undefined): number | undefined {
  const ms = time === undefined ? Number.NaN : Date.parse(time.value);
  return Number.isNaN(ms) ? undefined : ms;
}

/** The options and opens of a share, sent by our own server only. */
export function extensionOf(share: WireShare): ShareExtension | undefined {
  const extension = share['x-linkify'];
  if (extension === undefined) return undefined;
  const { expiresAt, opensAt, lastViewedAt, views, ...options } = extension;
  const time = (value: string | undefined): number | undefined => {
    const ms = value === undefined ? undefined : millisOf({ value });
    return ms === undefined || ms < 0 ? undefined : ms;
  };
  const lastViewedAtMs = time(lastViewedAt);
  return {
    ...confirmedOptionsOf({
      ...options,
      expiresAtMs: time(expiresAt),
      opensAtMs: time(opensAt),
    }),
    views,
    ...(lastViewedAtMs === undefined ? {} : { lastViewedAtMs }),
  };
}
