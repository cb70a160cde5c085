import type { AppState } from '../../preload/contract.ts';
import type { AppModel } from './app-model.ts';
import type { FollowAddress } from './follow-address.ts';
import type { Services } from './services.ts';

export interface ShowReachNeeds {
  readonly address: Pick<FollowAddress, 'follow'>;
  readonly services: Pick<Services, 'checkReach'>;
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
}

/** A look that found nothing in the way is good for this long, in ms. */
const FRESH_MS = 10_000;

export function createShowReach({ address, services, model, now }: ShowReachNeeds): ShowReach {
  let fresh: { readonly base: string; readonly untilMs: number } | undefined;
  let looked = false;
  let looks = 0;

  const lookAt = async (base: string): Promise<void> => {
    looked = true;
    looks += 1;
    const mine = looks;
    const found = await services.checkReach();
    // A later look knows better.
    if (found === undefined || mine !== looks) return;
    fresh = found.kind === 'ok' ? { base, untilMs: now() + FRESH_MS } : undefined;
    model.update({ reachCheck: reachView(found, base) });
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
  };
}

function reachView(
  found: { readonly kind: 'ok' | 'no-network' | 'blocked' },
  base: string,
): NonNullable<AppState['reachCheck']> {
  const { hostname, port } = new URL(base);
  return { kind: found.kind, address: hostname, port: Number(port || 80) };
}
