import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { AppState, ClipEntryView, LinkView } from '../../preload/contract.ts';
import { createSearch, searchableText } from '../view/filter-links.ts';

export interface SearchResults {
  readonly links: readonly LinkView[];
  readonly clips: readonly ClipEntryView[];
}

const NO_CLIPS: readonly ClipEntryView[] = [];

const clipText = (clip: ClipEntryView): string => clip.title;

/** The links and clips that match a query. */
export function useSearchResults(
  state: Pick<AppState, 'links' | 'clips'>,
  query: string,
): SearchResults {
  const folded = useRef(new WeakMap<LinkView, string>());
  const searchLinks = useMemo(
    () => createSearch(state.links, searchableText, folded.current),
    [state.links],
  );
  const searchClips = useMemo(() => createSearch(state.clips ?? NO_CLIPS, clipText), [state.clips]);
  const links = useMemo(() => searchLinks(query), [searchLinks, query]);
  const clips = useMemo(() => searchClips(query), [searchClips, query]);

  // Prepare ten thousand entries while idle: the first letter of a search must not wait for it.
  useEffect(() => {
    const idle = requestIdleCallback(() => searchLinks(' warm '));
    return () => cancelIdleCallback(idle);
  }, [searchLinks]);

  return { links, clips };
}
