import { rebaseLink } from '../targets/rebase-link.ts';
import type { Targets } from '../targets/targets.ts';
import type { ThisComputerTarget } from '../targets/this-computer.ts';
import type { LinkChange, RecentLinks } from './recent-links.ts';
import type { RecentLink } from './schema.ts';

export interface FollowAddressDeps {
  readonly links: Pick<RecentLinks, 'get' | 'list' | 'subscribe' | 'updateEach'>;
  readonly targets: Pick<Targets, 'capabilitiesOf'>;
  readonly thisComputer: Pick<ThisComputerTarget, 'client' | 'events' | 'pagesBaseUrl'>;
}

/** Keeps links of this computer at the address where they open now. */
export interface LinkAddressUpdater {
  /**
   * Gives links of this computer its current address: revoked ones too, because verification
   * requests a link where it was served last. Answers what links begin with, if any is served.
   */
  follow(): Promise<string | undefined>;
  /** A link as it opens now; `undefined` while nothing here serves it. */
  current(link: RecentLink): Promise<RecentLink | undefined>;
}

/** Networks change while a computer runs: links made before get the new address. */
export function createLinkAddressUpdater(deps: FollowAddressDeps): LinkAddressUpdater {
  const { links, targets, thisComputer } = deps;
  const isHere = ({ service }: RecentLink): boolean =>
    targets.capabilitiesOf(service).movingAddress;
  /** The address that links of this computer have on the list. */
  let followed: string | undefined;
  /** Links that were added or changed since they were compared with it. */
  const changed = new Set<string>();
  links.subscribe((ids) => {
    for (const id of ids) {
      if (links.get(id) === undefined) changed.delete(id);
      else changed.add(id);
    }
  });

  const moveTo = (base: string, all: readonly (RecentLink | undefined)[]): void => {
    const moved = new Map<string, LinkChange>();
    for (const one of all) {
      if (one === undefined || !isHere(one)) continue;
      const link = rebaseLink(base, one.link);
      if (link !== one.link) moved.set(one.id, { link });
    }
    links.updateEach(moved);
  };

  const follow = async (): Promise<string | undefined> => {
    const base = await thisComputer.pagesBaseUrl();
    if (base === undefined) return undefined;
    // Each revoked link asks for its address when it is checked, and there may be thousands of them.
    moveTo(base, base === followed ? [...changed].map(links.get) : links.list());
    followed = base;
    changed.clear();
    return base;
  };

  // The list's links carry the host and port at which they open.
  thisComputer.events.on('port', () => void follow());

  return {
    follow,
    async current(link) {
      if (!isHere(link)) return link;
      // After a start by `--copy` it may not run yet; without it no link opens.
      await thisComputer.client().catch(() => undefined);
      const base = await follow();
      if (base === undefined) return undefined;
      return { ...(links.get(link.id) ?? link), link: rebaseLink(base, link.link) };
    },
  };
}
