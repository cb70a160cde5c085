import type { AppState } from '../../preload/contract.ts';
import type { FollowAddress } from '../links/update-addresses.ts';
import type { ThisComputerTarget } from '../targets/this-computer.ts';
import type { AppModel } from './app-state.ts';

export interface ShowAddressesNeeds {
  readonly model: Pick<AppModel, 'get' | 'update'>;
  readonly thisComputer: Pick<ThisComputerTarget, 'applyAddress'>;
  readonly settings: { values(): { readonly networkInterface: string } };
  /** The addresses of this machine that links can carry now, the likeliest first. */
  readonly networkAddresses: () => NonNullable<AppState['addresses']>;
  readonly address: Pick<FollowAddress, 'follow'>;
}

/** Which of this computer's addresses links carry: what there is to choose, and the choice. */
export interface ShowAddresses {
  /** The network may have changed. */
  refresh(): void;
  /** The choice may have changed: links follow it. */
  apply(): Promise<void>;
}

export function createShowAddresses(needs: ShowAddressesNeeds): ShowAddresses {
  const { model, thisComputer, settings } = needs;
  let applied: string | undefined;

  return {
    refresh() {
      const now = needs.networkAddresses();
      if (JSON.stringify(now) !== JSON.stringify(model.get().addresses)) {
        model.update({ addresses: now });
      }
    },
    async apply() {
      const { networkInterface } = settings.values();
      if (networkInterface === applied) return;
      applied = networkInterface;
      await thisComputer.applyAddress();
      await needs.address.follow();
    },
  };
}
