import * as v from 'valibot';

/**
 * The share options, as they are asked for: by the window, the command line, the client and the API
 * of our own server (`x-linkify`). All of them take this schema; it imports nothing else.
 */

/** The longest expiration besides "never", in seconds: 30 days. */
export const MAX_EXPIRATION_SECONDS = 30 * 24 * 60 * 60;

/** `null`: never. */
export const expiresInSeconds = v.nullable(
  v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_EXPIRATION_SECONDS)),
);

/** Unknown members are refused, so that nobody takes a misspelt "once" for a promise. */
export const shareOptionsSchema = v.strictObject({
  /** When the link expires, in seconds from now; `null`: never. */
  expiresInSeconds: v.exactOptional(expiresInSeconds),
  /** Can be opened once, by a click on its page; not for collections. */
  once: v.exactOptional(v.boolean()),
  /** 1 to 200 characters. Stored as a hash only. */
  password: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(200))),
  /** How long the page shows nothing yet, in seconds. */
  graceSeconds: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(60))),
});

export type ShareOptions = Readonly<v.InferOutput<typeof shareOptionsSchema>>;
