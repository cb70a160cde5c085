import type { LinkView, Outcome } from '../../preload/contract.ts';
import { faultOf } from '../failures/faults.ts';
import type { Actions } from '../shell/actions.ts';
import type { Services } from '../targets/services.ts';
import type { RecentLinks } from './recent-links.ts';

export interface RenameLinkNeeds {
  readonly links: Pick<RecentLinks, 'get' | 'update'>;
  readonly services: Pick<Services, 'of'>;
  readonly actions: Pick<Actions, 'acted' | 'fail' | 'refreshLinks' | 'shown'>;
}

/** Gives a link another name: on its page first, then in the list. */
export function createRenameLink({ links, services, actions }: RenameLinkNeeds) {
  return async (id: string, name: string): Promise<Outcome<LinkView>> => {
    const link = links.get(id);
    if (link === undefined) return { ok: false, failure: actions.fail({ kind: 'unknown-link' }) };
    try {
      const { client } = await services.of(link.service);
      if (client.own === undefined) {
        return { ok: false, failure: actions.fail({ kind: 'terms-not-kept' }) };
      }
      const title = await client.own.rename(id, name);
      const renamed = links.update(id, { title: title.slice(0, 200) }) ?? link;
      actions.acted();
      actions.refreshLinks();
      return { ok: true, value: actions.shown(renamed) };
    } catch (error) {
      return { ok: false, failure: actions.fail(faultOf(error)) };
    }
  };
}
