import { EventEmitter } from 'node:events';
import type { Outcome, ReachStep, ReachView } from '../../preload/contract.ts';
import type { ReachCheck, ThisComputerTarget } from '../targets/this-computer.ts';
import type { LinkAddressUpdater } from './update-addresses.ts';

export interface LinkReachDeps {
  readonly address: Pick<LinkAddressUpdater, 'follow'>;
  readonly thisComputer: Pick<ThisComputerTarget, 'checkReach'>;
  /** A monotonic clock, in ms. */
  readonly now: () => number;
}

/** A check that found nothing in the way is good for this long, in ms. */
const FRESH_MS = 10_000;

/** Checks whether links of this computer open for other devices, and owns what was found. */
export class LinkReach extends EventEmitter<{ changed: [] }> {
  readonly #deps: LinkReachDeps;
  #fresh: { readonly base: string; readonly untilMs: number } | undefined;
  #view: ReachView | null | undefined;
  /** The dismissed state; it is shown again once it has changed, and in the next run. */
  #dismissed: string | undefined;
  #wasChecked = false;
  #checks = 0;

  constructor(deps: LinkReachDeps) {
    super();
    this.#deps = deps;
  }

  /** `undefined`: not checked yet; null: links are for this computer alone. */
  view(): ReachView | null | undefined {
    return this.#view;
  }

  /** Checks, unless this address was just checked and nothing was in the way. */
  async check(): Promise<void> {
    const base = await this.#deps.address.follow();
    const fresh = this.#fresh;
    const isFresh = fresh?.base === base && this.#deps.now() < (fresh?.untilMs ?? 0);
    if (base !== undefined && !isFresh) await this.#checkAt(base);
  }

  /** Checks in any case: the network changed, or the user asks for it. */
  async checkNow(): Promise<void> {
    const base = await this.#deps.address.follow();
    if (base !== undefined) await this.#checkAt(base);
  }

  /** Checks unless it was done before: links have an address since the first one was created. */
  async checkOnce(): Promise<void> {
    if (!this.#wasChecked) await this.checkNow();
  }

  /** What the note's buttons do. */
  async act(step: ReachStep): Promise<Outcome<null>> {
    const view = this.#view ?? null;
    switch (step) {
      case 'look':
        await this.checkNow();
        break;
      case 'hide':
        if (view === null) break;
        this.#dismissed = keyOf(view);
        this.#show({ ...view, dismissed: true });
    }
    return { ok: true, value: null };
  }

  async #checkAt(base: string): Promise<void> {
    const { thisComputer, now } = this.#deps;
    this.#wasChecked = true;
    this.#checks += 1;
    const check = this.#checks;
    const found = await thisComputer.checkReach();
    // A later check has a newer result.
    if (check !== this.#checks) return;
    if (found === undefined) {
      this.#show(null);
      return;
    }
    const { port } = new URL(base);
    const view = reachView(found, Number(port || 80));
    const isOpen = view.kind === 'ok' || view.kind === 'visited';
    this.#fresh = isOpen ? { base, untilMs: now() + FRESH_MS } : undefined;
    if (this.#dismissed !== keyOf(view)) this.#dismissed = undefined;
    this.#show(this.#dismissed === undefined ? view : { ...view, dismissed: true });
  }

  #show(view: ReachView | null): void {
    this.#view = view;
    this.emit('changed');
  }
}

function keyOf({ kind, address, port }: ReachView): string {
  return `${kind} ${address} ${port}`;
}

function reachView(found: ReachCheck, port: number): ReachView {
  switch (found.kind) {
    case 'no-network':
      return { kind: found.kind, address: '', port };
    case 'ok':
      return {
        kind: found.visitedAtMs === undefined ? 'ok' : 'visited',
        address: found.address,
        port,
      };
    case 'blocked':
    case 'other-program':
    case 'closed':
      return { kind: found.kind, address: found.address, port };
  }
}
