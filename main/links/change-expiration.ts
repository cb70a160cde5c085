import type { LinkView, Outcome } from '../../preload/contract.ts';
import { faultOf } from '../failures/faults.ts';
import { LinkifyError } from '../linkify/errors.ts';
import type { Actions } from '../shell/actions.ts';
import type { Targets } from '../targets/targets.ts';
import type { RecentLinks } from './recent-links.ts';

export interface ChangeExpiryNeeds {
  readonly links: Pick<RecentLinks, 'get' | 'update'>;
  readonly targets: Pick<Targets, 'of' | 'capabilitiesOf'>;
  readonly actions: Pick<Actions, 'acted' | 'fail' | 'refreshLinks' | 'shown'>;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
}

/** Gives a link another end: the service first, then what is remembered of it. */
export function createChangeExpiry({ links, targets, actions, now }: ChangeExpiryNeeds) {
  return async (id: string, expiresInSeconds: number | null): Promise<Outcome<LinkView>> => {
    const link = links.get(id);
    if (link === undefined) return { ok: false, failure: actions.fail({ kind: 'unknown-link' }) };
    try {
      if (!targets.capabilitiesOf(link.service).changeExpiration) {
        return { ok: false, failure: actions.fail({ kind: 'terms-not-kept' }) };
      }
      const expiresAtMs = await targets.of(link.service).changeExpiration(id, expiresInSeconds);
      const changed = links.update(id, { expiresAtMs }) ?? link;
      actions.acted();
      actions.refreshLinks();
      return { ok: true, value: actions.shown(changed) };
    } catch (error) {
      // It ended before we came to it: that is what the list shows from now on.
      if (error instanceof LinkifyError && error.fault.kind === 'not-found') {
        links.update(id, { state: 'revoked', ended: { how: 'expired', atMs: now() } });
        actions.refreshLinks();
      }
      return { ok: false, failure: actions.fail(faultOf(error)) };
    }
  };
}
