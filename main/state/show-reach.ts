import type { Outcome, ReachStep, ReachView } from '../../preload/contract.ts';
import type { FollowAddress } from '../links/update-addresses.ts';
import { type FirewallCommandsNeeds, firewallCommands } from '../shell/firewall-commands.ts';
import type { ReachCheck, ThisComputerTarget } from '../targets/this-computer.ts';
import type { AppModel } from './app-state.ts';

export interface ShowReachNeeds {
  readonly address: Pick<FollowAddress, 'follow'>;
  readonly thisComputer: Pick<ThisComputerTarget, 'checkReach'>;
  readonly model: Pick<AppModel, 'update'>;
  /** A steady clock, in ms. */
  readonly now: () => number;
  readonly system: Pick<FirewallCommandsNeeds, 'platform' | 'program'>;
  /** Notes that the person has put away, or that a visitor has shown to be needless. */
  readonly hidden: {
    has(note: string): boolean;
    add(note: string): void;
  };
  readonly writeText: (text: string) => Promise<void>;
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
  const { address, thisComputer, model, now, hidden } = needs;
  let fresh: { readonly base: string; readonly untilMs: number } | undefined;
  let shown: ReachView | null = null;
  /** What was put away for as long as it stays so: it may not be kept for good. */
  let away: string | undefined;
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
    const view = reachView(found, Number(port || 80), needs.system);
    // Whoever got through once needs no warning, in later runs either.
    if (view.kind === 'visited' && view.firewall !== undefined) hidden.add(noteOf(view));
    fresh =
      view.kind === 'ok' || view.kind === 'visited'
        ? { base, untilMs: now() + FRESH_MS }
        : undefined;
    if (away !== sameOf(view)) away = undefined;
    const isHidden = view.kind === 'may-block' && hidden.has(noteOf(view));
    show(isHidden || away !== undefined ? { ...view, quiet: true } : view);
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
        case 'copy-command':
          if (shown?.commands) await needs.writeText(shown.commands.join('\n'));
          break;
        case 'hide':
          if (shown === null) break;
          away = sameOf(shown);
          // What is known for certain is told again once it has changed, and in the next run.
          if (shown.kind === 'may-block') hidden.add(noteOf(shown));
          show({ ...shown, quiet: true });
      }
      return { ok: true, value: null };
    },
  };
}

/** Another firewall, or another port, is another note. */
function noteOf({ firewall, port }: ReachView): string {
  return `${firewall ?? ''}:${port}`;
}

function sameOf(view: ReachView): string {
  return `${view.kind} ${view.address} ${noteOf(view)}`;
}

/** What may be said of what was found, and no more. */
function reachView(found: ReachCheck, port: number, system: ShowReachNeeds['system']): ReachView {
  if (found.kind === 'no-network') return { kind: found.kind, address: '', port };
  const { address } = found;
  if (found.kind === 'other-program' || found.kind === 'closed') {
    return { kind: found.kind, address, port };
  }
  const name = found.firewall?.name;
  const named = name === undefined ? {} : { firewall: name };
  const wayOut = {
    ...named,
    commands: firewallCommands({ ...system, port, firewall: name }),
  };
  if (found.kind === 'blocked') return { kind: 'blocked', address, port, ...wayOut };
  if (found.firewall?.verdict === 'blocks') {
    return { kind: 'firewall-blocks', address, port, ...wayOut };
  }
  const { visitedAtMs } = found;
  if (visitedAtMs !== undefined) return { kind: 'visited', address, port, ...named };
  if (found.firewall?.verdict === 'unknown') {
    return { kind: 'may-block', address, port, ...wayOut };
  }
  return { kind: 'ok', address, port };
}
