import type { ShareRecord } from './model.ts';
import { StoreError } from './store-error.ts';
import type { PasswordRecord } from './stored-options.ts';

/** Changes of a share's options. Absent ones stay as they are, `null` removes one. */
export interface StoredChange {
  /** In ms since 1970. */
  readonly expiresAtMs?: number | null;
  readonly once?: boolean;
  readonly maxOpens?: number | null;
  readonly password?: PasswordRecord | null;
}

/**
 * @param opens how often the share was opened so far
 * @throws StoreError `one-time-collection`, `maximum-reached`
 */
export function withChangedOptions(
  share: ShareRecord,
  change: StoredChange,
  opens: number,
): ShareRecord {
  const { expiresAtMs: currentEnd, ...rest } = share;
  const {
    expiresAtMs = currentEnd ?? null,
    once = share.options.once ?? false,
    maxOpens = share.options.maxOpens ?? null,
    password = share.options.password ?? null,
  } = change;
  if (once && share.collection) throw new StoreError({ kind: 'one-time-collection' });
  if (!once && change.maxOpens != null && change.maxOpens <= opens) {
    throw new StoreError({ kind: 'maximum-reached', opens });
  }
  const { once: _, maxOpens: __, password: ___, ...others } = share.options;
  return {
    ...rest,
    ...(expiresAtMs === null ? {} : { expiresAtMs }),
    options: {
      ...others,
      ...(once ? { once } : {}),
      // `once` is stricter, and applies.
      ...(once || maxOpens === null ? {} : { maxOpens }),
      ...(password === null ? {} : { password }),
    },
  };
}
