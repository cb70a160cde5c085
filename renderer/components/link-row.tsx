import type { LinkFormat, LinkView } from '../../preload/contract.ts';
import type { TextKey } from '../i18n/messages.ts';
import { useMessages } from '../i18n/use-messages.ts';
import type { LinkCommand } from '../view/link-command.ts';
import { type ShownState, shownState } from '../view/shown-state.ts';
import { Icon, type IconName } from './icon.tsx';
import { whenOf } from './link-notes.tsx';
import { Row, RowButton } from './row.tsx';
import type { RowPlace } from './row-grid.tsx';
import { type PanelKind, RowPanel } from './row-panel.tsx';

interface LinkRowProps {
  readonly link: LinkView;
  readonly place: RowPlace;
  readonly panel: PanelKind | null;
  readonly nowMs: number;
  /** In which formats the link can be copied besides the usual one. */
  readonly formats: readonly LinkFormat[];
  readonly onPanel: (kind: PanelKind | null) => void;
  readonly onCommand: (command: LinkCommand) => void;
  readonly onCopyAs: (format: LinkFormat) => void;
  readonly onRename: (name: string) => void;
  readonly onExpiry: (seconds: number | null) => void;
}

const KIND_KEYS = {
  text: 'kindText',
  code: 'kindCode',
  image: 'kindImage',
  file: 'kindFile',
  collection: 'kindCollection',
} as const;

const STATE_KEYS = {
  revoking: 'stateRevoking',
  'revoke-pending': 'stateRevokePending',
  revoked: 'stateRevoked',
  failed: 'stateFailed',
  expired: 'stateExpired',
} as const;

interface RowAction {
  readonly command: LinkCommand;
  readonly label: Extract<TextKey, LinkCommand | 'undo' | 'tryAgain' | 'removeFromList'>;
  readonly icon: IconName;
}

const VERIFICATION_TEXT = {
  checking: 'verificationRunning',
  'still-opens': 'verificationStillOpens',
  'check-failed': 'verificationFailed',
} as const;

/** The buttons that a link's state allows, most used first. */
function actionsOf(state: ShownState, isRestorable: boolean): readonly RowAction[] {
  if (isRestorable) return [{ command: 'restore', label: 'undo', icon: 'undo' }];
  const copy = { command: 'activate', label: 'copy', icon: 'copy' } as const;
  const open = { command: 'open', label: 'open', icon: 'open' } as const;
  switch (state) {
    case 'active':
      return [copy, open, { command: 'revoke', label: 'revoke', icon: 'revoke' }];
    case 'failed':
    case 'revoke-pending':
      return [copy, open, { command: 'revoke', label: 'tryAgain', icon: 'revoke' }];
    case 'revoked':
    case 'expired':
    case 'used-up':
      return [{ command: 'remove', label: 'removeFromList', icon: 'trash' }];
    case 'revoking':
      return [];
  }
}

/** The states in which a link still opens. */
function isOpen(state: ShownState): boolean {
  return state === 'active' || state === 'failed' || state === 'revoke-pending';
}

/** One link: its kind, size, time and service; and its actions. */
export function LinkRow(props: LinkRowProps) {
  const { t } = useMessages();
  const { link, place, panel, nowMs } = props;
  const state = shownState(link, nowMs);
  const opens = isOpen(state);
  const togglePanel = (): void => {
    if (opens) props.onPanel(panel === null ? 'actions' : null);
  };
  return (
    <Row
      id={link.id}
      place={place}
      state={state}
      title={link.title}
      onClick={() => props.onCommand('activate')}
      picture={
        <span class="kind" title={t(KIND_KEYS[link.kind])}>
          <Icon name={link.kind} />
        </span>
      }
      meta={<LinkMeta link={link} state={state} nowMs={nowMs} />}
      actionsLabel={t('actionsFor', { title: link.title })}
      actions={
        <>
          {actionsOf(state, link.restorableUntilMs !== undefined).map((action) => (
            <RowButton
              key={action.command}
              icon={action.icon}
              label={t(action.label)}
              place={place}
              onClick={() => props.onCommand(action.command)}
            />
          ))}
          {opens && (
            <RowButton
              icon="more"
              label={t('more')}
              place={place}
              expanded={panel !== null}
              onClick={togglePanel}
            />
          )}
        </>
      }
      panel={
        panel !== null && (
          <RowPanel
            kind={panel}
            link={link}
            nowMs={nowMs}
            formats={props.formats}
            panelRef={place.panelRef}
            onPanel={props.onPanel}
            onCommand={props.onCommand}
            onCopyAs={props.onCopyAs}
            onRename={props.onRename}
            onExpiry={props.onExpiry}
          />
        )
      }
    />
  );
}

interface LinkMetaProps {
  readonly link: LinkView;
  readonly state: ShownState;
  readonly nowMs: number;
}

/** The second line of a link: its state, what was checked, its size, time and service. */
function LinkMeta({ link, state, nowMs }: LinkMetaProps) {
  const messages = useMessages();
  const { t } = messages;
  const amount =
    link.kind === 'collection'
      ? t('itemCount', { count: link.count })
      : messages.size(link.sizeBytes);
  return (
    <>
      <span class="sr-only">{t(KIND_KEYS[link.kind])} </span>
      {state === 'used-up' && (
        <b class="state">
          {link.maxOpens === undefined
            ? t('stateUsedUp', { when: whenOf(messages, link.ended?.atMs ?? nowMs, nowMs) })
            : t('opensOf', { opens: link.maxOpens, count: link.maxOpens })}
        </b>
      )}
      {state !== 'active' && state !== 'used-up' && <b class="state">{t(STATE_KEYS[state])}</b>}
      {link.state === 'revoked' && link.confirmedRevokedAtMs !== undefined && (
        <span title={messages.moment(link.confirmedRevokedAtMs)}>
          {t('checkedDead', { when: messages.clock(link.confirmedRevokedAtMs) })}
        </span>
      )}
      {link.state === 'revoked' && link.revokeVerification !== undefined && (
        <span>{t(VERIFICATION_TEXT[link.revokeVerification])}</span>
      )}
      {isOpen(state) && link.confirmedActiveAtMs !== undefined && (
        <span title={messages.moment(link.confirmedActiveAtMs)}>
          {t('checkedOpens', { when: messages.clock(link.confirmedActiveAtMs) })}
        </span>
      )}
      {isOpen(state) && link.maxOpens !== undefined && (
        <span>{t('opensOf', { opens: link.opens ?? 0, count: link.maxOpens })}</span>
      )}
      <span>{amount}</span>
      <time
        dateTime={new Date(link.createdAtMs).toISOString()}
        title={messages.moment(link.createdAtMs)}
      >
        {messages.ago(link.createdAtMs, nowMs)}
      </time>
      <span title={link.serviceNote}>{link.serviceName}</span>
    </>
  );
}
