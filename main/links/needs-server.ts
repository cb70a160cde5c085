import type { Failures } from '../failures/failures.ts';
import { serviceStartFault } from '../failures/faults.ts';
import type { Targets } from '../targets/targets.ts';
import type { LinkReach } from './reach.ts';
import type { RecentLinks } from './recent-links.ts';
import type { RecentLink } from './schema.ts';

/**
 * Whether the built-in server must run from the start: for active links, and for links revoked
 * right before a crash, whose content must still be deleted.
 */
export function needsServer(
  links: readonly RecentLink[],
  targets: Pick<Targets, 'capabilitiesOf'>,
): boolean {
  return links.some(
    ({ service, state, closedUntilMs }) =>
      targets.capabilitiesOf(service).inProcess &&
      (state === 'active' || closedUntilMs !== undefined),
  );
}

/** The service has started: it has ended what was closed, as far as its time was over. */
export function removeClosed(links: Pick<RecentLinks, 'updateAll'>, nowMs: number): void {
  links.updateAll(({ closedUntilMs }) =>
    closedUntilMs !== undefined && closedUntilMs <= nowMs
      ? { closedUntilMs: undefined }
      : undefined,
  );
}

/** Starts the built-in server if links need it, so that they open again after a start of the app. */
export function serveLinks(deps: {
  readonly links: RecentLinks;
  readonly targets: Targets;
  readonly reach: LinkReach;
  readonly failures: Failures;
}): void {
  const { links, targets, reach, failures } = deps;
  if (!needsServer(links.list(), targets)) return;
  targets.thisComputer
    .client()
    .then(() => removeClosed(links, Date.now()))
    // The links on disk, which `--list` prints, get their current address.
    .then(() => reach.checkOnce())
    .catch((error) => failures.report(serviceStartFault(error).fault));
}
