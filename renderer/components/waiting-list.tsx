import type { LinkView, WaitingView } from '../../preload/contract.ts';
import { useMessages } from '../i18n/use-messages.ts';
import type { LinkActions } from '../state/link-actions.ts';
import { Icon } from './icon.tsx';

/** Shares that go out when their service is there again; nothing of them is lost. */
export function WaitingList(props: {
  readonly waiting: readonly WaitingView[];
  readonly actions: LinkActions;
  readonly nowMs: number;
  readonly onShared: (link: LinkView) => void;
}) {
  const messages = useMessages();
  const { t } = messages;
  const { sendWaiting, discardWaiting } = props.actions;
  return (
    <section class="waiting" aria-labelledby="waiting-title">
      <h2 id="waiting-title">{t('waiting')}</h2>
      <ul>
        {props.waiting.map((share) => (
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
                void sendWaiting(share.id).then((link) => link && props.onShared(link))
              }
            >
              <Icon name="share" />
            </button>
            <button
              type="button"
              class="icon-button"
              aria-label={`${t('discard')}: ${share.what}`}
              title={t('discard')}
              onClick={() => void discardWaiting(share.id)}
            >
              <Icon name="forget" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
