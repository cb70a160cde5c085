import type { ShareTerms } from '../../preload/contract.ts';
import type { SharingFault } from '../failures/faults.ts';
import type { KeptTerms, ShareWishes } from '../linkify/model.ts';
import type { RecentLink } from '../links/schema.ts';
import type { Capabilities } from '../targets/target.ts';
import type { Prepared } from './prepare-items.ts';

/** What holds for a share of which nothing else was said, as Preferences have it. */
export interface UsualTerms {
  /** How long a link lives, in seconds; `null`: until it is revoked. */
  readonly expiresInSeconds: number | null;
  /** How long a link stays closed, in seconds, so that Undo means that nobody has seen it. */
  readonly graceSeconds: number;
}

/** As the settings have it. */
export function usualTerms(settings: {
  readonly expiryHours: number;
  readonly graceSeconds: number;
}): UsualTerms {
  const { expiryHours, graceSeconds } = settings;
  return { expiresInSeconds: expiryHours === 0 ? null : expiryHours * 3_600, graceSeconds };
}

/** What the service is asked for: what was said of this share, the rest as usual. */
export function wishesFor(terms: ShareTerms, usual: UsualTerms): ShareWishes {
  return { ...usual, ...terms };
}

/**
 * Why a share cannot be created with these options, if so. A promise that nobody keeps is refused
 * before anything leaves: a link meant to open once must not become one that opens for ever.
 * @param capabilities of the target; `undefined` while it hasn't told them
 */
export function termsFault(
  terms: ShareTerms,
  prepared: Pick<Prepared, 'items'>,
  capabilities: Pick<Capabilities, 'shareOptions'> | undefined,
): SharingFault | undefined {
  const strict =
    terms.once === true || terms.password !== undefined || terms.expiresInSeconds !== undefined;
  if (strict && capabilities?.shareOptions === false) return { kind: 'terms-not-kept' };
  if (terms.once === true && prepared.items.length > 1) return { kind: 'once-needs-one' };
  return undefined;
}

/** What a link is remembered with, as its service says. The password itself is kept nowhere. */
export function rememberedTerms(
  terms: KeptTerms,
): Pick<RecentLink, 'expiresAtMs' | 'opensAtMs' | 'once' | 'password'> {
  const { expiresAtMs, opensAtMs, once, password } = terms;
  return {
    ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
    ...(opensAtMs === undefined ? {} : { opensAtMs }),
    ...(once ? { once } : {}),
    ...(password ? { password } : {}),
  };
}
