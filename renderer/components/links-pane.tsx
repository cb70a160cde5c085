import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import type { LinkFormat, LinkView } from '../../preload/contract.ts';
import { useMessages } from '../i18n/use-messages.ts';
import type { LinkActions } from '../state/link-actions.ts';
import type { OpenPanel, ShownLink } from '../state/use-list-view.ts';
import { useWindowKeys } from '../state/use-window-keys.ts';
import { numberedRow } from '../view/list-keys.ts';
import { LinkCommands } from './link-commands.ts';
import { LinkRow } from './link-row.tsx';
import { RowGrid } from './row-grid.tsx';

interface LinksPaneProps {
  readonly links: readonly LinkView[];
  /** The query that they match: another query starts at the first match. */
  readonly query: string;
  readonly actions: LinkActions;
  readonly formats: readonly LinkFormat[];
  readonly nowMs: number;
  /** The service that new links go to. */
  readonly usualService: string;
  /** The window stays open after a link was copied. */
  readonly isKeptOpen: boolean;
  readonly focusRequest: number;
  readonly shown: ShownLink | null;
  readonly panel: OpenPanel | null;
  readonly onPanel: (panel: OpenPanel | null) => void;
  readonly onFocusList: () => void;
  readonly onSearch: () => void;
  /** Below the last link. */
  readonly footer: ComponentChildren;
}

/** The recent links and what is done with them. */
export function LinksPane(props: LinksPaneProps) {
  const { t } = useMessages();
  const { links, actions, nowMs, panel, onPanel: setPanel, onFocusList } = props;
  /** The row that the user went to; null: the newest, whichever arrives. */
  const [activeId, setActiveId] = useState<string | null>(null);
  const active = links.find((link) => link.id === activeId) ?? links[0];

  useLayoutEffect(() => setActiveId(null), [props.query]);

  useLayoutEffect(() => {
    if (props.shown === null) return;
    setActiveId(props.shown.id);
    onFocusList();
  }, [props.shown]);

  const commands = new LinkCommands({
    links,
    actions,
    nowMs,
    panel,
    isKeptOpen: props.isKeptOpen,
    setPanel,
    setActiveId,
    focusList: onFocusList,
  });

  // The focus must be where the list says it is, or Delete would revoke a link further down.
  useLayoutEffect(() => {
    if (activeId === null && document.activeElement?.matches('[role="row"]')) onFocusList();
  }, [active?.id]);

  // Also from the search box.
  useWindowKeys((event) => {
    const link = links[numberedRow(event) ?? -1];
    if (link === undefined) return;
    event.preventDefault();
    commands.run('activate', link);
  });

  return (
    <RowGrid
      label={t('recentLinks')}
      entries={links}
      activeId={active?.id ?? null}
      panelId={panel?.id ?? null}
      focusRequest={props.focusRequest}
      onActive={(id) => {
        if (id !== active?.id) setActiveId(id);
      }}
      hasOptions
      onOpenPanel={(link) => commands.run('toggle', link)}
      onClosePanel={() => commands.closePanel()}
      onIntent={(intent, link) => commands.run(intent, link)}
      onSearch={props.onSearch}
      footer={props.footer}
      render={(link, place) => (
        <LinkRow
          key={link.id}
          link={link}
          place={place}
          panel={panel?.id === link.id ? panel.kind : null}
          nowMs={nowMs}
          usualService={props.usualService}
          formats={props.formats}
          onPanel={(kind) =>
            kind === null ? commands.closePanel() : setPanel({ id: link.id, kind })
          }
          onCommand={(command) => commands.run(command, link)}
          onCopyAs={(format) => void actions.copyAs(link.id, format)}
          onRename={(name) => void actions.rename(link.id, name)}
          onOptions={(change) => actions.changeOptions(link.id, change)}
          onCopyPassword={(password) => void actions.copyPassword(password)}
        />
      )}
    />
  );
}
