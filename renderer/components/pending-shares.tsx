import type { LinkView, PendingShareView } from '../../preload/contract.ts';
import { useMessages } from '../i18n/use-messages.ts';
import type { LinkActions } from '../state/link-actions.ts';
import { Icon } from './icon.tsx';

/** Shares that go out when their service is there again; nothing of them is lost. */
export function PendingShares(props: {
  readonly pending: readonly PendingShareView[];
  readonly actions: LinkActions;
  readonly nowMs: number;
  readonly onShared: (link: LinkView) => void;
}) {
  const messages = useMessages();
  const { t } = messages;
  const { sendPending, discardPending } = props.actions;
  return (
    <section class="pending" aria-labelledby="pending-title">
      <h2 id="pending-title">{t('pending')}</h2>
      <ul>
        {props.pending.map((share) => (
          <li key={share.id}>
            <span class="row-title">{share.what}</span>
            <span class="row-meta">
              <span>{share.reason}</span>
              <span>{messages.ago(share.sinceMs, props.nowMs)}</span>
            </span>
            <button
              type="button"
              class="icon-button"
              aria-label={`${t('sendNow')}: ${share.what}`}
              title={t('sendNow')}
              onClick={() =>
                void sendPending(share.id).then((link) => link && props.onShared(link))
              }
            >
              <Icon name="share" />
            </button>
            <button
              type="button"
              class="icon-button"
              aria-label={`${t('discard')}: ${share.what}`}
              title={t('discard')}
              onClick={() => void discardPending(share.id)}
            >
              <Icon name="trash" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
