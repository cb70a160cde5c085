import type { OptionsChange, ShareOptions } from '../../share-options.ts';
import { HttpFault } from '../http/fault.ts';
import type { StoredChange } from '../store/change-options.ts';
import type { NewShareOptions, ShareRecord } from '../store/model.ts';
import type { ApiDeps } from './call.ts';

/**
 * What is stored for the options of a share: times instead of durations, a hash instead of a password.
 * @param defaultLifeMs when the share expires if nothing was asked for, in ms from now; `null`: never
 * @throws HttpFault 400 for a one-time collection
 */
export async function storedOptions(
  asked: ShareOptions | null | undefined,
  isCollection: boolean,
  { passwords, defaultLifeMs, now }: Pick<ApiDeps, 'passwords' | 'defaultLifeMs' | 'now'>,
): Promise<NewShareOptions> {
  const { expiresInSeconds, maxOpens, password, graceSeconds = 0, ...others } = asked ?? {};
  if (others.once && isCollection) {
    throw new HttpFault(400, "One-time links can't hold a collection.");
  }
  const lifeMs = expiresInSeconds === undefined ? defaultLifeMs : lifeOf(expiresInSeconds);
  return {
    ...(lifeMs === null ? {} : { expiresAtMs: now() + lifeMs }),
    ...(graceSeconds === 0 ? {} : { opensAtMs: now() + graceSeconds * 1_000 }),
    options: {
      ...others,
      ...(maxOpens === undefined || others.once ? {} : { maxOpens }),
      ...(password === undefined ? {} : { password: await passwords.hash(password) }),
    },
  };
}

/** What is stored for a change of options. */
export async function storedChange(
  { expiresInSeconds, password, ...others }: OptionsChange,
  { passwords, now }: Pick<ApiDeps, 'passwords' | 'now'>,
): Promise<StoredChange> {
  return {
    ...others,
    ...(password === undefined
      ? {}
      : { password: password === null ? null : await passwords.hash(password) }),
    ...(expiresInSeconds === undefined
      ? {}
      : { expiresAtMs: expiresInSeconds === null ? null : now() + expiresInSeconds * 1_000 }),
  };
}

/** The options of a share as the API confirms them; `null` where one isn't set. */
export function wireOptionsOf({ expiresAtMs, opensAtMs, options }: ShareRecord) {
  return {
    expiresAt: timeOrNull(expiresAtMs),
    opensAt: timeOrNull(opensAtMs),
    once: options.once ?? false,
    maxOpens: options.maxOpens ?? null,
    password: options.password !== undefined,
    sharedBy: options.sharedBy ?? null,
  };
}

export function timeOrNull(ms: number | undefined): string | null {
  return ms === undefined ? null : new Date(ms).toISOString();
}

const lifeOf = (seconds: number | null): number | null =>
  seconds === null ? null : seconds * 1_000;
