import type { Failures, Result } from '../failures/failures.ts';
import { type Fault, faultOf } from '../failures/faults.ts';
import { type OptionsChange, SHARE_ENDS } from '../share-options.ts';
import type { Target } from '../targets/target.ts';
import type { Targets } from '../targets/targets.ts';
import { isExpired } from './link-state.ts';
import type { LinkChange, RecentLinks } from './recent-links.ts';
import type { RecentLink } from './schema.ts';
import type { Undo } from './undo.ts';

export type ChangeOptions = (id: string, change: OptionsChange) => Promise<Result<RecentLink>>;

/** Changes the options of an active link: on its server first, then in the list. */
export function createChangeOptions(deps: {
  readonly links: Pick<RecentLinks, 'get' | 'update'>;
  readonly targets: Pick<Targets, 'of' | 'capabilitiesOf'>;
  readonly failures: Failures;
  readonly undo: Pick<Undo, 'invalidate'>;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
}): ChangeOptions {
  const { links, targets, failures, undo, now } = deps;
  const failed = (fault: Fault): Result<RecentLink> => ({
    ok: false,
    failure: failures.report(fault),
  });
  return async (id, change) => {
    const link = links.get(id);
    if (link === undefined) return failed({ kind: 'unknown-link' });
    if (link.state !== 'active' || isExpired(link, now())) return failed({ kind: 'link-inactive' });
    if (!targets.capabilitiesOf(link.service).changeOptions) {
      return failed({ kind: 'options-not-applied' });
    }
    if (change.once === true && link.kind === 'collection') {
      return failed({ kind: 'one-time-collection' });
    }
    const target = targets.of(link.service);
    try {
      const { expiresAtMs, once, maxOpens, password } = await target.changeOptions(id, change);
      links.update(id, { expiresAtMs, once, maxOpens, password });
      undo.invalidate();
      return { ok: true, value: links.get(id) ?? link };
    } catch (error) {
      const fault = faultOf(error);
      if (fault.kind !== 'not-found') return failed(fault);
      const ended = await endOf(target, id, now());
      if (ended === undefined) return failed(fault);
      // It ended before the change reached it: the list shows that from now on.
      links.update(id, ended);
      return failed({ kind: 'link-inactive' });
    }
  };
}

/** What the list says of a link that its server refused to change; `undefined`: nothing new. */
async function endOf(target: Target, id: string, nowMs: number): Promise<LinkChange | undefined> {
  const state = await target.stateOf(id).catch(() => 'unknown' as const);
  const how = SHARE_ENDS.find((end) => end === state);
  if (how === undefined) return undefined;
  return { state: 'revoked', ...(how === 'revoked' ? {} : { ended: { how, atMs: nowMs } }) };
}
