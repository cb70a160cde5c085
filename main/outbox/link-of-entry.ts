import type { RecentLink } from '../links/schema.ts';
import { targetId } from '../targets/target-ref.ts';
import type { Entry } from './entry.ts';
import type { ShareHead } from './schema.ts';

/** The link of a kept share, where a crash came between its place on the list and its end in the outbox. */
export function linkOnList(
  { head, service, assets }: Entry<ShareHead>,
  links: readonly RecentLink[],
): RecentLink | undefined {
  if (assets.size === 0 || assets.size < head.items.length) return undefined;
  const ids = new Set([...assets.values()].map(({ id }) => id));
  return links.find(
    ({ assetIds, service: made }) =>
      assetIds.length === ids.size &&
      assetIds.every((id) => ids.has(id)) &&
      targetId(made) === targetId(service),
  );
}
