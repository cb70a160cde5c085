import { EventEmitter } from 'node:events';
import { createNetworkWatch } from './desktop/network-watch.ts';
import { onResume } from './desktop/power.ts';
import { wait } from './linkify/wait.ts';
import { followNetwork } from './links/follow-network.ts';
import { createLinkWatch } from './links/open-counts.ts';
import type { RecentLinks } from './links/recent-links.ts';
import { createFollowAddress } from './links/update-addresses.ts';
import { createVerifyLinks } from './links/verify-links.ts';
import { networkAddresses } from './server/network/address.ts';
import type { Settings } from './settings/settings.ts';
import type { AppModel } from './state/app-state.ts';
import { createShowAddresses } from './state/show-addresses.ts';
import { createShowReach } from './state/show-reach.ts';
import { createShowStorage } from './state/show-storage.ts';
import type { Targets } from './targets/targets.ts';

export interface ComposeLinksNeeds {
  readonly model: AppModel;
  readonly settings: Settings;
  readonly links: RecentLinks;
  readonly targets: Targets;
}

export interface LinkEvents {
  /** What is shown of links has changed. */
  changed: [];
}

/** Creates what keeps the list of links true: counts of opens, addresses, verification, reach. */
export function composeLinks(needs: ComposeLinksNeeds) {
  const { model, settings, links, targets } = needs;
  const { thisComputer } = targets;
  const events = new EventEmitter<LinkEvents>();
  const onChange = (): void => void events.emit('changed');

  const opens = createLinkWatch({ links, targets, onNews: onChange });
  thisComputer.events.on('opened', opens.opened);
  thisComputer.events.on('ended', opens.ended);
  const address = createFollowAddress({ links, targets, thisComputer, onChange });
  // The list's links carry host and port at which they open.
  thisComputer.events.on('port', () => void address.follow());
  const verification = createVerifyLinks({
    links,
    targets,
    current: address.current,
    wait,
    now: Date.now,
  });
  verification.events.on('changed', onChange);
  const reach = createShowReach({
    address,
    thisComputer,
    model,
    now: () => performance.now(),
  });
  const network = createNetworkWatch({ onEvents: onResume });
  const addresses = createShowAddresses({
    model,
    thisComputer,
    settings,
    networkAddresses,
    address,
  });
  const stopFollowing = followNetwork({
    links,
    targets,
    network,
    checkOnce: () => void reach.lookOnce(),
    check() {
      addresses.refresh();
      void reach.lookNow();
    },
  });
  const storage = createShowStorage({ model, thisComputer });

  return {
    events,
    opens,
    address,
    verification,
    reach,
    network,
    addresses,
    storage,
    /** The window was opened: what it shows is read again. */
    catchUp() {
      void targets.refresh().then(opens.catchUp);
      void storage.refresh();
      void reach.look();
      addresses.refresh();
    },
    stop() {
      stopFollowing();
      verification.stop();
    },
  };
}
