import type { Outcome, ReachStep, ReachView } from '../../preload/contract.ts';
import type { FollowAddress } from '../links/update-addresses.ts';
import type { ReachCheck, ThisComputerTarget } from '../targets/this-computer.ts';
import type { AppModel } from './app-state.ts';

export interface ShowReachNeeds {
  readonly address: Pick<FollowAddress, 'follow'>;
  readonly thisComputer: Pick<ThisComputerTarget, 'checkReach'>;
  readonly model: Pick<AppModel, 'update'>;
  /** A steady clock, in ms. */
  readonly now: () => number;
}

/** Shows whether links of this computer open where they say. */
export interface ShowReach {
  /** Looks unless it has just looked at this address and found nothing in the way. */
  look(): Promise<void>;
  /** Looks in any case: the network changed, or someone asked. */
  lookNow(): Promise<void>;
  /** Looks if it never did: links have an address since the first one was made. */
  lookOnce(): Promise<void>;
  /** What the note's buttons do. */
  act(step: ReachStep): Promise<Outcome<null>>;
}

/** A look that found nothing in the way is good for this long, in ms. */
const FRESH_MS = 10_000;

export function createShowReach(needs: ShowReachNeeds): ShowReach {
  const { address, thisComputer, model, now } = needs;
  let fresh: { readonly base: string; readonly untilMs: number } | undefined;
  let shown: ReachView | null = null;
  /** The dismissed state; it is shown again once it has changed, and in the next run. */
  let dismissed: string | undefined;
  let looked = false;
  let looks = 0;

  const show = (view: ReachView | null): void => {
    shown = view;
    model.update({ reachCheck: view });
  };

  const lookAt = async (base: string): Promise<void> => {
    looked = true;
    looks += 1;
    const mine = looks;
    const found = await thisComputer.checkReach();
    // A later look knows better.
    if (mine !== looks) return;
    // Links are for this computer alone: there is no way of others to look at.
    if (found === undefined) return show(null);
    const { port } = new URL(base);
    const view = reachView(found, Number(port || 80));
    fresh =
      view.kind === 'ok' || view.kind === 'visited'
        ? { base, untilMs: now() + FRESH_MS }
        : undefined;
    if (dismissed !== keyOf(view)) dismissed = undefined;
    show(dismissed === undefined ? view : { ...view, quiet: true });
  };

  const lookNow = async (): Promise<void> => {
    const base = await address.follow();
    if (base !== undefined) await lookAt(base);
  };

  return {
    async look() {
      const base = await address.follow();
      if (base === undefined || (fresh?.base === base && now() < fresh.untilMs)) return;
      await lookAt(base);
    },
    lookNow,
    async lookOnce() {
      if (!looked) await lookNow();
    },
    async act(step) {
      switch (step) {
        case 'look':
          await lookNow();
          break;
        case 'hide':
          if (shown === null) break;
          dismissed = keyOf(shown);
          show({ ...shown, quiet: true });
      }
      return { ok: true, value: null };
    },
  };
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
