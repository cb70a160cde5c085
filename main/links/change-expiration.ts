import type { Failures, Result } from '../failures/failures.ts';
import { faultOf } from '../failures/faults.ts';
import type { Targets } from '../targets/targets.ts';
import type { RecentLinks } from './recent-links.ts';
import type { RecentLink } from './schema.ts';
import type { Undo } from './undo.ts';

export type ChangeExpiration = (
  id: string,
  expiresInSeconds: number | null,
) => Promise<Result<RecentLink>>;

/** Changes when a link expires: on its server first, then in the list. */
export function createChangeExpiration(deps: {
  readonly links: Pick<RecentLinks, 'get' | 'update'>;
  readonly targets: Pick<Targets, 'of' | 'capabilitiesOf'>;
  readonly failures: Failures;
  readonly undo: Undo;
  /** Wall clock, in ms since 1970. */
  readonly now: () => number;
}): ChangeExpiration {
  const { links, targets, failures, undo, now } = deps;
  return async (id, expiresInSeconds) => {
    const link = links.get(id);
    if (link === undefined) {
      return { ok: false, failure: failures.report({ kind: 'unknown-link' }) };
    }
    try {
      if (!targets.capabilitiesOf(link.service).changeExpiration) {
        return { ok: false, failure: failures.report({ kind: 'options-not-applied' }) };
      }
      const expiresAtMs = await targets.of(link.service).changeExpiration(id, expiresInSeconds);
      links.update(id, { expiresAtMs });
      undo.invalidate();
      return { ok: true, value: links.get(id) ?? link };
    } catch (error) {
      const fault = faultOf(error);
      // It ended before the change reached it: the list shows that from now on.
      if (fault.kind === 'not-found') {
        links.update(id, { state: 'revoked', ended: { how: 'expired', atMs: now() } });
      }
      return { ok: false, failure: failures.report(fault) };
    }
  };
}
