import * as v from 'valibot';

/**
 * The share options, as they are asked for: by the window, the command line, the client and the API
 * of our own server (`x-linkify`). All of them take this schema; it imports nothing else. What a
 * server confirmed is below, for the client, the list of links and the window.
 */

/** The longest expiration besides "never", in seconds: 30 days. */
export const MAX_EXPIRATION_SECONDS = 30 * 24 * 60 * 60;

/** `null`: never. */
export const expiresInSeconds = v.nullable(
  v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_EXPIRATION_SECONDS)),
);

const maxOpens = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000));

export const sharePassword = v.pipe(v.string(), v.minLength(1), v.maxLength(200));

/** The longest name of who shares, in characters. */
export const MAX_SHARED_BY = 60;

/** Unknown members are refused, so that nobody takes a misspelt "once" for a promise. */
export const shareOptionsSchema = v.strictObject({
  /** When the link expires, in seconds from now; `null`: never. */
  expiresInSeconds: v.exactOptional(expiresInSeconds),
  /** Can be opened once, by a click on its page; not for collections. */
  once: v.exactOptional(v.boolean()),
  /** The link ends after so many opens; each visit is one. `once` is stricter, and applies. */
  maxOpens: v.exactOptional(maxOpens),
  /** 1 to 200 characters. Stored as a hash only. */
  password: v.exactOptional(sharePassword),
  /** How long the page shows nothing yet, in seconds. */
  graceSeconds: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(60))),
  /** Who shares it, as its pages say. */
  sharedBy: v.exactOptional(
    v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(MAX_SHARED_BY)),
  ),
});

export type ShareOptions = Readonly<v.InferOutput<typeof shareOptionsSchema>>;

/** Changes of a link that exists. Absent options stay as they are; `null` removes one. */
export const optionsChangeSchema = v.strictObject({
  /** When the link expires, in seconds from the change; `null`: never. */
  expiresInSeconds: v.exactOptional(expiresInSeconds),
  /** `true`: it can be opened once more. Not for collections. */
  once: v.exactOptional(v.boolean()),
  /** Earlier opens count too: it must be more than there were. Ignored for a one-time link. */
  maxOpens: v.exactOptional(v.nullable(maxOpens)),
  /** Who entered an earlier password has to enter the new one. */
  password: v.exactOptional(v.nullable(sharePassword)),
});

export type OptionsChange = Readonly<v.InferOutput<typeof optionsChangeSchema>>;

/** In ms since 1970; a larger one is no time that `Date` knows (ECMA-262, 21.4.1.1). */
export const timeMs = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(8.64e15));

/** The options of a share that exists, as its server confirmed them; absent ones don't apply. */
export const confirmedOptionsSchema = v.object({
  /** When the link expires. */
  expiresAtMs: v.optional(timeMs),
  /** Until then its page shows nothing. */
  opensAtMs: v.optional(timeMs),
  /** One-time link. */
  once: v.optional(v.boolean()),
  /** The link ends after so many opens. */
  maxOpens: v.optional(maxOpens),
  /** Whether its page asks for a password; the password itself is stored nowhere. */
  password: v.optional(v.boolean()),
});

export type ConfirmedOptions = Readonly<v.InferOutput<typeof confirmedOptionsSchema>>;

/** Reads the confirmed options of an object with more members. Invalid ones count as absent. */
export function confirmedOptionsOf(record: object): ConfirmedOptions {
  const { entries } = confirmedOptionsSchema;
  const confirmed = Object.entries(record).filter(
    ([name, value]) =>
      Object.hasOwn(entries, name) &&
      value !== undefined &&
      value !== false &&
      v.is(entries[name as keyof ConfirmedOptions], value),
  );
  // Names and values were checked against the schema.
  return Object.fromEntries(confirmed) as ConfirmedOptions;
}

/** Why a link no longer opens; `used-up`: a one-time link was opened, or the last of `maxOpens`. */
export const SHARE_ENDS = ['revoked', 'expired', 'used-up'] as const;
export type ShareEnd = (typeof SHARE_ENDS)[number];
