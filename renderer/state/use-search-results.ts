import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { AppState, ClipEntryView, LinkView } from '../../preload/contract.ts';
import { createSearch, searchableText } from '../view/filter-links.ts';
import { splitInactive } from '../view/inactive-links.ts';
import type { ListView } from './use-list-view.ts';

export interface SearchResults {
  readonly links: readonly LinkView[];
  /** Ended more than a day ago: listed last where they are shown, and found by each search. */
  readonly inactive: readonly LinkView[];
  readonly clips: readonly ClipEntryView[];
}

const NO_CLIPS: readonly ClipEntryView[] = [];

const clipText = (clip: ClipEntryView): string => clip.title;

/** The links and clips to list: those that match the query, or the current ones without a query. */
export function useSearchResults(
  state: Pick<AppState, 'links' | 'clips'>,
  { query, showsInactive, shown }: Pick<ListView, 'query' | 'showsInactive' | 'shown'>,
  nowMs: number,
): SearchResults {
  const folded = useRef(new WeakMap<LinkView, string>());
  const searchLinks = useMemo(
    () => createSearch(state.links, searchableText, folded.current),
    [state.links],
  );
  const searchClips = useMemo(() => createSearch(state.clips ?? NO_CLIPS, clipText), [state.clips]);
  const found = useMemo(() => searchLinks(query), [searchLinks, query]);
  const isSearching = query.trim() !== '';
  const { current, inactive } = useMemo(
    () => splitInactive(state.links, nowMs),
    [state.links, nowMs],
  );
  const links = useMemo(() => {
    if (isSearching) return found;
    const isWanted = showsInactive || inactive.some(({ id }) => id === shown?.id);
    return isWanted ? [...current, ...inactive] : current;
  }, [isSearching, found, current, inactive, showsInactive, shown]);
  const clips = useMemo(() => searchClips(query), [searchClips, query]);

  // Prepare ten thousand entries while idle: the first letter of a search must not wait for it.
  useEffect(() => {
    const idle = requestIdleCallback(() => searchLinks(' warm '));
    return () => cancelIdleCallback(idle);
  }, [searchLinks]);

  return { links, inactive, clips };
}
