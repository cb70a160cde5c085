import { isExpired } from '../links/link-state.ts';
import type { RecentLink } from '../links/schema.ts';
import type { LinkRecord } from './protocol.ts';

/**
 * A link as scripts get it. An expired link counts as expired, whether that was noticed or not.
 * @param opens how often others opened it, where that is known
 */
export function linkRecord(link: RecentLink, nowMs: number, opens?: number): LinkRecord {
  const { createdAtMs, ended, expiresAtMs, id, kind, maxOpens, once, password } = link;
  const isTimeOver = link.state === 'active' && isExpired(link, nowMs);
  return {
    id,
    link: link.link,
    title: link.title,
    kind,
    state: ended?.how ?? (isTimeOver ? 'expired' : link.state),
    sizeBytes: link.sizeBytes,
    createdAt: new Date(createdAtMs).toISOString(),
    ...(expiresAtMs === undefined ? {} : { expiresAt: new Date(expiresAtMs).toISOString() }),
    ...(once === undefined ? {} : { once }),
    ...(maxOpens === undefined ? {} : { maxOpens }),
    ...(password === undefined ? {} : { password }),
    ...(opens === undefined ? {} : { opens }),
  };
}
