import type { Targets } from '../targets/targets.ts';
import type { RecentLinks } from './recent-links.ts';

/** A share is complete before the first check that its link opens, in ms. */
const AFTER_SHARE_MS = 1_000;

export interface FollowNetworkDeps {
  readonly links: Pick<RecentLinks, 'list' | 'subscribe'>;
  readonly targets: Pick<Targets, 'capabilitiesOf'>;
  readonly network: { subscribe(onChange: () => void): () => void };
  /** Updates the addresses of links and checks that they open, after a change of the network. */
  readonly check: () => void;
  /** The same, unless it was done before in this run. */
  readonly checkOnce: () => void;
}

/**
 * While there are links of this computer, keeps their address current and checks that they open.
 * @returns how to stop
 */
export function followNetwork(deps: FollowNetworkDeps): () => void {
  const { links, targets, network, check, checkOnce } = deps;
  let stopNetwork: (() => void) | undefined;
  let isLookDue = false;
  const watch = (): void => {
    if (stopNetwork === undefined) {
      if (!links.list().some(({ service }) => targets.capabilitiesOf(service).movingAddress))
        return;
      stopNetwork = network.subscribe(check);
    }
    // Links of an earlier run may all be dead: then nothing is served before the next one is made.
    if (isLookDue) return;
    isLookDue = true;
    setTimeout(() => {
      isLookDue = false;
      checkOnce();
    }, AFTER_SHARE_MS).unref();
  };
  const stopLinks = links.subscribe(watch);
  watch();
  return () => {
    stopLinks();
    stopNetwork?.();
  };
}
