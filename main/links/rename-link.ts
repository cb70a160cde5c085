import type { LinkView, Outcome } from '../../preload/contract.ts';
import { faultOf } from '../failures/faults.ts';
import type { Actions } from '../shell/actions.ts';
import type { Targets } from '../targets/targets.ts';
import type { RecentLinks } from './recent-links.ts';

export interface RenameLinkNeeds {
  readonly links: Pick<RecentLinks, 'get' | 'update'>;
  readonly targets: Pick<Targets, 'of' | 'capabilitiesOf'>;
  readonly actions: Pick<Actions, 'acted' | 'fail' | 'refreshLinks' | 'shown'>;
}

/** Gives a link another name: on its page first, then in the list. */
export function createRenameLink({ links, targets, actions }: RenameLinkNeeds) {
  return async (id: string, name: string): Promise<Outcome<LinkView>> => {
    const link = links.get(id);
    if (link === undefined) return { ok: false, failure: actions.fail({ kind: 'unknown-link' }) };
    try {
      if (!targets.capabilitiesOf(link.service).rename) {
        return { ok: false, failure: actions.fail({ kind: 'terms-not-kept' }) };
      }
      const title = await targets.of(link.service).rename(id, name);
      const renamed = links.update(id, { title: title.slice(0, 200) }) ?? link;
      actions.acted();
      actions.refreshLinks();
      return { ok: true, value: actions.shown(renamed) };
    } catch (error) {
      return { ok: false, failure: actions.fail(faultOf(error)) };
    }
  };
}
