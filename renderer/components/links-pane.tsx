import { useLayoutEffect, useState } from 'preact/hooks';
import type { LinkFormat, LinkView } from '../../preload/contract.ts';
import { useMessages } from '../i18n/use-messages.ts';
import type { LinkActions } from '../state/link-actions.ts';
import type { ShownLink } from '../state/use-list-view.ts';
import { LinkCommands, type OpenPanel } from './link-commands.ts';
import { LinkRow } from './link-row.tsx';
import { RowGrid } from './row-grid.tsx';

interface LinksPaneProps {
  readonly links: readonly LinkView[];
  /** The query that they match: another query starts at the first match. */
  readonly query: string;
  readonly actions: LinkActions;
  readonly formats: readonly LinkFormat[];
  readonly nowMs: number;
  readonly focusRequest: number;
  readonly shown: ShownLink | null;
  readonly onFocusList: () => void;
  readonly onSearch: () => void;
}

/** The recent links and what is done with them. */
export function LinksPane(props: LinksPaneProps) {
  const { t } = useMessages();
  const { links, actions, nowMs, onFocusList } = props;
  const [activeId, setActiveId] = useState<string | null>(null);
  const [panel, setPanel] = useState<OpenPanel | null>(null);
  const active = links.find((link) => link.id === activeId) ?? links[0];

  useLayoutEffect(() => {
    setActiveId(null);
    setPanel(null);
  }, [props.query]);

  useLayoutEffect(() => {
    if (props.shown === null) return;
    setActiveId(props.shown.id);
    setPanel({ id: props.shown.id, kind: 'actions' });
    onFocusList();
  }, [props.shown]);

  const commands = new LinkCommands({
    links,
    actions,
    nowMs,
    panel,
    setPanel,
    setActiveId,
    focusList: onFocusList,
  });

  return (
    <RowGrid
      label={t('recentLinks')}
      entries={links}
      activeId={active?.id ?? null}
      panelId={panel?.id ?? null}
      focusRequest={props.focusRequest}
      onActive={setActiveId}
      onClosePanel={() => commands.closePanel()}
      onIntent={(intent, link) => commands.run(intent, link)}
      onSearch={props.onSearch}
      render={(link, place) => (
        <LinkRow
          key={link.id}
          link={link}
          place={place}
          panel={panel?.id === link.id ? panel.kind : null}
          nowMs={nowMs}
          formats={props.formats}
          onPanel={(kind) =>
            kind === null ? commands.closePanel() : setPanel({ id: link.id, kind })
          }
          onCommand={(command) => commands.run(command, link)}
          onCopyAs={(format) => void actions.copyAs(link.id, format)}
          onRename={(name) => void actions.rename(link.id, name)}
          onExpiry={(seconds) => void actions.changeOptions(link.id, { expiresInSeconds: seconds })}
        />
      )}
    />
  );
}
