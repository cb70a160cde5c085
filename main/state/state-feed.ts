import type { AppState, LinkView, StateChange } from '../../preload/contract.ts';

/** What one page was told, so that it is told only what is new. */
export interface StateFeed {
  /** Everything; what the page asks for when it begins, or has missed something. */
  snapshot(state: AppState): AppState;
  /** What changed since the page was last told. */
  change(state: AppState): StateChange;
}

/**
 * The list of links may be ten thousand entries long, and everything else is small: the list
 * goes once, and then only the piece of it that changed.
 */
export function createStateFeed(): StateFeed {
  let told: readonly LinkView[] = [];
  let revision = 0;
  return {
    snapshot(state) {
      told = state.links;
      revision += 1;
      return { ...state, revision };
    },
    change({ links, ...state }) {
      const base = revision;
      revision += 1;
      const splice = told === links ? undefined : spliceOf(told, links);
      told = links;
      return { state, base, revision, ...(splice === undefined ? {} : { links: splice }) };
    },
  };
}

/** The piece between what both lists begin and end with; entries that stayed are the same objects. */
function spliceOf(
  before: readonly LinkView[],
  now: readonly LinkView[],
): NonNullable<StateChange['links']> {
  const most = Math.min(before.length, now.length);
  let start = 0;
  while (start < most && before[start] === now[start]) start += 1;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === now[now.length - 1 - end]) {
    end += 1;
  }
  return {
    start,
    removed: before.length - start - end,
    added: now.slice(start, now.length - end),
  };
}
