import * as v from 'valibot';
import { HttpFault } from '../http/fault.ts';
import type { Passwords } from '../password.ts';
import type { ShareTerms } from '../store/model.ts';

/** The longest life that can be asked for besides "never": 30 days. */
export const MAX_LIFE_SECONDS = 30 * 24 * 60 * 60;
export const MAX_GRACE_SECONDS = 60;

/** `null`: never. */
const life = v.nullable(
  v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MAX_LIFE_SECONDS)),
);

/** The body of a change of a share's name. */
export const nameSchema = v.strictObject({
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200)),
});

/** The body of a change of a share's end. */
export const expirySchema = v.strictObject({ expiresInSeconds: life });

/**
 * `x-linkify` in the body of /linkify and /linkify/multiple: what this service can do beyond the
 * API. Unknown members are refused, so that nobody takes a misspelt "once" for a promise.
 */
export const termsSchema = v.nullish(
  v.strictObject({
    expiresInSeconds: v.optional(life),
    once: v.optional(v.boolean()),
    password: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(200))),
    graceSeconds: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(MAX_GRACE_SECONDS))),
  }),
);

export type AskedTerms = v.InferOutput<typeof termsSchema>;

export interface TermsNeeds {
  readonly passwords: Passwords;
  /** How long a share lives when nothing is asked, in ms; `null`: for ever. */
  readonly defaultLifeMs: number | null;
  readonly now: () => number;
}

/** @throws HttpFault 400 for an open-once collection */
export async function termsOf(
  asked: AskedTerms,
  collection: boolean,
  { passwords, defaultLifeMs, now }: TermsNeeds,
): Promise<ShareTerms> {
  const { expiresInSeconds, once = false, password, graceSeconds = 0 } = asked ?? {};
  if (once && collection) {
    throw new HttpFault(400, "One-time links can't hold a collection.");
  }
  const lifeMs =
    expiresInSeconds === undefined
      ? defaultLifeMs
      : expiresInSeconds === null
        ? null
        : expiresInSeconds * 1_000;
  return {
    ...(lifeMs === null ? {} : { expiresAtMs: now() + lifeMs }),
    ...(graceSeconds === 0 ? {} : { opensAtMs: now() + graceSeconds * 1_000 }),
    ...(once ? { once } : {}),
    ...(password === undefined ? {} : { password: await passwords.make(password) }),
  };
}
