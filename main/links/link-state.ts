import type { RecentLink } from './schema.ts';

/** Whether a link's time is over; `nowMs` in ms since 1970. */
export function isExpired(
  { expiresAtMs }: Pick<RecentLink, 'expiresAtMs'>,
  nowMs: number,
): boolean {
  return expiresAtMs !== undefined && expiresAtMs <= nowMs;
}

/** Whether a link may still open, one whose revoking failed included; `nowMs` in ms since 1970. */
export function mayOpen(link: Pick<RecentLink, 'state' | 'expiresAtMs'>, nowMs: number): boolean {
  return link.state !== 'revoked' && !isExpired(link, nowMs);
}
