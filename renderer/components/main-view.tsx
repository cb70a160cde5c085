import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { AppState, ClipEntryView, LinkView, ShareTerms } from '../../preload/contract.ts';
import { useWords } from '../i18n/use-words.ts';
import type { LinkActions } from '../state/link-actions.ts';
import { useDrop } from '../state/use-drop.ts';
import { useNow } from '../state/use-now.ts';
import { createSearch, searchableText } from '../view/filter-links.ts';
import { linkFormats } from '../view/link-formats.ts';
import type { Platform } from '../view/platform.ts';
import { termsOf, USUAL_TERMS } from '../view/share-terms.ts';
import { stillOpens } from '../view/shown-state.ts';
import { ClipsPane } from './clips-pane.tsx';
import { Empty } from './empty.tsx';
import { Hints } from './hints.tsx';
import { LinksPane } from './links-pane.tsx';
import { type ListName, ListTabs } from './list-tabs.tsx';
import { SearchBox } from './search-box.tsx';
import { ShareButton } from './share-button.tsx';
import { ShareOptions } from './share-options.tsx';
import { WaitingList } from './waiting-list.tsx';

interface MainViewProps {
  readonly state: AppState;
  readonly actions: LinkActions;
  readonly platform: Platform;
  /** False while something else asks for the focus. */
  readonly takesFocus: boolean;
}

const clipText = (clip: ClipEntryView): string => clip.title;

/** The popover's main view: share, and what was copied and shared lately. */
export function MainView({ state, actions, platform, takesFocus }: MainViewProps) {
  const { say } = useWords();
  const nowMs = useNow();
  const root = useRef<HTMLElement>(null);
  const searchInput = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState('');
  const [list, setList] = useState<ListName>('links');
  const [focusRequest, setFocusRequest] = useState(0);
  const [shown, setShown] = useState<{ id: string; number: number } | null>(null);
  const [terms, setTerms] = useState(USUAL_TERMS);
  const focusList = (): void => setFocusRequest((count) => count + 1);
  const focusSearch = (): void => searchInput.current?.focus();

  const { clips = [], waiting = [] } = state;
  const hasTerms = state.service.shareOptions === true;
  const hasClips = state.clips !== undefined;
  const folded = useRef(new WeakMap<LinkView, string>());
  const searchLinks = useMemo(
    () => createSearch(state.links, searchableText, folded.current),
    [state.links],
  );
  const searchClips = useMemo(() => createSearch(clips, clipText), [state.clips]);
  const links = useMemo(() => searchLinks(query), [searchLinks, query]);
  const foundClips = useMemo(() => searchClips(query), [searchClips, query]);
  const showsClips = hasClips && list === 'clips';
  const count = showsClips ? foundClips.length : links.length;
  const accelerator = state.shortcut.state === 'active' ? state.shortcut.accelerator : null;
  const nothingYet = state.links.length === 0 && clips.length === 0;

  const show = (id: string): void => {
    setQuery('');
    setList('links');
    setShown((last) => ({ id, number: (last?.number ?? 0) + 1 }));
  };
  const showMade = (link: LinkView | null): void => {
    if (!link) return;
    // What was chosen was meant for one share: the next one is as usual again.
    setTerms(USUAL_TERMS);
    show(link.id);
  };
  const chosen = (): { readonly terms?: ShareTerms } => {
    const wanted = hasTerms ? termsOf(terms) : undefined;
    return wanted === undefined ? {} : { terms: wanted };
  };

  const shareClips = (ids: readonly string[], name?: string): Promise<LinkView | null> =>
    actions.shareClips({
      ids: [...ids],
      ...(name === undefined ? {} : { name }),
      ...chosen(),
    });

  useLayoutEffect(() => {
    if (state.focusLinkId !== null && takesFocus) show(state.focusLinkId);
  }, [state.focusLinkId]);

  useLayoutEffect(() => {
    if (state.focusLinkId !== null || !takesFocus) return;
    if (state.links.length > 0) focusList();
    else root.current?.querySelector<HTMLElement>('.share')?.focus();
  }, []);

  // The first letter of a search shall not wait for ten thousand entries to be prepared.
  useEffect(() => {
    const idle = requestIdleCallback(() => searchLinks(' warm '));
    return () => cancelIdleCallback(idle);
  }, [searchLinks]);

  const hovering = useDrop({
    files: (files) => void actions.shareFiles(files, chosen().terms).then(showMade),
    text: (text) => void actions.share({ from: 'text', text, ...chosen() }).then(showMade),
  });

  const useFirst = (): void => {
    const [link] = links;
    const [clip] = foundClips;
    if (showsClips && clip) void shareClips([clip.id]).then(showMade);
    else if (!showsClips && link && stillOpens(link, nowMs)) void actions.copy(link.id);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const typing = event.target instanceof HTMLInputElement;
    const find = event.key === 'f' && (event.ctrlKey || event.metaKey);
    if (!find && (event.key !== '/' || typing)) return;
    event.preventDefault();
    focusSearch();
  };

  const filtered = query.trim() !== '';
  const summary = filtered
    ? say('matchCount', { count })
    : say(showsClips ? 'itemCount' : 'linkCount', { count });
  return (
    <main class="main" ref={root} onKeyDown={onKeyDown}>
      <ShareButton
        clipboard={state.clipboard}
        activity={state.activity}
        watching={state.watching}
        accelerator={accelerator}
        platform={platform}
        onShare={() => void actions.share({ from: 'clipboard', ...chosen() }).then(showMade)}
        onCancel={() => void actions.cancel()}
      />
      {hasTerms && state.activity === null && <ShareOptions terms={terms} onChange={setTerms} />}
      {waiting.length > 0 && (
        <WaitingList waiting={waiting} actions={actions} nowMs={nowMs} onShared={showMade} />
      )}
      {nothingYet ? (
        <Empty accelerator={accelerator} platform={platform} />
      ) : (
        <>
          <SearchBox
            query={query}
            label={say(showsClips ? 'searchClips' : 'searchLinks')}
            summary={hasClips ? '' : summary}
            inputRef={searchInput}
            onQuery={setQuery}
            onLeave={focusList}
            onSubmit={useFirst}
          />
          {hasClips && (
            <ListTabs
              shown={list}
              counts={{ links: links.length, clips: foundClips.length }}
              onShow={(next) => {
                setShown(null);
                setList(next);
              }}
            />
          )}
          <div class="pane" {...(hasClips ? tabPanel(list) : {})}>
            {count === 0 ? (
              <p class="no-matches">
                {filtered
                  ? say('noMatches', { query })
                  : say(showsClips ? 'noClips' : 'emptyTitle')}
              </p>
            ) : showsClips ? (
              <ClipsPane
                clips={foundClips}
                actions={actions}
                onShare={shareClips}
                nowMs={nowMs}
                focusRequest={focusRequest}
                onFocusList={focusList}
                onShared={showMade}
                onSearch={focusSearch}
              />
            ) : (
              <LinksPane
                links={links}
                query={query}
                actions={actions}
                formats={linkFormats(state.settings)}
                nowMs={nowMs}
                focusRequest={focusRequest}
                shown={shown}
                onFocusList={focusList}
                onSearch={focusSearch}
              />
            )}
          </div>
          <Hints platform={platform} list={showsClips ? 'clips' : 'links'} />
        </>
      )}
      <p class="sr-only" role="status">
        {filtered ? summary : ''}
      </p>
      {hovering && (
        <div class="drop" aria-hidden="true">
          <p>{say('dropToShare')}</p>
          <p class="setting-help">{say('dropHelp')}</p>
        </div>
      )}
    </main>
  );
}

const tabPanel = (list: ListName) =>
  ({ role: 'tabpanel', id: 'shown-list', 'aria-labelledby': `tab-${list}` }) as const;
