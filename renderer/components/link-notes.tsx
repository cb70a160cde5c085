import type { ComponentChildren } from 'preact';
import type { LinkView } from '../../preload/contract.ts';
import type { Messages } from '../i18n/messages.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { isOpen, type ShownState } from '../view/shown-state.ts';
import { Icon } from './icon.tsx';

export const KIND_KEYS = {
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

const VERIFICATION_KEYS = {
  checking: 'verificationRunning',
  'still-opens': 'verificationStillOpens',
  'check-failed': 'verificationFailed',
} as const;

interface LinkNotesProps {
  readonly link: LinkView;
  readonly state: ShownState;
  readonly nowMs: number;
}

/** The second line of a row: the state, how often the link was opened, and when it expires. */
export function LinkSummary(props: LinkNotesProps & { readonly usualService: string }) {
  const messages = useMessages();
  const { t } = messages;
  const { link, state, nowMs, usualService } = props;
  const { opens = 0, expiresAtMs, serviceName, serviceNote } = link;
  // The badge has it.
  const isLimited = link.maxOpens !== undefined && isOpen(state);
  return (
    <>
      <span class="sr-only">{t(KIND_KEYS[link.kind])} </span>
      <EndOrProblem {...props} />
      {opens > 0 && !isLimited && <span>{t('opened', { count: opens })}</span>}
      {isOpen(state) && expiresAtMs !== undefined && (
        <span title={messages.moment(expiresAtMs)}>
          {t('expires', { when: messages.until(expiresAtMs, nowMs) })}
        </span>
      )}
      {summaryHasAge(link, state) && <Created link={link} nowMs={nowMs} />}
      {(link.kind === 'file' || link.kind === 'image') && (
        <span>{messages.size(link.sizeBytes)}</span>
      )}
      {(serviceName !== usualService || serviceNote !== undefined) && (
        <span title={serviceNote}>{serviceName}</span>
      )}
    </>
  );
}

/** What sets the link apart from others: how it is protected, and how many items it has. */
export function LinkBadges({ link }: { readonly link: LinkView }) {
  const { t } = useMessages();
  const { opens = 0, maxOpens } = link;
  return (
    <>
      {link.password === true && (
        <Badge label={t('passwordProtected')}>
          <Icon name="lock" />
        </Badge>
      )}
      {link.once === true && <Badge label={t('oneTimeLink')}>1×</Badge>}
      {maxOpens !== undefined && (
        <Badge label={t('opensOf', { opens, count: maxOpens })}>
          {opens}/{maxOpens}
        </Badge>
      )}
      {link.kind === 'collection' && (
        <Badge label={t('itemCount', { count: link.count })}>
          <Icon name="collection" />
          {link.count}
        </Badge>
      )}
    </>
  );
}

function Badge(props: { readonly label: string; readonly children: ComponentChildren }) {
  return (
    <span class="badge" role="img" aria-label={props.label} title={props.label}>
      {props.children}
    </span>
  );
}

/** The line of a panel: what the row above it has no room for. */
export function LinkNotes({ link, state, nowMs }: LinkNotesProps) {
  const messages = useMessages();
  const { t } = messages;
  const { confirmedActiveAtMs, lastOpenedAtMs } = link;
  return (
    <p class="panel-note line">
      {isOpen(state) && link.password && <span>{t('passwordProtected')}</span>}
      {isOpen(state) && link.once && <span>{t('oneTimeNotOpened')}</span>}
      {lastOpenedAtMs !== undefined && (
        <span title={messages.moment(lastOpenedAtMs)}>
          {t('lastOpened', { when: whenOf(messages, lastOpenedAtMs, nowMs) })}
        </span>
      )}
      {isOpen(state) && confirmedActiveAtMs !== undefined && (
        <span title={messages.moment(confirmedActiveAtMs)}>
          {t('checkedOpens', { when: messages.clock(confirmedActiveAtMs) })}
        </span>
      )}
      {!summaryHasAge(link, state) && <Created link={link} nowMs={nowMs} />}
      {link.serviceNote !== undefined && (
        <span>
          {link.serviceName} ({link.serviceNote})
        </span>
      )}
    </p>
  );
}

/** Whether the second line of a row says when the link was created: it has nothing else to say. */
const summaryHasAge = ({ opens = 0, expiresAtMs }: LinkView, state: ShownState): boolean =>
  state === 'active' && opens === 0 && expiresAtMs === undefined;

/** How the link ended, with what is known of it; or why it did not. Nothing while it is active. */
function EndOrProblem({ link, state, nowMs }: LinkNotesProps) {
  const messages = useMessages();
  const { t } = messages;
  const { confirmedRevokedAtMs, maxOpens, revokeVerification } = link;
  if (state === 'active') return null;
  return (
    <>
      <span class="state">
        {state !== 'used-up'
          ? t(STATE_KEYS[state])
          : maxOpens === undefined
            ? t('stateUsedUp', { when: whenOf(messages, link.ended?.atMs ?? nowMs, nowMs) })
            : t('opensOf', { opens: maxOpens, count: maxOpens })}
      </span>
      {link.state === 'revoked' && confirmedRevokedAtMs !== undefined && (
        <span title={messages.moment(confirmedRevokedAtMs)}>
          {t('checkedDead', { when: messages.clock(confirmedRevokedAtMs) })}
        </span>
      )}
      {link.state === 'revoked' && revokeVerification !== undefined && (
        <span>{t(VERIFICATION_KEYS[revokeVerification])}</span>
      )}
    </>
  );
}

function Created({ link, nowMs }: Pick<LinkNotesProps, 'link' | 'nowMs'>) {
  const messages = useMessages();
  const { createdAtMs } = link;
  return (
    <time dateTime={new Date(createdAtMs).toISOString()} title={messages.moment(createdAtMs)}>
      {messages.t('shared', { when: messages.ago(createdAtMs, nowMs) })}
    </time>
  );
}

/** The time of day within a day, else how long ago. */
function whenOf(messages: Messages, atMs: number, nowMs: number): string {
  return nowMs - atMs < 86_400_000 ? messages.clock(atMs) : messages.ago(atMs, nowMs);
}
