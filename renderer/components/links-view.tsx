import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { AppState, LinkView } from '../../preload/contract.ts';
import { useWords } from '../i18n/use-words.ts';
import type { LinkActions } from '../state/use-link-actions.ts';
import { useNow } from '../state/use-now.ts';
import { createSearch, searchableText } from '../view/filter-links.ts';
import type { LinkCommand } from '../view/link-command.ts';
import type { Platform } from '../view/platform.ts';
import { Empty } from './empty.tsx';
import { Hints } from './hints.tsx';
import { LinkList, type OpenPanel } from './link-list.tsx';
import { SearchBox } from './search-box.tsx';
import { ShareButton } from './share-button.tsx';

interface LinksViewProps {
  readonly state: AppState;
  readonly actions: LinkActions;
  readonly platform: Platform;
}

/** The popover's main view: share, and the links that were made. */
export function LinksView({ state, actions, platform }: LinksViewProps) {
  const { say } = useWords();
  const nowMs = useNow();
  const root = useRef<HTMLElement>(null);
  const searchInput = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState('');
  const [activeId, setActiveId] = useState<string | null>(null);
  const [panel, setPanel] = useState<OpenPanel | null>(null);
  const [focusRequest, setFocusRequest] = useState(0);
  const focusActiveRow = (): void => setFocusRequest((count) => count + 1);

  const search = useMemo(() => createSearch(state.links, searchableText), [state.links]);
  const links = useMemo(() => search(query), [search, query]);
  const active = links.find((link) => link.id === activeId) ?? links[0];
  const accelerator = state.shortcut.state === 'active' ? state.shortcut.accelerator : null;

  const show = (id: string): void => {
    setQuery('');
    setActiveId(id);
    setPanel({ id, kind: 'actions' });
    focusActiveRow();
  };

  useLayoutEffect(() => {
    if (state.focusLinkId !== null) show(state.focusLinkId);
  }, [state.focusLinkId]);

  useLayoutEffect(() => {
    if (state.focusLinkId !== null) return;
    if (state.links.length > 0) focusActiveRow();
    else root.current?.querySelector<HTMLElement>('.share')?.focus();
  }, []);

  const share = async (): Promise<void> => {
    const link = await actions.share();
    if (link) show(link.id);
  };

  const closePanel = (): void => {
    setPanel(null);
    focusActiveRow();
  };

  const undoNewest = (): void => {
    const link = state.links.find((candidate) => candidate.canUndo);
    if (link) void actions.undo(link.id).then(closePanel);
  };

  const command = (name: LinkCommand, link: LinkView): void => {
    const opens = link.state === 'live' || link.state === 'failed';
    switch (name) {
      case 'copy':
        if (opens) void actions.copy(link.id);
        return;
      case 'open':
        if (opens) void actions.open(link.id);
        return;
      case 'revoke':
        if (opens) setPanel({ id: link.id, kind: 'confirm-revoke' });
        else if (link.state === 'revoked') command('forget', link);
        return;
      case 'revoke-now':
        closePanel();
        void actions.revoke(link.id);
        return;
      case 'undo':
        undoNewest();
        return;
      case 'forget': {
        const at = links.findIndex((candidate) => candidate.id === link.id);
        setActiveId((links[at + 1] ?? links[at - 1])?.id ?? null);
        void actions.forget(link.id).then(focusActiveRow);
        return;
      }
      case 'toggle':
        setPanel(panel?.id === link.id ? null : opens ? { id: link.id, kind: 'actions' } : null);
        return;
      case 'select-all':
        return;
    }
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const typing = event.target instanceof HTMLInputElement;
    const find = event.key === 'f' && (event.ctrlKey || event.metaKey);
    if (find || (event.key === '/' && !typing)) {
      event.preventDefault();
      searchInput.current?.focus();
    }
  };

  const filtered = query.trim() !== '';
  return (
    <main class="links" ref={root} onKeyDown={onKeyDown}>
      <ShareButton
        clipboard={state.clipboard}
        activity={state.activity}
        accelerator={accelerator}
        platform={platform}
        onShare={() => void share()}
      />
      {state.links.length === 0 ? (
        <Empty accelerator={accelerator} platform={platform} />
      ) : (
        <>
          <SearchBox
            query={query}
            summary={say(filtered ? 'matchCount' : 'linkCount', { count: links.length })}
            inputRef={searchInput}
            onQuery={(next) => {
              setQuery(next);
              setPanel(null);
              setActiveId(null);
            }}
            onLeave={focusActiveRow}
            onSubmit={() => active && command('copy', active)}
          />
          {links.length === 0 ? (
            <p class="no-matches">{say('noMatches', { query })}</p>
          ) : (
            <LinkList
              links={links}
              activeId={active?.id ?? null}
              panel={panel}
              nowMs={nowMs}
              focusRequest={focusRequest}
              onActive={setActiveId}
              onPanel={(next) => (next === null ? closePanel() : setPanel(next))}
              onCommand={command}
              onSearch={() => searchInput.current?.focus()}
            />
          )}
          <Hints platform={platform} />
        </>
      )}
      <p class="sr-only" role="status">
        {filtered ? say('matchCount', { count: links.length }) : ''}
      </p>
    </main>
  );
}
