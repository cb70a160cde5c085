import type { AppState, StateChange } from '../../preload/contract.ts';

/** The state after a change; null when something was missed in between, and all must be asked for. */
export function applyChange(before: AppState, change: StateChange): AppState | null {
  const { state, base, revision, links } = change;
  if (before.revision !== base) return null;
  if (links === undefined) return { ...state, links: before.links, revision };
  const all = [
    ...before.links.slice(0, links.start),
    ...links.added,
    ...before.links.slice(links.start + links.removed),
  ];
  return { ...state, links: all, revision };
}
