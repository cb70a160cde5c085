import type { LinkFormat, LinkView, OptionsChange } from '../../preload/contract.ts';
import { useMessages } from '../i18n/use-messages.ts';
import type { PanelKind } from '../state/use-list-view.ts';
import type { LinkCommand } from '../view/link-command.ts';
import { shownState } from '../view/shown-state.ts';
import { Icon } from './icon.tsx';
import { linkButtons } from './link-buttons.ts';
import { KIND_KEYS, LinkBadges, LinkSummary } from './link-notes.tsx';
import { Row, RowButton } from './row.tsx';
import type { RowPlace } from './row-grid.tsx';
import { RowPanel } from './row-panel.tsx';

interface LinkRowProps {
  readonly link: LinkView;
  readonly place: RowPlace;
  readonly panel: PanelKind | null;
  readonly nowMs: number;
  /** The service that new links go to: the name of another one is shown. */
  readonly usualService: string;
  /** In which formats the link can be copied besides the usual one. */
  readonly formats: readonly LinkFormat[];
  readonly onPanel: (kind: PanelKind | null) => void;
  readonly onCommand: (command: LinkCommand) => void;
  readonly onCopyAs: (format: LinkFormat) => void;
  readonly onRename: (name: string) => void;
  readonly onOptions: (change: OptionsChange) => Promise<boolean>;
  readonly onCopyPassword: (password: string) => void;
}

/** One link: its picture, title and state; its buttons; and its panel when it is open. */
export function LinkRow(props: LinkRowProps) {
  const { t } = useMessages();
  const { link, place, panel, nowMs } = props;
  const state = shownState(link, nowMs);
  const buttons = linkButtons(link, state);
  return (
    <Row
      id={link.id}
      place={place}
      state={state}
      title={link.title}
      onClick={() => props.onCommand('activate')}
      picture={
        <span class="kind" title={t(KIND_KEYS[link.kind])}>
          {link.thumbnail === undefined ? (
            <Icon name={link.kind} />
          ) : (
            <img src={link.thumbnail} alt="" />
          )}
        </span>
      }
      meta={<LinkSummary {...{ link, state, nowMs }} usualService={props.usualService} />}
      badges={<LinkBadges link={link} />}
      actionsLabel={t('actionsFor', { title: link.title })}
      actions={
        <>
          {buttons.map(({ command, icon, label }) => (
            <RowButton
              key={command}
              icon={icon}
              label={t(label)}
              place={place}
              onClick={() => props.onCommand(command)}
            />
          ))}
          <RowButton
            icon="details"
            label={t('details')}
            place={place}
            expanded={panel !== null}
            onClick={() => props.onCommand('toggle')}
          />
        </>
      }
      panel={
        panel !== null && (
          <RowPanel
            kind={panel}
            link={link}
            state={state}
            nowMs={nowMs}
            buttons={buttons}
            formats={props.formats}
            panelRef={place.panelRef}
            onPanel={props.onPanel}
            onCommand={props.onCommand}
            onCopyAs={props.onCopyAs}
            onRename={props.onRename}
            onOptions={props.onOptions}
            onCopyPassword={props.onCopyPassword}
          />
        )
      }
    />
  );
}
