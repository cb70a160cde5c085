import type { Services } from '../targets/services.ts';
import type { RecentLinks } from './recent-links.ts';
import type { RecentLink } from './schema.ts';

export interface FollowAddressNeeds {
  readonly links: Pick<RecentLinks, 'list' | 'get' | 'updateAll'>;
  readonly services: Pick<Services, 'pagesBaseUrl' | 'startBuiltIn'>;
  /** Told after links have another address. */
  readonly onChange: () => void;
}

/** Keeps links of this computer at the address where they open now. */
export interface FollowAddress {
  /**
   * Gives links of this computer the address of now, revoked ones too: whoever proves that one is
   * dead must look where it was served last. Answers what links begin with, if any is served.
   */
  follow(): Promise<string | undefined>;
  /** A link as it opens now; `undefined` while nothing here serves it. */
  current(link: RecentLink): Promise<RecentLink | undefined>;
}

/** Networks change while a computer runs: links made before get the new address. */
export function createFollowAddress(needs: FollowAddressNeeds): FollowAddress {
  const { links, services } = needs;

  const follow = async (): Promise<string | undefined> => {
    const base = await services.pagesBaseUrl();
    if (base === undefined) return undefined;
    const changed = links.updateAll((one) => {
      if (one.service.kind !== 'built-in') return undefined;
      const link = linkAt(base, one.link);
      return link === one.link ? undefined : { link };
    });
    if (changed > 0) needs.onChange();
    return base;
  };

  return {
    follow,
    async current(link) {
      if (link.service.kind !== 'built-in') return link;
      // After a start by `--copy` it may not run yet; without it no link opens.
      await services.startBuiltIn().catch(() => undefined);
      const base = await follow();
      if (base === undefined) return undefined;
      return { ...(links.get(link.id) ?? link), link: linkAt(base, link.link) };
    },
  };
}

/** The same page at another address. */
export function linkAt(base: string, link: string): string {
  const begin = base.replace(/\/+$/, '');
  if (link.startsWith(`${begin}/`) || !URL.canParse(link)) return link;
  return begin + new URL(link).pathname;
}
