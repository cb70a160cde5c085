import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { AppState, LinkView, ShareOptions } from '../../preload/contract.ts';
import { useMessages } from '../i18n/use-messages.ts';
import type { LinkActions } from '../state/link-actions.ts';
import { useDrop } from '../state/use-drop.ts';
import { type ListName, type ListView, useListView } from '../state/use-list-view.ts';
import { useNow } from '../state/use-now.ts';
import { useSearchResults } from '../state/use-search-results.ts';
import type { Platform } from '../view/platform.ts';
import { Empty } from './empty.tsx';
import { Lists } from './lists.tsx';
import { PendingShares } from './pending-shares.tsx';
import { ShareButton } from './share-button.tsx';
import { ShareOptionsForm } from './share-options-form.tsx';

interface MainViewProps {
  readonly state: AppState;
  readonly actions: LinkActions;
  readonly platform: Platform;
  /** False while something else asks for the focus. */
  readonly takesFocus: boolean;
}

/** The window's main view: share, recent copies and recent links. */
export function MainView({ state, actions, platform, takesFocus }: MainViewProps) {
  const nowMs = useNow();
  const root = useRef<HTMLElement>(null);
  const searchInput = useRef<HTMLInputElement>(null);
  const view = useListView();
  const results = useSearchResults(state, view, nowMs);
  const list = state.clips === undefined ? 'links' : view.list;
  const summary = useSummary(view.query, list, results[list].length);
  const [shareOptions, setShareOptions] = useState<ShareOptions>({});
  const hasShareOptions = state.service.shareOptions === true;
  const { clips = [], pending = [] } = state;
  const { shortcut } = state;
  // Keys that the desktop chose are known in its words only.
  const isOwn = shortcut.state === 'active' && shortcut.keys === undefined;
  const accelerator = isOwn ? shortcut.accelerator : null;
  useInitialFocus(state, takesFocus, view, root);

  const showCreated = (link: LinkView | null): void => {
    if (!link) return;
    // The options were chosen for one share: the next one has the usual ones again.
    setShareOptions({});
    view.showLink(link.id);
  };
  const chosen = (): { readonly shareOptions?: ShareOptions } => {
    const isChosen = hasShareOptions && Object.keys(shareOptions).length > 0;
    return isChosen ? { shareOptions } : {};
  };
  const shareClips = (ids: readonly string[], name?: string): Promise<LinkView | null> =>
    actions.shareClips({ ids: [...ids], ...(name === undefined ? {} : { name }), ...chosen() });

  const hovering = useDrop({
    files: (files) => void actions.shareFiles(files, chosen().shareOptions).then(showCreated),
    text: (text) => void actions.share({ from: 'text', text, ...chosen() }).then(showCreated),
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!isSearchKey(event)) return;
    event.preventDefault();
    searchInput.current?.focus();
  };

  return (
    <main class="main" ref={root} onKeyDown={onKeyDown}>
      <ShareButton
        clipboard={state.clipboard}
        activity={state.activity}
        watching={state.isWatchingClipboard}
        accelerator={accelerator}
        platform={platform}
        onShare={() => void actions.share({ from: 'clipboard', ...chosen() }).then(showCreated)}
        onCancel={() => void actions.cancel()}
      />
      {hasShareOptions && state.activity === null && (
        <ShareOptionsForm shareOptions={shareOptions} onChange={setShareOptions} />
      )}
      {pending.length > 0 && (
        <PendingShares pending={pending} actions={actions} nowMs={nowMs} onShared={showCreated} />
      )}
      {state.links.length === 0 && clips.length === 0 ? (
        <Empty shortcut={shortcut} platform={platform} />
      ) : (
        <Lists
          state={state}
          view={view}
          results={results}
          summary={summary}
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
  );
}

/** The number of matches, or of entries without a query. */
function useSummary(query: string, list: ListName, count: number): string {
  const { t } = useMessages();
  if (query.trim() !== '') return t('matchCount', { count });
  return t(list === 'clips' ? 'itemCount' : 'linkCount', { count });
}

/** Shows the link that the window was opened for; else the list has the focus at first. */
function useInitialFocus(
  { focusLinkId, focusPanel, links }: AppState,
  takesFocus: boolean,
  view: ListView,
  root: RefObject<HTMLElement | null>,
): void {
  useLayoutEffect(() => {
    if (focusLinkId !== null && takesFocus) view.showLink(focusLinkId, focusPanel);
  }, [focusLinkId, focusPanel]);

  useLayoutEffect(() => {
    if (focusLinkId !== null || !takesFocus) return;
    if (links.length > 0) view.focusList();
    else root.current?.querySelector<HTMLElement>('.share')?.focus();
  }, []);
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
      <p>{t('dropToShare')}</p>
      <p class="setting-help">{t('dropHelp')}</p>
    </div>
  );
}
