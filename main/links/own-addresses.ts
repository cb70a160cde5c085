import { EventEmitter } from 'node:events';
import type { AppState } from '../../preload/contract.ts';
import type { ThisComputerTarget } from '../targets/this-computer.ts';
import type { LinkAddressUpdater } from './update-addresses.ts';

type Addresses = NonNullable<AppState['addresses']>;

export interface OwnAddressesDeps {
  readonly thisComputer: Pick<ThisComputerTarget, 'applyAddress'>;
  readonly settings: { values(): { readonly networkInterface: string } };
  /** The addresses of this machine that links can carry now, the most likely first. */
  readonly networkAddresses: () => Addresses;
  readonly address: Pick<LinkAddressUpdater, 'follow'>;
}

/** Which of this computer's addresses links carry: the available ones, and the choice. */
export class OwnAddresses extends EventEmitter<{ changed: [] }> {
  readonly #deps: OwnAddressesDeps;
  #available: Addresses | undefined;
  #applied: string | undefined;

  constructor(deps: OwnAddressesDeps) {
    super();
    this.#deps = deps;
  }

  /** `undefined` before the first `refresh`. */
  available(): Addresses | undefined {
    return this.#available;
  }

  /** The network may have changed. */
  refresh(): void {
    const now = this.#deps.networkAddresses();
    if (JSON.stringify(now) === JSON.stringify(this.#available)) return;
    this.#available = now;
    this.emit('changed');
  }

  /** The choice may have changed: links follow it. */
  async apply(): Promise<void> {
    const { settings, thisComputer, address } = this.#deps;
    const { networkInterface } = settings.values();
    if (networkInterface === this.#applied) return;
    this.#applied = networkInterface;
    await thisComputer.applyAddress();
    await address.follow();
  }
}
