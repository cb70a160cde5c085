import type { LinkView, ShareEnd } from '../../preload/contract.ts';

export type ShownState = LinkView['state'] | ShareEnd;

/** An active link past its expiration is shown as expired, even before the server reports it. */
export function shownState(link: LinkView, nowMs: number): ShownState {
  if (link.ended !== undefined) return link.ended.how;
  const over = link.expiresAtMs !== undefined && link.expiresAtMs <= nowMs;
  return over && link.state !== 'revoked' ? 'expired' : link.state;
}

/** The states in which a link still opens. */
export function isOpen(state: ShownState): boolean {
  return state === 'active' || state === 'failed' || state === 'revoke-pending';
}

/** Whether the link can still be opened by whoever has it. */
export function isActive(link: LinkView, nowMs: number): boolean {
  return isOpen(shownState(link, nowMs));
}
