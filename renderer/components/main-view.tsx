import type { ComponentChildren, RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { AppState, LinkView, SettingsChange } from '../../preload/contract.ts';
import { useMessages } from '../i18n/use-messages.ts';
import type { LinkActions } from '../state/link-actions.ts';
import { useDrop } from '../state/use-drop.ts';
import { type ListName, type ListView, useListView } from '../state/use-list-view.ts';
import { useNow } from '../state/use-now.ts';
import { useSearchResults } from '../state/use-search-results.ts';
import { useShareOptions } from '../state/use-share-options.ts';
import { useWindowKeys } from '../state/use-window-keys.ts';
import type { Platform } from '../view/platform.ts';
import { isActive } from '../view/shown-state.ts';
import { Empty } from './empty.tsx';
import { Header, type HeaderProps } from './header.tsx';
import { Icon } from './icon.tsx';
import { Lists } from './lists.tsx';
import { PendingShares } from './pending-shares.tsx';
import { type FirstIntent, SearchBox } from './search-box.tsx';
import { ShareCard } from './share-card.tsx';

interface MainViewProps {
  readonly state: AppState;
  readonly actions: LinkActions;
  readonly platform: Platform;
  readonly header: HeaderProps;
  readonly onSettings: (change: SettingsChange) => void;
  /** What the user is told and asked, above everything else. */
  readonly banners: ComponentChildren;
}

/** The window's main view: search, share, recent copies and recent links. */
export function MainView(props: MainViewProps) {
  const { state, actions, platform, header, banners, onSettings } = props;
  const { t } = useMessages();
  const nowMs = useNow();
  const root = useRef<HTMLElement>(null);
  const searchInput = useRef<HTMLInputElement>(null);
  const view = useListView();
  const results = useSearchResults(state, view, nowMs);
  const list = state.clips === undefined ? 'links' : view.list;
  const summary = useSummary(view.query, list, results[list].length);
  const next = useShareOptions(state.service.shareOptions === true);
  const { clips = [], pending = [] } = state;
  const { shortcut } = state;
  const isEmpty = state.links.length === 0 && clips.length === 0;
  // Until it is answered, a question holds up the share that it is about, and so the next one.
  const isAsked = Boolean(state.question);
  useInitialFocus(state, view, { root, searchInput });

  const showCreated = (link: LinkView | null): void => {
    if (!link) return;
    next.applied();
    view.showLink(link.id);
  };
  const shareClips = (ids: readonly string[], name?: string): Promise<LinkView | null> =>
    actions.shareClips({ ids: [...ids], ...(name === undefined ? {} : { name }), ...next.chosen });

  const hovering = useDrop({
    files: (files) => void actions.shareFiles(files, next.chosen.shareOptions).then(showCreated),
    text: (text) => void actions.share({ from: 'text', text, ...next.chosen }).then(showCreated),
  });

  useWindowKeys((event) => {
    // Escape during composition is for the input method.
    if (event.key === 'Escape' && !event.isComposing) {
      event.preventDefault();
      if (view.panel !== null) view.setPanel(null);
      else if (next.isOpen) next.toggle();
      else if (view.query !== '') view.setQuery('');
      else header.onClose();
      return;
    }
    const switches = event.key === 'Tab' && event.ctrlKey && state.clips !== undefined;
    if (searchInput.current === null || !(switches || isSearchKey(event))) return;
    event.preventDefault();
    if (switches) view.showList(list === 'links' ? 'clips' : 'links');
    searchInput.current.focus();
  });

  const actOnFirst = (intent: FirstIntent): void => {
    const [link] = results.links;
    const [clip] = results.clips;
    if (list === 'clips') {
      if (clip && intent === 'activate') void shareClips([clip.id]).then(showCreated);
      else if (clip && intent === 'details') view.setPanel({ id: clip.id, kind: 'details' });
    } else if (link && intent === 'details') {
      view.showLink(link.id);
    } else if (link && isActive(link, nowMs)) {
      if (intent === 'open') void actions.open(link.id);
      else
        void actions.copy(link.id, intent === 'activate' && !state.keptOpen ? 'hide' : undefined);
    }
  };
  const search = (
    <SearchBox
      query={view.query}
      label={t(list === 'clips' ? 'searchClips' : 'searchLinks')}
      summary={state.clips === undefined ? summary : ''}
      inputRef={searchInput}
      onQuery={view.setQuery}
      onLeave={view.focusList}
      onFirst={actOnFirst}
    />
  );

  return (
    <>
      <Header {...header} search={!isEmpty && search} />
      {banners}
      <main class="main" ref={root}>
        {!isAsked && (
          <ShareCard
            state={state}
            platform={platform}
            next={next}
            onShare={() =>
              void actions.share({ from: 'clipboard', ...next.chosen }).then(showCreated)
            }
            onCancel={() => void actions.cancel()}
            onCopyPassword={(password) => void actions.copyPassword(password)}
            onSwitch={onSettings}
          />
        )}
        {pending.length > 0 && (
          <PendingShares
            pending={pending}
            actions={actions}
            nowMs={nowMs}
            onShared={(link) => view.showLink(link.id)}
          />
        )}
        {isEmpty ? (
          <Empty shortcut={shortcut} platform={platform} />
        ) : (
          <Lists
            state={state}
            view={view}
            results={results}
            actions={actions}
            platform={platform}
            nowMs={nowMs}
            searchInput={searchInput}
            onShareClips={shareClips}
            onShared={showCreated}
          />
        )}
        <p class="sr-only" role="status">
          {view.query.trim() === '' ? '' : summary}
        </p>
        {hovering && <DropHint />}
      </main>
    </>
  );
}

/** The number of matches, or of entries without a query. */
function useSummary(query: string, list: ListName, count: number): string {
  const { t } = useMessages();
  if (query.trim() !== '') return t('matchCount', { count });
  return t(list === 'clips' ? 'itemCount' : 'linkCount', { count });
}

/**
 * Shows the link that the window was opened for; else the search has the focus at first, and again
 * once a question was answered. Without anything to search, the share button has it.
 */
function useInitialFocus(
  { focusLinkId, focusPanel, question }: AppState,
  view: ListView,
  {
    root,
    searchInput,
  }: {
    readonly root: RefObject<HTMLElement | null>;
    readonly searchInput: RefObject<HTMLInputElement | null>;
  },
): void {
  const isAsked = Boolean(question);
  useLayoutEffect(() => {
    if (focusLinkId !== null && !isAsked) view.showLink(focusLinkId, focusPanel);
  }, [focusLinkId, focusPanel]);

  useLayoutEffect(() => {
    if (focusLinkId !== null || isAsked) return;
    const first = searchInput.current ?? root.current?.querySelector<HTMLElement>('.share');
    first?.focus();
  }, [isAsked]);
}

/** Ctrl+F or Cmd+F anywhere, and `/` outside a field. */
function isSearchKey({ key, ctrlKey, metaKey, target }: KeyboardEvent): boolean {
  if (key === 'f' && (ctrlKey || metaKey)) return true;
  return key === '/' && !(target instanceof HTMLInputElement);
}

function DropHint() {
  const { t } = useMessages();
  return (
    <div class="drop" aria-hidden="true">
      <div class="drop-card">
        <Icon name="share" />
        <p>{t('dropToShare')}</p>
        <p class="setting-help">{t('dropHelp')}</p>
      </div>
    </div>
  );
}
