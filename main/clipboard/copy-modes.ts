import type { ScanResult } from '../secrets/masking.ts';
import type { ContentSummaryKind } from './describe-content.ts';

/** Which kinds of copies are offered, or shared automatically. */
export type CopyKinds = 'off' | 'images' | 'images-and-files' | 'everything';

export interface CopySummary {
  readonly kind: ContentSummaryKind;
  readonly concealed: boolean;
  /** What a scan of its text came to; `undefined` for what has no text. */
  readonly scan: ScanResult | undefined;
}

export interface CopyChoices {
  readonly offerToShare: CopyKinds;
  /** Takes precedence over an offer if both apply to a kind. */
  readonly shareAutomatically: CopyKinds;
}

/** When offers and automatic shares were made, on any one clock, in ms; newest last. */
export interface CopyModeHistory {
  readonly offersMs: readonly number[];
  readonly sharesMs: readonly number[];
}

export type CopyDecision = 'nothing' | 'offer' | 'share';

/** An offer is quiet for this long after the one before, in ms. */
export const OFFER_PAUSE_MS = 20_000;

/** More automatic shares than this within a minute look like a program that copies by itself. */
export const SHARES_A_MINUTE = 10;
const MINUTE_MS = 60_000;

/**
 * What to do about a copy that no one asked to share. Concealed clips are left alone whatever was
 * chosen; what looks like a secret, or could not be scanned, is never shared without being asked
 * for, and not offered either.
 */
export function decideOnCopy(
  seen: CopySummary,
  { offerToShare, shareAutomatically }: CopyChoices,
  past: CopyModeHistory,
  nowMs: number,
): CopyDecision {
  if (seen.concealed) return 'nothing';
  if (seen.scan !== undefined && (!seen.scan.ok || seen.scan.secrets.length > 0)) return 'nothing';
  if (isAmong(seen.kind, shareAutomatically)) {
    const recent = past.sharesMs.filter((atMs) => nowMs - atMs < MINUTE_MS);
    if (recent.length < SHARES_A_MINUTE) return 'share';
  } else if (!isAmong(seen.kind, offerToShare)) return 'nothing';
  const last = past.offersMs.at(-1);
  return last !== undefined && nowMs - last < OFFER_PAUSE_MS ? 'nothing' : 'offer';
}

function isAmong(kind: ContentSummaryKind, kinds: CopyKinds): boolean {
  switch (kinds) {
    case 'off':
      return false;
    case 'images':
      return kind === 'image';
    case 'images-and-files':
      return kind === 'image' || kind === 'files';
    case 'everything':
      return kind !== 'empty' && kind !== 'unsupported';
  }
}
