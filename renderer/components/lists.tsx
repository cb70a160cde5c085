import type { RefObject } from 'preact';
import type { AppState, LinkView } from '../../preload/contract.ts';
import type { LinkActions } from '../state/link-actions.ts';
import type { ListName, ListView } from '../state/use-list-view.ts';
import type { SearchResults } from '../state/use-search-results.ts';
import { linkFormats } from '../view/link-formats.ts';
import type { Platform } from '../view/platform.ts';
import { ClipsPane } from './clips-pane.tsx';
import { Hints } from './hints.tsx';
import { InactiveBar } from './inactive-bar.tsx';
import { LinksPane } from './links-pane.tsx';
import { ListTabs } from './list-tabs.tsx';
import { NoEntries } from './no-entries.tsx';

interface ListsProps {
  readonly state: AppState;
  readonly view: ListView;
  readonly results: SearchResults;
  readonly actions: LinkActions;
  readonly platform: Platform;
  readonly nowMs: number;
  readonly searchInput: RefObject<HTMLInputElement | null>;
  readonly onShareClips: (ids: readonly string[], name?: string) => Promise<LinkView | null>;
  readonly onShared: (link: LinkView | null) => void;
}

/** Recent links and copies: tabs, and the list that is shown. */
export function Lists(props: ListsProps) {
  const { state, view, results, actions, platform, nowMs, searchInput } = props;
  const hasClips = state.clips !== undefined;
  const list = hasClips ? view.list : 'links';
  const { inactive } = results;
  const inactiveBar = list === 'links' && inactive.length > 0 && view.query.trim() === '' && (
    <InactiveBar
      count={inactive.length}
      isShown={view.showsInactive}
      onShow={view.showInactive}
      onRemove={() => {
        view.showInactive(false);
        void actions.removeLinks(inactive.map(({ id }) => id)).then(view.focusList);
      }}
    />
  );
  return (
    <>
      {hasClips && (
        <ListTabs
          shown={view.list}
          counts={{ links: results.links.length, clips: results.clips.length }}
          onShow={view.showList}
        />
      )}
      <div class="pane" {...(hasClips ? tabPanel(view.list) : {})}>
        {results[list].length === 0 ? (
          <>
            <NoEntries
              view={view}
              list={list}
              results={results}
              onSearch={() => searchInput.current?.focus()}
            />
            {inactiveBar}
          </>
        ) : list === 'clips' ? (
          <ClipsPane
            clips={results.clips}
            actions={actions}
            onShare={props.onShareClips}
            nowMs={nowMs}
            focusRequest={view.focusRequest}
            panel={view.panel}
            onPanel={view.setPanel}
            onFocusList={view.focusList}
            onShared={props.onShared}
            onSearch={() => searchInput.current?.focus()}
          />
        ) : (
          <LinksPane
            links={results.links}
            query={view.query}
            actions={actions}
            formats={linkFormats(state.settings)}
            nowMs={nowMs}
            usualService={state.service.name}
            isKeptOpen={state.keptOpen === true}
            focusRequest={view.focusRequest}
            shown={view.shown}
            panel={view.panel}
            onPanel={view.setPanel}
            onFocusList={view.focusList}
            onSearch={() => searchInput.current?.focus()}
            footer={inactiveBar}
          />
        )}
      </div>
      <Hints platform={platform} list={list} />
    </>
  );
}

const tabPanel = (list: ListName) =>
  ({ role: 'tabpanel', id: 'shown-list', 'aria-labelledby': `tab-${list}` }) as const;
