import type { ScanResult } from '../secrets/masking.ts';
import type { SeenKind } from './describe-content.ts';

/** What happens after a copy: nothing, a quiet offer to share it, or a share. */
export type CopyMode = 'manual' | 'offer' | 'automatic';

/** The kinds that a mode can be chosen for. */
export const MODE_KINDS = ['text', 'code', 'url', 'html', 'colour', 'image', 'files'] as const;
export type ModeKind = (typeof MODE_KINDS)[number];

export interface CopySeen {
  readonly kind: SeenKind;
  readonly concealed: boolean;
  /** What a scan of its text came to; `undefined` for what has no text. */
  readonly scan: ScanResult | undefined;
}

export interface ModeSettings {
  readonly mode: CopyMode;
  /** Only these kinds are offered or shared by themselves. */
  readonly kinds: readonly ModeKind[];
}

/** When offers and automatic shares were made, on any one clock, in ms; newest last. */
export interface ModePast {
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
 * What to do about a copy that no one asked to share. Concealed clips are left alone in every
 * mode; what looks like a secret, or could not be scanned, is never shared without being asked
 * for, and not offered either.
 */
export function decideOnCopy(
  seen: CopySeen,
  { mode, kinds }: ModeSettings,
  past: ModePast,
  nowMs: number,
): CopyDecision {
  if (mode === 'manual' || seen.concealed || !isAmong(seen.kind, kinds)) return 'nothing';
  if (seen.scan !== undefined && (!seen.scan.ok || seen.scan.secrets.length > 0)) return 'nothing';
  if (mode === 'automatic') {
    const recent = past.sharesMs.filter((atMs) => nowMs - atMs < MINUTE_MS);
    if (recent.length < SHARES_A_MINUTE) return 'share';
  }
  const last = past.offersMs.at(-1);
  return last !== undefined && nowMs - last < OFFER_PAUSE_MS ? 'nothing' : 'offer';
}

function isAmong(kind: SeenKind, kinds: readonly ModeKind[]): boolean {
  return kinds.some((chosen) => chosen === kind);
}
