import type { LinkView, ShareEnd } from '../../preload/contract.ts';

export type ShownState = LinkView['state'] | ShareEnd;

/** An active link past its expiration is shown as expired, even before the server reports it. */
export function shownState(link: LinkView, nowMs: number): ShownState {
  if (link.ended !== undefined) return link.ended.how;
  const over = link.expiresAtMs !== undefined && link.expiresAtMs <= nowMs;
  return over && link.state !== 'revoked' ? 'expired' : link.state;
}

/** Whether the link can still be opened by whoever has it. */
export function isActive(link: LinkView, nowMs: number): boolean {
  const state = shownState(link, nowMs);
  return state === 'active' || state === 'failed';
}
