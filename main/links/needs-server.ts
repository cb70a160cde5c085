import type { Targets } from '../targets/targets.ts';
import type { RecentLinks } from './recent-links.ts';
import type { RecentLink } from './schema.ts';

/**
 * Whether the built-in service has something to do from the start on: links that open, or such as
 * were revoked right before a crash, whose content is still to leave the disk.
 */
export function needsServer(
  links: readonly RecentLink[],
  targets: Pick<Targets, 'capabilitiesOf'>,
): boolean {
  return links.some(
    ({ service, state, closedUntilMs }) =>
      targets.capabilitiesOf(service).inProcess &&
      (state === 'live' || closedUntilMs !== undefined),
  );
}

/** The service has started: it has ended what was closed, as far as its time was over. */
export function forgetClosed(links: Pick<RecentLinks, 'updateAll'>, nowMs: number): void {
  links.updateAll(({ closedUntilMs }) =>
    closedUntilMs !== undefined && closedUntilMs <= nowMs
      ? { closedUntilMs: undefined }
      : undefined,
  );
}
