import type { AppState, LinksSplice, LinkView, StateChange } from '../../preload/contract.ts';

/** What one page was told, so that it is told only what is new. */
export interface StateFeed {
  /** Everything; what the page asks for when it begins, or has missed something. */
  snapshot(state: AppState): AppState;
  /** What changed since the page was last told. */
  change(state: AppState): StateChange;
}

/**
 * The list of links may be ten thousand entries long, and everything else is small: the list
 * goes once, and then only the pieces of it that changed.
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
      const splices = told === links ? [] : splicesOf(told, links);
      told = links;
      return { state, base, revision, ...(splices.length === 0 ? {} : { links: splices }) };
    },
  };
}

/** Entries that stayed are the same objects, so they are found by comparing references. */
function splicesOf(before: readonly LinkView[], now: readonly LinkView[]): readonly LinksSplice[] {
  // New links come first.
  const count = Math.max(
    0,
    now.findIndex(({ id }) => id === before[0]?.id),
  );
  const added = now.slice(0, count);
  const shifted = [...added, ...before];
  return [
    ...(count === 0 ? [] : [{ start: 0, removed: 0, added }]),
    ...(shifted.length === now.length ? replacements(shifted, now) : [spliceOf(shifted, now)]),
  ];
}

/** Entries that were replaced, such as those that recipients opened: each run of them by itself. */
function replacements(
  before: readonly LinkView[],
  now: readonly LinkView[],
): readonly LinksSplice[] {
  const splices: LinksSplice[] = [];
  for (let at = 0; at < now.length; at += 1) {
    if (before[at] === now[at]) continue;
    let end = at + 1;
    while (end < now.length && before[end] !== now[end]) end += 1;
    splices.push({ start: at, removed: end - at, added: now.slice(at, end) });
    at = end;
  }
  return splices;
}

/** The piece between what both lists begin and end with. */
function spliceOf(before: readonly LinkView[], now: readonly LinkView[]): LinksSplice {
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
