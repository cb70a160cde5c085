import { rebaseLink } from '../targets/rebase-link.ts';
import type { Targets } from '../targets/targets.ts';
import type { ThisComputerTarget } from '../targets/this-computer.ts';
import type { RecentLinks } from './recent-links.ts';
import type { RecentLink } from './schema.ts';

export interface FollowAddressDeps {
  readonly links: Pick<RecentLinks, 'list' | 'get' | 'updateAll'>;
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

  const follow = async (): Promise<string | undefined> => {
    const base = await thisComputer.pagesBaseUrl();
    if (base === undefined) return undefined;
    links.updateAll((one) => {
      if (!isHere(one)) return undefined;
      const link = rebaseLink(base, one.link);
      return link === one.link ? undefined : { link };
    });
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
