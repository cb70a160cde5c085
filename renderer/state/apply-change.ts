import type { AppState, StateChange } from '../../preload/contract.ts';

/** The state after a change; null when something was missed in between, and all must be asked for. */
export function applyChange(before: AppState, change: StateChange): AppState | null {
  const { state, base, revision, links } = change;
  if (before.revision !== base) return null;
  if (links === undefined) return { ...state, links: before.links, revision };
  const all = [...before.links];
  for (const { start, removed, added } of links) all.splice(start, removed, ...added);
  return { ...state, links: all, revision };
}
