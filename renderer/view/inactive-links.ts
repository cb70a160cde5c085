import type { LinkView } from '../../preload/contract.ts';
import { isActive } from './shown-state.ts';

/** How long a link that ended stays among the others, in ms. */
const STAYS_MS = 86_400_000;

interface ByActivity {
  readonly current: readonly LinkView[];
  /** Ended more than a day ago. */
  readonly inactive: readonly LinkView[];
}

/** Separates the links that ended more than a day before `nowMs`, in ms since 1970. */
export function splitInactive(links: readonly LinkView[], nowMs: number): ByActivity {
  const current: LinkView[] = [];
  const inactive: LinkView[] = [];
  for (const link of links) {
    const isInactive = !isActive(link, nowMs) && nowMs - endedAtMs(link, nowMs) > STAYS_MS;
    (isInactive ? inactive : current).push(link);
  }
  return { current, inactive };
}

/** When the link ended; `nowMs` while something is still being done about it. */
function endedAtMs(link: LinkView, nowMs: number): number {
  const { ended, expiresAtMs, restorableUntilMs, revokedAtMs, revokeVerification, state } = link;
  const isUnderWay =
    state === 'revoking' || restorableUntilMs !== undefined || revokeVerification !== undefined;
  return isUnderWay ? nowMs : (ended?.atMs ?? revokedAtMs ?? expiresAtMs ?? nowMs);
}
