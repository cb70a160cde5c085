import type { AppState } from '../../preload/contract.ts';
import type { Settings } from '../settings/settings.ts';
import type { Targets } from '../targets/targets.ts';
import { followNetwork } from './follow-network.ts';
import { OpenCounts } from './open-counts.ts';
import { OwnAddresses } from './own-addresses.ts';
import { LinkReach } from './reach.ts';
import type { RecentLinks } from './recent-links.ts';
import { StorageUsage } from './storage-usage.ts';
import { createLinkAddressUpdater, type LinkAddressUpdater } from './update-addresses.ts';

export interface ThisComputerLinksDeps {
  readonly links: RecentLinks;
  readonly targets: Targets;
  readonly settings: Settings;
  /** Changes of this computer's network. */
  readonly network: { subscribe(onChange: () => void, everyMs?: number): () => void };
  /** The addresses of this machine that links can carry now, the most likely first. */
  readonly networkAddresses: () => NonNullable<AppState['addresses']>;
}

/** What concerns links of this computer: their address, reach, opens and storage. */
export class ThisComputerLinks {
  readonly opens: OpenCounts;
  readonly address: LinkAddressUpdater;
  readonly addresses: OwnAddresses;
  readonly reach: LinkReach;
  readonly storage: StorageUsage;
  /** Stops following the network. */
  readonly stop: () => void;
  readonly #targets: Targets;

  constructor({ links, targets, settings, network, networkAddresses }: ThisComputerLinksDeps) {
    const { thisComputer } = targets;
    this.#targets = targets;
    this.opens = new OpenCounts({ links, targets, thisComputer });
    this.address = createLinkAddressUpdater({ links, targets, thisComputer });
    const { address, opens } = this;
    this.reach = new LinkReach({ address, thisComputer, now: () => performance.now() });
    this.addresses = new OwnAddresses({ thisComputer, settings, networkAddresses, address });
    const { addresses, reach } = this;
    this.stop = followNetwork({ links, targets, network, addresses, reach });
    this.storage = new StorageUsage({ thisComputer, links, opens });
  }

  /** Updates all of it: it is about to be shown. */
  refresh(): void {
    void this.#targets.refresh().then(() => this.opens.refresh());
    void this.storage.refresh();
    void this.reach.check();
    this.addresses.refresh();
  }
}
