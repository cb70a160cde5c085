import type { LinkView } from '../../preload/contract.ts';
import type { RecentLink } from '../links/schema.ts';

/**
 * Links as they are shown, where what did not change stays the same object: only so can it be
 * seen cheaply what is new among thousands.
 */
export function createLinkViews(
  view: (link: RecentLink) => LinkView,
): (links: readonly RecentLink[]) => readonly LinkView[] {
  let before = new Map<string, LinkView>();
  return (links) => {
    const now = new Map<string, LinkView>();
    const views = links.map((link) => {
      const fresh = view(link);
      const known = before.get(link.id);
      const kept = known !== undefined && isSame(known, fresh) ? known : fresh;
      now.set(link.id, kept);
      return kept;
    });
    before = now;
    return views;
  };
}

function isSame(a: LinkView, b: LinkView): boolean {
  const names = Object.keys(b) as (keyof LinkView)[];
  return names.length === Object.keys(a).length && names.every((name) => a[name] === b[name]);
}
