import type { LinkView } from '../../preload/contract.ts';

/** The link whose revoke was the latest, among those that can be restored. */
export function latestRestorable(links: readonly LinkView[]): LinkView | undefined {
  let latest: LinkView | undefined;
  for (const link of links) {
    const untilMs = link.restorableUntilMs;
    if (untilMs !== undefined && untilMs > (latest?.restorableUntilMs ?? 0)) latest = link;
  }
  return latest;
}
