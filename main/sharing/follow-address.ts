import type { AppState } from '../../preload/contract.ts';
import type { RecentLinks } from '../links/recent-links.ts';
import type { AppModel } from './app-model.ts';
import type { Services } from './services.ts';

export interface FollowAddressNeeds {
  readonly links: Pick<RecentLinks, 'list' | 'update'>;
  readonly services: Pick<Services, 'pagesBaseUrl' | 'checkReach'>;
  readonly model: Pick<AppModel, 'update'>;
  /** Told after links have another address. */
  readonly onChange: () => void;
  /** A steady clock, in ms. */
  readonly now: () => number;
}

/** Keeps links of this computer at the address where they open now. */
export interface FollowAddress {
  /** Gives links made at an earlier address the one of now. Costs nothing when it is the same. */
  follow(): Promise<void>;
  /** Looks whether links open at their address; at most once in ten minutes, unless it changed. */
  check(): Promise<void>;
}

const CHECK_EVERY_MS = 10 * 60_000;

/** Networks change while a computer runs: it is looked at when a link is looked at or used. */
export function createFollowAddress(needs: FollowAddressNeeds): FollowAddress {
  const { links, services, model } = needs;
  let checkedAt: { readonly base: string; readonly ms: number } | undefined;

  const follow = async (): Promise<void> => {
    const base = await services.pagesBaseUrl();
    if (base === undefined) return;
    let changed = false;
    for (const { id, service, state, link } of links.list()) {
      if (service.kind !== 'built-in' || state === 'revoked') continue;
      const moved = linkAt(base, link);
      if (moved === link) continue;
      links.update(id, { link: moved });
      changed = true;
    }
    if (changed) needs.onChange();
  };

  return {
    follow,
    async check() {
      await follow();
      const base = await services.pagesBaseUrl();
      if (base === undefined) return;
      const nowMs = needs.now();
      if (checkedAt?.base === base && nowMs - checkedAt.ms < CHECK_EVERY_MS) return;
      checkedAt = { base, ms: nowMs };
      const found = await services.checkReach();
      if (found !== undefined) model.update({ reachCheck: reachView(found, base) });
    },
  };
}

/** The same page at another address. */
export function linkAt(base: string, link: string): string {
  return URL.canParse(link) ? base.replace(/\/+$/, '') + new URL(link).pathname : link;
}

function reachView(
  found: { readonly kind: 'ok' | 'no-network' | 'blocked' },
  base: string,
): NonNullable<AppState['reachCheck']> {
  const { hostname, port } = new URL(base);
  return { kind: found.kind, address: hostname, port: Number(port || 80) };
}
