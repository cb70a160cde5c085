import type { Failures, Result } from '../failures/failures.ts';
import { faultOf } from '../failures/faults.ts';
import type { Targets } from '../targets/targets.ts';
import type { RecentLinks } from './recent-links.ts';
import type { RecentLink } from './schema.ts';
import type { Undo } from './undo.ts';

export type RenameLink = (id: string, name: string) => Promise<Result<RecentLink>>;

/** Renames a link: on its page first, then in the list. */
export function createRenameLink(deps: {
  readonly links: Pick<RecentLinks, 'get' | 'update'>;
  readonly targets: Pick<Targets, 'of' | 'capabilitiesOf'>;
  readonly failures: Failures;
  readonly undo: Undo;
}): RenameLink {
  const { links, targets, failures, undo } = deps;
  return async (id, name) => {
    const link = links.get(id);
    if (link === undefined) {
      return { ok: false, failure: failures.report({ kind: 'unknown-link' }) };
    }
    try {
      if (!targets.capabilitiesOf(link.service).rename) {
        return { ok: false, failure: failures.report({ kind: 'options-not-applied' }) };
      }
      const title = await targets.of(link.service).rename(id, name);
      links.update(id, { title: title.slice(0, 200) });
      undo.invalidate();
      return { ok: true, value: links.get(id) ?? link };
    } catch (error) {
      return { ok: false, failure: failures.report(faultOf(error)) };
    }
  };
}
