import type { LinkView } from '../../preload/contract.ts';
import { isActive } from './shown-state.ts';

const SHOWN = 3;

/** Not worth a look, in bytes. */
const SMALL = 1_000_000;

/** The links of this computer that take the most, the largest first. */
export function largestLinks(links: readonly LinkView[], nowMs: number): readonly LinkView[] {
  return links
    .filter((link) => link.canChange && link.sizeBytes >= SMALL && isActive(link, nowMs))
    .toSorted((a, b) => b.sizeBytes - a.sizeBytes)
    .slice(0, SHOWN);
}
