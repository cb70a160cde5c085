import { useId, useState } from 'preact/hooks';
import type { LinkView, PendingShareView } from '../../preload/contract.ts';
import { useMessages } from '../i18n/use-messages.ts';
import type { LinkActions } from '../state/link-actions.ts';
import { Icon } from './icon.tsx';
import { IconButton } from './icon-button.tsx';

interface PendingSharesProps {
  readonly pending: readonly PendingShareView[];
  readonly actions: LinkActions;
  readonly nowMs: number;
  readonly onShared: (link: LinkView) => void;
}

/** How many shares are pending and why, in one line that opens to the list of them. */
export function PendingShares(props: PendingSharesProps) {
  const messages = useMessages();
  const { t } = messages;
  const { pending } = props;
  const { sendPending, discardPending } = props.actions;
  const [open, setOpen] = useState(false);
  const listId = useId();
  return (
    <section class="pending" aria-label={t('pending')}>
      <button
        type="button"
        class="pending-line"
        aria-expanded={open}
        aria-controls={listId}
        onClick={() => setOpen(!open)}
      >
        <Icon name="next" />
        <span class="pending-count">{t('pendingCount', { count: pending.length })}</span>
        {/* Each share has its own reason; they mostly are the same. */}
        <span class="row-meta">{pending[0]?.reason}</span>
      </button>
      <ul id={listId} hidden={!open}>
        {pending.map((share) => (
          <li key={share.id}>
            <span class="row-title">{share.what}</span>
            <span class="row-meta">
              <span>{share.reason}</span>
              {share.serviceNote !== undefined && <span>{share.serviceNote}</span>}
              <span>{messages.ago(share.sinceMs, props.nowMs)}</span>
            </span>
            <IconButton
              icon="share"
              label={`${t('sendNow')}: ${share.what}`}
              onClick={() =>
                void sendPending(share.id).then((link) => link && props.onShared(link))
              }
            />
            <IconButton
              icon="trash"
              label={`${t('discard')}: ${share.what}`}
              onClick={() => void discardPending(share.id)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
