import type { Targets } from '../targets/targets.ts';
import type { OwnAddresses } from './own-addresses.ts';
import type { LinkReach } from './reach.ts';
import type { RecentLinks } from './recent-links.ts';

/** A share is complete before the first check that its link opens, in ms. */
const AFTER_SHARE_MS = 1_000;

/**
 * How often the addresses are compared for links alone, in ms. Whatever shows or copies a link asks
 * for its current address anyway.
 */
const COMPARE_MS = 15_000;

export interface FollowNetworkDeps {
  readonly links: Pick<RecentLinks, 'list' | 'subscribe'>;
  readonly targets: Pick<Targets, 'capabilitiesOf'>;
  readonly network: { subscribe(onChange: () => void, everyMs?: number): () => void };
  readonly addresses: Pick<OwnAddresses, 'refresh'>;
  readonly reach: Pick<LinkReach, 'checkNow' | 'checkOnce'>;
}

/**
 * While there are links of this computer, keeps their address current and checks that they open.
 * @returns how to stop
 */
export function followNetwork(deps: FollowNetworkDeps): () => void {
  const { links, targets, network, addresses, reach } = deps;
  let stopNetwork: (() => void) | undefined;
  let isCheckDue = false;
  const check = (): void => {
    addresses.refresh();
    void reach.checkNow();
  };
  const watch = (): void => {
    if (stopNetwork === undefined) {
      if (!links.list().some(({ service }) => targets.capabilitiesOf(service).movingAddress))
        return;
      stopNetwork = network.subscribe(check, COMPARE_MS);
    }
    // Links of an earlier run may all be dead: then nothing is served before the next one is made.
    if (isCheckDue) return;
    isCheckDue = true;
    setTimeout(() => {
      isCheckDue = false;
      void reach.checkOnce();
    }, AFTER_SHARE_MS).unref();
  };
  const stopLinks = links.subscribe(watch);
  watch();
  return () => {
    stopLinks();
    stopNetwork?.();
  };
}
