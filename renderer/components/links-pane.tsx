import { useLayoutEffect, useState } from 'preact/hooks';
import type { LinkFormat, LinkView } from '../../preload/contract.ts';
import { useWords } from '../i18n/use-words.ts';
import type { LinkActions } from '../state/link-actions.ts';
import type { LinkCommand } from '../view/link-command.ts';
import { stillOpens } from '../view/shown-state.ts';
import { LinkRow } from './link-row.tsx';
import { RowGrid } from './row-grid.tsx';
import type { PanelKind } from './row-panel.tsx';

interface LinksPaneProps {
  readonly links: readonly LinkView[];
  /** What they were searched for: another query starts at the first match. */
  readonly query: string;
  readonly actions: LinkActions;
  readonly formats: readonly LinkFormat[];
  readonly nowMs: number;
  readonly focusRequest: number;
  /** A link to open with its actions; the number makes the same link new again. */
  readonly shown: { readonly id: string; readonly number: number } | null;
  readonly onFocusList: () => void;
  readonly onSearch: () => void;
}

interface OpenPanel {
  readonly id: string;
  readonly kind: PanelKind;
}

/** The recent links and what is done with them. */
export function LinksPane(props: LinksPaneProps) {
  const { say } = useWords();
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

  const closePanel = (): void => {
    setPanel(null);
    onFocusList();
  };

  const forget = (link: LinkView): void => {
    const at = links.indexOf(link);
    setActiveId((links[at + 1] ?? links[at - 1])?.id ?? null);
    void actions.forget(link.id).then(onFocusList);
  };

  const command = (name: LinkCommand, link: LinkView): void => {
    const opens = stillOpens(link, nowMs);
    switch (name) {
      case 'copy':
        if (opens) void actions.copy(link.id);
        return;
      case 'test':
        void actions.test(link.id);
        return;
      case 'open':
        if (opens) void actions.open(link.id);
        return;
      case 'revoke':
        // What can be taken back needs no question.
        if (opens && link.revokesWithUndo) {
          closePanel();
          void actions.revoke(link.id);
        } else if (opens) setPanel({ id: link.id, kind: 'confirm-revoke' });
        // A key that is held down must not take away what can still be undone.
        else if (link.state !== 'revoking' && link.restorableUntilMs === undefined) forget(link);
        return;
      case 'revoke-now':
        closePanel();
        void actions.revoke(link.id);
        return;
      case 'undo':
        if (!link.revokesWithUndo) {
          setPanel({ id: link.id, kind: 'confirm-undo' });
          return;
        }
        closePanel();
        void actions.undo(link.id);
        return;
      case 'undo-now':
        closePanel();
        void actions.undo(link.id);
        return;
      case 'restore':
        void actions.restore(link.id).then(onFocusList);
        return;
      case 'forget':
        forget(link);
        return;
      case 'toggle':
        setPanel(panel?.id !== link.id && opens ? { id: link.id, kind: 'actions' } : null);
        return;
      case 'select-all':
        return;
    }
  };

  return (
    <RowGrid
      label={say('recentLinks')}
      entries={links}
      activeId={active?.id ?? null}
      panelId={panel?.id ?? null}
      focusRequest={props.focusRequest}
      onActive={setActiveId}
      onClosePanel={closePanel}
      onIntent={command}
      onSearch={props.onSearch}
      render={(link, place) => (
        <LinkRow
          key={link.id}
          link={link}
          place={place}
          panel={panel?.id === link.id ? panel.kind : null}
          nowMs={nowMs}
          formats={props.formats}
          onPanel={(kind) => (kind === null ? closePanel() : setPanel({ id: link.id, kind }))}
          onCommand={(name) => command(name, link)}
          onCopyAs={(format) => void actions.copyAs(link.id, format)}
          onRename={(name) => void actions.rename(link.id, name)}
          onExpiry={(seconds) => void actions.changeExpiry(link.id, seconds)}
        />
      )}
    />
  );
}
